import { useMemo } from 'react'
import { indexTrades, type TradeMarks } from '../../chart/trade-marks.ts'
import { useStore } from '../../state/store.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import type { BarsShown } from './use-bars.ts'

/**
 * The trades of the selected run on the instrument that is shown; null without a run, and when the run traded only other
 * instruments: "0 trades" would read as if it had been idle.
 */
export function useRunTrades(shown: BarsShown | null): TradeMarks | null {
  const run = useStore((state) => state.run)
  const version = useStore((state) => state.runsVersion)
  const { answer } = useRequest('run.trades', run === null ? null : { run }, version)
  const trades = answered(answer)
  return useMemo(() => {
    if (trades === undefined || shown === null) return null
    const { columns, reply } = trades
    if (!concerns(reply, shown.instrument)) return null
    return indexTrades({ columns, texts: reply.texts, instrument: shown.instrument }, shown.bars)
  }, [trades, shown])
}

/** Whether a run's trades say anything about an instrument: some are on it, or there are none at all. */
export function concerns(
  { rows, texts }: { readonly rows: number; readonly texts: Readonly<Record<string, readonly string[]>> },
  instrument: string,
): boolean {
  return rows === 0 || texts.instrument?.includes(instrument) === true
}
