import type { RowValues } from './bar-columns.ts'
import type { BadRowReason } from './recipe.ts'

export interface RowFault {
  readonly column: 'open' | 'high' | 'low' | 'close' | 'volume' | 'openInterest'
  readonly reason: BadRowReason
}

const fault = (column: RowFault['column'], reason: BadRowReason): RowFault => ({ column, reason })
const notFinite = {
  open: fault('open', 'not-finite'),
  high: fault('high', 'not-finite'),
  low: fault('low', 'not-finite'),
  close: fault('close', 'not-finite'),
} as const
const highFault = fault('high', 'ohlc')
const lowFault = fault('low', 'ohlc')
const volumeFault = fault('volume', 'negative-volume')

/** What makes prices impossible as a bar; undefined when nothing. Negative prices are possible (oil, 2020-04-20). */
export function barFault({ open, high, low, close, volume }: RowValues): RowFault | undefined {
  if (!Number.isFinite(open)) return notFinite.open
  if (!Number.isFinite(high)) return notFinite.high
  if (!Number.isFinite(low)) return notFinite.low
  if (!Number.isFinite(close)) return notFinite.close
  if (high < open || high < close || high < low) return highFault
  if (low > open || low > close) return lowFault
  if (volume < 0 || volume === Number.POSITIVE_INFINITY) return volumeFault
  return undefined
}
