import type { SheetInput, SheetTable } from '../../../core/reports/sheet/sheet-input.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000
const start = Date.UTC(2022, 0, 3)

export interface Trip {
  readonly day: number
  readonly pnl: number
  readonly side?: 1 | -1
  readonly tag?: string
  readonly symbol?: number
  readonly reason?: string
  readonly open?: boolean
}

export const texts = {
  instrument: ['AAA', 'BBB'],
  tag: ['', 'breakout', '<script>alert(1)</script>'],
  reason: ['', 'exit', 'target', 'stop'],
  type: ['market', 'limit'],
  status: ['filled', 'rejected', 'expired', 'cancelled'],
}

const column = <Row>(rows: readonly Row[], read: (row: Row, index: number) => number) => Float64Array.from(rows, read)

/** A run of 500 days whose trades last one day each and are booked at their exit. */
export function inputOf(trips: readonly Trip[], more: Partial<SheetInput> = {}): SheetInput {
  const days = Array.from({ length: 500 }, (_, day) => start + day * dayMs)
  const wobble = (day: number) => Math.sin(day * 12.9898) * 20
  const equity = days.map(
    (_, day) =>
      10_000 + wobble(day) + trips.filter((trip) => trip.day + 1 <= day).reduce((sum, { pnl }) => sum + pnl, 0),
  )
  const trades: SheetTable = {
    rows: trips.length,
    columns: {
      instrument: column(trips, ({ symbol = 0 }) => symbol),
      side: column(trips, ({ side = 1 }) => side),
      entryTime: column(trips, ({ day }) => start + day * dayMs + 14 * hourMs),
      exitTime: column(trips, ({ day }) => start + (day + 1) * dayMs + 14 * hourMs),
      entryPrice: column(trips, () => 100),
      exitPrice: column(trips, ({ pnl, side = 1 }) => 100 + (side * pnl) / 10),
      quantity: column(trips, () => 10),
      pnl: column(trips, ({ pnl }) => pnl),
      gross: column(trips, ({ pnl }) => pnl + 1),
      fees: column(trips, () => 1),
      bars: column(trips, () => 1),
      mae: column(trips, () => 2),
      mfe: column(trips, () => 3),
      entryOrder: column(trips, (_, row) => 2 * row + 1),
      exitOrder: column(trips, (_, row) => 2 * row + 2),
      open: column(trips, ({ open = false }) => Number(open)),
    },
    texts: { instrument: texts.instrument },
  }
  const both = trips.flatMap((trip) => [trip, trip])
  const orders: SheetTable = {
    rows: both.length,
    columns: {
      instrument: column(both, ({ symbol = 0 }) => symbol),
      side: column(both, ({ side = 1 }, row) => (row % 2 === 0 ? side : -side)),
      type: column(both, () => 0),
      status: column(both, () => 0),
      tag: column(both, ({ tag = '' }, row) => (row % 2 === 0 ? texts.tag.indexOf(tag) : 0)),
      reason: column(both, ({ reason = '' }, row) => (row % 2 === 1 ? texts.reason.indexOf(reason) : 0)),
      parent: column(both, () => Number.NaN),
      createdTime: column(both, ({ day }, row) => start + (day + (row % 2)) * dayMs),
    },
    texts,
  }
  const fills: SheetTable = {
    rows: both.length,
    columns: {
      instrument: column(both, ({ symbol = 0 }) => symbol),
      time: column(both, ({ day }, row) => start + (day + (row % 2)) * dayMs + 14 * hourMs),
      price: column(both, () => 100),
      quantity: column(both, () => 10),
      fee: column(both, () => 0.5),
      slippage: column(both, () => 0.01),
      positionAfter: column(both, ({ side = 1 }, row) => (row % 2 === 0 ? 10 * side : 0)),
    },
    texts: { instrument: texts.instrument },
  }
  const rolls: SheetTable = { rows: 0, columns: {}, texts: {} }
  return {
    rolls,
    run: {
      ...{ id: 'run-1', strategy: 'cross.ts', createdAt: start, interval: '1d', from: start, to: days.at(-1) ?? 0 },
      ...{ cash: 10_000, currency: 'USD', params: { fast: 10 }, commission: 'none', slippage: 'none' },
      ...{
        profile: 'default',
        fillPolicy: 'pessimistic',
        seed: 7,
        note: 'a <b> note',
        engineBuild: 'build',
        resultHash: null,
      },
    },
    instruments: [
      { id: 'AAA', multiplier: 1 },
      { id: 'BBB', multiplier: 50 },
    ],
    equity: {
      rows: days.length,
      columns: {
        time: Float64Array.from(days),
        equity: Float64Array.from(equity),
        exposure: Float64Array.from(days, (_, day) => day % 2),
      },
      texts: {},
    },
    ...{ trades, orders, fills },
    benchmark: null,
    basis: { periodsPerYear: 252, riskFree: 0 },
    wallClock: (time) => time - 5 * hourMs,
    zone: 'America/New_York',
    ...more,
  }
}
