import type { ChartBars } from '../../../renderer/chart/bars.ts'

/** Bars one minute apart whose prices and volumes are whole numbers, so that sums are exact. */
export function barsOf(closes: readonly number[], start = Date.UTC(2024, 0, 2, 14, 30)): ChartBars {
  const column = (value: (close: number, index: number) => number) => Float64Array.from(closes, value)
  return {
    length: closes.length,
    time: column((_, i) => start + i * 60_000),
    closeTime: column((_, i) => start + (i + 1) * 60_000),
    open: column((_, i) => closes[i - 1] ?? closes[0] ?? 0),
    high: column((close, i) => Math.max(close, closes[i - 1] ?? close) + (i % 3)),
    low: column((close, i) => Math.min(close, closes[i - 1] ?? close) - (i % 2)),
    close: column((close) => close),
    volume: column((close, i) => (Math.abs(close) % 97) + i),
  }
}

/** A trade from one bar to another; `exit` null is open. */
export interface TestTrade {
  readonly entry: number
  readonly exit: number | null
  readonly side: 1 | -1
  readonly pnl: number
}

/** Trades as `run.trades` sends them, on the given bars. */
export function tradeTable(bars: ChartBars, trades: readonly TestTrade[]) {
  const column = (value: (trade: TestTrade) => number) => Float64Array.from(trades, value)
  const at = (values: Float64Array, bar: number | null) => (bar === null ? Number.NaN : (values[bar] ?? Number.NaN))
  return {
    instrument: 'SPX',
    texts: { instrument: ['SPX'] },
    columns: {
      instrument: column(() => 0),
      side: column(({ side }) => side),
      entryTime: column(({ entry }) => at(bars.time, entry)),
      exitTime: column(({ exit }) => at(bars.time, exit)),
      entryPrice: column(({ entry }) => at(bars.open, entry)),
      exitPrice: column(({ exit }) => at(bars.open, exit)),
      quantity: column(() => 10),
      pnl: column(({ pnl }) => pnl),
      fees: column(() => 1),
      bars: column(({ entry, exit }) => (exit ?? bars.length - 1) - entry),
    },
  }
}
