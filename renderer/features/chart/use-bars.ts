import { useEffect, useMemo, useState } from 'react'
import { bridge } from '../../bridge.ts'
import { type ChartBars, chartBars } from '../../chart/bars.ts'
import { type Answer, answered, useRequest } from '../../state/use-request.ts'

/** Bars that a chart can show; ones beyond are merged by the service into a wider interval. */
const maxBars = 2_000_000

/** All bars of an instrument at an interval, held once as columns. */
export interface BarsShown {
  readonly bars: ChartBars
  /** What they are: wider than asked when there were too many. */
  readonly interval: string
  readonly sourceInterval: string
  readonly instrument: string
}

/** Reads the bars and reads them again when those of the instrument changed. */
export function useBars(
  instrument: string | null,
  interval: string,
): { readonly answer: Answer<unknown>; readonly shown: BarsShown | null; reload(): void } {
  const [version, setVersion] = useState(0)
  useEffect(
    () =>
      bridge().subscribe('data.changed', (changed) => {
        if (changed.instrument === null || changed.instrument === instrument) setVersion((count) => count + 1)
      }),
    [instrument],
  )
  const takes = instrument === null ? null : { instrument, interval, from: null, to: null, maxBars }
  const { answer, reload } = useRequest('bars.read', takes, version)
  const data = answered(answer)
  const shown = useMemo(() => {
    if (data === undefined || instrument === null) return null
    const { interval: used, sourceInterval } = data.reply
    return { bars: chartBars(data.columns), interval: used, sourceInterval, instrument }
  }, [data, instrument])
  return { answer, shown, reload }
}
