import { monteCarloPaths } from '../definitions/monte-carlo.ts'
import { type MetricValues, metricValues } from '../metrics.ts'
import { sortedQuantile } from '../statistics.ts'
import { type Breakdown, breakdowns, closedRows, sides, type TradeGroup } from './breakdowns.ts'
import { type Finding, findings } from './findings.ts'
import { sheetParts } from './run-parts.ts'
import {
  type Cells,
  cells,
  type Distribution,
  type DrawdownRow,
  type DrawnLines,
  dailyLines,
  distribution,
  type RollingLines,
  rollingLines,
  worstDrawdowns,
  type YearRow,
  yearRows,
} from './series.ts'
import { columnOf, type SheetInput, type SheetRun, textAt } from './sheet-input.ts'

/** How many rows each figure was computed from. */
export interface SheetRows {
  /** Bars of the run. */
  readonly equity: number
  /** Days with a return. */
  readonly returns: number
  readonly trades: number
  readonly orders: number
  readonly fills: number
  /** Days that the benchmark shares; 0 without one. */
  readonly benchmark: number
}

/** Round trips as columns, oldest first; `total` counts those that were left out too. */
export interface RoundTrips {
  readonly total: number
  readonly symbol: readonly string[]
  readonly tag: readonly string[]
  readonly columns: Readonly<Record<string, Cells>>
}

/** Ways the same returns could have gone. */
export interface SheetMonteCarlo {
  readonly paths: number
  /** Share of the run’s periods at each row of the bands. */
  readonly progress: readonly number[]
  readonly bands: readonly { readonly share: number; readonly growth: Cells }[]
  readonly returns: Cells
  readonly drawdowns: Cells
}

/** The whole report of a run, as plain data: screen and exports draw it and compute nothing. */
export interface TearSheet {
  readonly version: 1
  readonly run: SheetRun
  readonly instruments: readonly string[]
  readonly zone: string
  readonly basis: { readonly periodsPerYear: number; readonly riskFree: number }
  readonly benchmark: string | null
  readonly rows: SheetRows
  readonly metrics: MetricValues
  readonly findings: readonly Finding[]
  readonly sides: readonly TradeGroup[]
  readonly breakdowns: readonly Breakdown[]
  readonly drawdowns: readonly DrawdownRow[]
  readonly years: readonly YearRow[]
  readonly daily: DrawnLines
  readonly rolling: RollingLines
  readonly distribution: Distribution
  readonly monteCarlo: SheetMonteCarlo
  readonly trips: RoundTrips
}

/** Shares at which the report names results of the Monte-Carlo paths. */
export const pathShares = [0.05, 0.25, 0.5, 0.75, 0.95] as const
const shownTrips = 2000

/** Computes the report of a run. */
export function tearSheet(input: SheetInput): TearSheet {
  const parts = sheetParts(input)
  const { returns, benchmark } = parts
  const metrics = metricValues(parts)
  const groups = { sides: sides(input), breakdowns: breakdowns(input) }
  return {
    version: 1,
    run: input.run,
    instruments: input.instruments.map(({ id }) => id),
    zone: input.zone,
    basis: { periodsPerYear: input.basis.periodsPerYear, riskFree: input.basis.riskFree },
    benchmark: input.benchmark?.name ?? null,
    rows: {
      ...{ equity: input.equity.rows, returns: returns.count, trades: closedRows(input).length },
      ...{ orders: input.orders.rows, fills: input.fills.rows, benchmark: benchmark?.own.count ?? 0 },
    },
    metrics,
    findings: findings({ input, metrics, ...groups }),
    ...groups,
    drawdowns: worstDrawdowns(returns),
    years: yearRows(input, benchmark),
    daily: dailyLines(input, returns, benchmark),
    rolling: rollingLines(returns, benchmark),
    distribution: distribution(returns),
    monteCarlo: monteCarlo(parts),
    trips: roundTrips(input),
  }
}

function monteCarlo({ doubt, returns }: ReturnType<typeof sheetParts>): SheetMonteCarlo {
  if (doubt === null) throw new RangeError('a run has its doubt')
  const { steps, bands, returns: ends, drawdowns } = monteCarloPaths(doubt)
  const named = (sorted: Float64Array) => cells(pathShares.map((share) => sortedQuantile(sorted, share)))
  return {
    paths: ends.length,
    progress: Array.from(steps, (step) => step / returns.count),
    bands: bands.map(({ share, growth }) => ({ share, growth: cells(growth) })),
    returns: named(ends),
    drawdowns: named(drawdowns),
  }
}

const tripColumns = [
  ...['side', 'entryTime', 'exitTime', 'entryPrice', 'exitPrice', 'quantity', 'pnl', 'gross', 'fees', 'bars'],
  ...['mae', 'mfe'],
] as const

function roundTrips(input: SheetInput): RoundTrips {
  const { trades, orders } = input
  const closed = closedRows(input)
  const rows = closed.slice(-shownTrips)
  const entryOrder = columnOf(trades, 'entryOrder')
  const pick = (name: string) => {
    const column = columnOf(trades, name)
    return cells(rows.map((row) => column[row] as number))
  }
  return {
    total: closed.length,
    symbol: rows.map((row) => textAt(trades, 'instrument', row)),
    tag: rows.map((row) => textAt(orders, 'tag', (entryOrder[row] as number) - 1)),
    columns: Object.fromEntries(tripColumns.map((name) => [name, pick(name)])),
  }
}
