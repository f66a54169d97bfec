import { useMemo } from 'react'
import type { Gives } from '../../../core/contract/contract.ts'
import { decimalsFor, type ShownIndicator, shifted } from '../../chart/indicator-lines.ts'
import { useStore } from '../../state/store.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import type { BarsShown } from './use-bars.ts'

type RunLines = Gives<'run.lines'>

const none: readonly ShownIndicator[] = []

/** How the lines of a run stand: nothing to show or to hide, or so many. */
interface RunLinesShown {
  readonly indicators: readonly ShownIndicator[]
  readonly count: number | null
}

/**
 * The lines that the selected run's strategy reads on the instrument that is shown, none at another interval; `isThere`:
 * the run is on this instrument.
 */
export function useRunLines(shown: BarsShown | null, isThere: boolean, isWanted: boolean): RunLinesShown {
  const run = useStore((state) => state.run)
  const takes = run === null || shown === null || !isThere || !isWanted ? null : { run, instrument: shown.instrument }
  const lines = answered(useRequest('run.lines', takes).answer)
  return useMemo(() => {
    const indicators = lines === undefined || shown === null ? none : strategyIndicators(lines, shown)
    const isNothing = !isThere || (isWanted && indicators.length === 0)
    return { indicators, count: isNothing ? null : indicators.length }
  }, [lines, shown, isThere, isWanted])
}

/** Each line as an indicator of its own, on the bars that are shown. */
export function strategyIndicators(
  { reply, columns }: RunLines,
  { bars, interval }: Pick<BarsShown, 'bars' | 'interval'>,
): readonly ShownIndicator[] {
  if (reply.interval !== interval) return none
  const rows = rowsOf(columns.time ?? new Float64Array(0), bars.time)
  return reply.lines.map(({ name, title, pane, draw, shift, guides }, index) => {
    const values = shifted(placed(columns[`line:${index}`] ?? new Float64Array(0), rows), shift)
    return {
      key: `run:${index}`,
      title: name,
      about: title,
      pane,
      guides,
      hidden: false,
      decimals: decimalsFor([values]),
      lines: [{ name: title, draw, values, colour: index + 3 }],
    }
  })
}

/** For each bar that is shown, the run's bar of the same time; −1 where the run had none. */
function rowsOf(run: Float64Array, shown: Float64Array): Int32Array {
  const rows = new Int32Array(shown.length).fill(-1)
  let at = 0
  for (let i = 0; i < shown.length; i++) {
    while (at < run.length && (run[at] as number) < (shown[i] as number)) at++
    if (run[at] === shown[i]) rows[i] = at
  }
  return rows
}

function placed(values: Float64Array, rows: Int32Array): Float64Array {
  // A loop: for a million rows Float64Array.from takes a tenth of a second
  const column = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    column[i] = row < 0 ? Number.NaN : (values[row] as number)
  }
  return column
}
