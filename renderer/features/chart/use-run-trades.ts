import { useMemo } from 'react'
import { indexTrades, type TradeMarks } from '../../chart/trade-marks.ts'
import { useStore } from '../../state/store.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import type { BarsShown } from './use-bars.ts'

/** The trades of the selected run on the instrument that is shown; null without a run or while it has none stored. */
export function useRunTrades(shown: BarsShown | null): TradeMarks | null {
  const run = useStore((state) => state.run)
  const version = useStore((state) => state.runsVersion)
  const { answer } = useRequest('run.trades', run === null ? null : { run }, version)
  const trades = answered(answer)
  return useMemo(() => {
    if (trades === undefined || shown === null) return null
    const { columns, reply } = trades
    return indexTrades({ columns, texts: reply.texts, instrument: shown.instrument }, shown.bars)
  }, [trades, shown])
}
