import type { AnalyzedRun, FillColumns } from '../../core/reports/analyzers/analyzed-run.ts'

const dayMs = 86_400_000

/** What matters to a test of a run. */
export interface Sketch {
  readonly upstream?: boolean
  readonly from?: string
  readonly stepMs?: number
  readonly value?: readonly number[]
  /** Row, instrument, signed size, price. */
  readonly fills?: readonly (readonly [number, number, number, number])[]
  /** Row of the end, net result, bars, side. */
  readonly trips?: readonly (readonly [number, number, number, 1 | -1])[]
  readonly names?: readonly string[]
  readonly withBars?: boolean
}

/** A run of daily bars from 2024-01-01 unless told; the account is all cash. */
export function runOf({ upstream = false, value = [100], fills = [], trips = [], ...sketch }: Sketch): AnalyzedRun {
  const start = Date.parse(`${sketch.from ?? '2024-01-01T00:00:00'}Z`)
  const values = Float64Array.from(value)
  const steps = Float64Array.from(value, (_, row) => start + row * (sketch.stepMs ?? dayMs))
  const instruments = (sketch.names ?? ['AAA']).map((name) => ({
    name,
    timeframe: sketch.stepMs === undefined ? ('Days' as const) : ('Minutes' as const),
    compression: 1,
    prices: sketch.withBars === false ? undefined : { open: values, high: values, low: values, close: values },
    positionValue: new Float64Array(values.length).fill(1),
  }))
  return {
    ...{ upstream, time: steps, cash: values, cashAfter: values, value: values, start: 100, instruments },
    fund: { on: false, value: values, shares: values.map(() => 1), start: 100 },
    fills: fillsOf(fills),
    brokenOff: fillsOf([]),
    trades: {
      closeRow: Float64Array.from(trips, ([row]) => row),
      instrument: new Float64Array(trips.length),
      side: Float64Array.from(trips, ([, , , side]) => side),
      pnl: Float64Array.from(trips, ([, pnl]) => pnl),
      gross: Float64Array.from(trips, ([, pnl]) => pnl),
      bars: Float64Array.from(trips, ([, , bars]) => bars),
    },
    decisionRow: 0,
  }
}

function fillsOf(fills: NonNullable<Sketch['fills']>): FillColumns {
  const column = (index: 0 | 1 | 2 | 3) => Float64Array.from(fills, (fill) => fill[index])
  const order = Float64Array.from(fills, (_, at) => at)
  return { row: column(0), instrument: column(1), size: column(2), price: column(3), order }
}
