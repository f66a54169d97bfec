import type { BarSeries } from '../../core/domain/bar-series.ts'
import type { Instrument } from '../../core/engine/instrument.ts'
import { type BacktestInput, modules } from '../../core/engine/kernel.ts'
import { barsOf, type Candle } from './bars-of.ts'
import { runOn } from './run-on.ts'

const { Strategy } = modules.tickwright

/** Runs `act` on every bar of every instrument with the bar's number (1, 2, …). */
export function playOn(
  series: readonly BarSeries[],
  act: (i: Instrument, bar: number) => void,
  options: Partial<BacktestInput> = {},
) {
  class Play extends Strategy {
    override onBar(i: Instrument) {
      act(i, i.barCount)
    }
  }
  return runOn({ default: Play }, series, options)
}

/** `playOn` over one instrument's candles, one a day. */
export function play(
  candles: readonly Candle[],
  act: (i: Instrument, bar: number) => void,
  options: Partial<BacktestInput> = {},
) {
  return playOn([barsOf(candles)], act, options)
}

/** The statuses of a run's orders, in the order in which they were made. */
export function statusesOf({ orders: { columns, texts } }: ReturnType<typeof play>): (string | undefined)[] {
  return [...(columns.status ?? [])].map((code) => texts.status?.[code])
}

/** Why each order ended, or what it is for. */
export function reasonsOf({ orders: { columns, texts } }: ReturnType<typeof play>): (string | undefined)[] {
  return [...(columns.reason ?? [])].map((code) => texts.reason?.[code])
}

/** The prices of a run's fills. */
export function fillPricesOf({ fills }: ReturnType<typeof play>): number[] {
  return [...(fills.columns.price ?? [])]
}

/** Signed units of each fill. */
export function fillSizesOf({ fills: { columns } }: ReturnType<typeof play>): number[] {
  return [...(columns.quantity ?? [])].map((quantity, row) => quantity * (columns.side?.[row] ?? 0))
}
