import { pickRows, thinRows } from '../../lib/thin-rows.ts'
import type { BenchmarkFacts } from '../benchmark-facts.ts'
import { withoutFlows } from '../cash-flows.ts'
import { civilDate } from '../civil-date.ts'
import type { Drawdown } from '../drawdowns.ts'
import { monthlyReturns } from '../monthly-returns.ts'
import type { ReturnFacts } from '../return-facts.ts'
import { sortedQuantile } from '../statistics.ts'
import { columnOf, type SheetInput } from './sheet-input.ts'

const dayMs = 86_400_000
/** Points of a line that a report draws. */
const drawnRows = 800

/** A column on the wire: NaN and infinities are null. */
export type Cells = readonly (number | null)[]

export function cells(column: Iterable<number>): Cells {
  return Array.from(column, (value) => (Number.isFinite(value) ? value : null))
}

/** Lines over one time axis, thinned by the first of them so that no extreme is lost. */
export interface DrawnLines {
  readonly time: readonly number[]
  readonly lines: Readonly<Record<string, Cells>>
}

export function drawnLines(time: Float64Array, lines: Readonly<Record<string, Float64Array>>): DrawnLines {
  const shape = Object.values(lines)[0] ?? time
  const rows = thinRows(shape, drawnRows)
  return {
    time: Array.from(pickRows(time, rows)),
    lines: Object.fromEntries(Object.entries(lines).map(([name, column]) => [name, cells(pickRows(column, rows))])),
  }
}

/** Wealth, drawdown and exposure by day, and the benchmark’s wealth beside them; wealth starts at 1. */
export function dailyLines(input: SheetInput, returns: ReturnFacts, benchmark: BenchmarkFacts | null): DrawnLines {
  const { time, wealth, drawdown } = returns
  const exposure = dailyMean(columnOf(input.equity, 'time'), columnOf(input.equity, 'exposure'), time)
  const other = benchmark === null ? {} : { benchmark: onDays(time, benchmark.other) }
  return drawnLines(time, { wealth, drawdown, exposure, ...other })
}

/** Mean of a column over the rows of each day. */
function dailyMean(time: Float64Array, values: Float64Array, days: Float64Array): Float64Array {
  const means = new Float64Array(days.length)
  let row = 0
  for (let day = 0; day < days.length; day++) {
    const end = (days[day] as number) + dayMs
    let total = 0
    const first = row
    for (; row < time.length && (time[row] as number) < end; row++) total += values[row] as number
    means[day] = total / (row - first)
  }
  return means
}

/** Wealth of the benchmark on days of which it may not have all: the last one known. */
function onDays(days: Float64Array, { time, wealth }: ReturnFacts): Float64Array {
  let at = -1
  return days.map((day) => {
    while (at + 1 < time.length && (time[at + 1] as number) <= day) at++
    return at < 0 ? 1 : (wealth[at] as number)
  })
}

/** Figures of the last so many periods at each period. */
export interface RollingLines extends DrawnLines {
  /** Periods; 0 when the series is too short to roll. */
  readonly window: number
}

export function rollingLines(returns: ReturnFacts, benchmark: BenchmarkFacts | null): RollingLines {
  const { count, time, perYear } = returns
  const window = count >= 252 ? 126 : count >= 40 ? Math.max(10, Math.floor(count / 4)) : 0
  if (window === 0) return { window, time: [], lines: {} }
  const root = Math.sqrt(perYear)
  const volatility = rolling(count, window, (from, to) => deviation(returns.values, from, to) * root)
  const sharpe = rolling(count, window, (from, to) => {
    const scatter = deviation(returns.excess, from, to)
    return scatter > 0 ? (average(returns.excess, from, to) / scatter) * root : Number.NaN
  })
  const lines = { sharpe, volatility, ...(benchmark === null ? {} : { beta: rollingBeta(returns, benchmark, window) }) }
  const cut = Object.fromEntries(Object.entries(lines).map(([name, column]) => [name, column.subarray(window - 1)]))
  return { window, ...drawnLines(time.subarray(window - 1), cut) }
}

function rolling(count: number, window: number, compute: (from: number, to: number) => number): Float64Array {
  return Float64Array.from({ length: count }, (_, row) =>
    row + 1 < window ? Number.NaN : compute(row + 1 - window, row + 1),
  )
}

function average(values: Float64Array, from: number, to: number): number {
  let total = 0
  for (let row = from; row < to; row++) total += values[row] as number
  return total / (to - from)
}

function deviation(values: Float64Array, from: number, to: number): number {
  const center = average(values, from, to)
  let squares = 0
  for (let row = from; row < to; row++) squares += ((values[row] as number) - center) ** 2
  return Math.sqrt(squares / (to - from - 1))
}

/** Beta over the periods that both have, written on the days of the run. */
function rollingBeta(returns: ReturnFacts, { own, other }: BenchmarkFacts, window: number): Float64Array {
  const beta = rolling(own.count, Math.min(window, own.count), (from, to) => {
    const [centerOwn, centerOther] = [average(own.values, from, to), average(other.values, from, to)]
    let both = 0
    let squares = 0
    for (let row = from; row < to; row++) {
      const distance = (other.values[row] as number) - centerOther
      both += distance * ((own.values[row] as number) - centerOwn)
      squares += distance * distance
    }
    return squares > 0 ? both / squares : Number.NaN
  })
  let at = -1
  return returns.time.map((day) => {
    while (at + 1 < own.count && (own.time[at + 1] as number) <= day) at++
    return at < 0 ? Number.NaN : (beta[at] as number)
  })
}

/** One of the deepest falls. */
export interface DrawdownRow {
  /** Null when the fall began with the first row. */
  readonly peak: number | null
  readonly valley: number
  /** Null while it has not recovered. */
  readonly recovery: number | null
  readonly depth: number
  readonly days: number
  readonly recoveryDays: number | null
}

/** The deepest falls of the curve, deepest first. */
export function worstDrawdowns({ drawdowns, time }: ReturnFacts, count = 10): readonly DrawdownRow[] {
  const first = time[0] ?? Number.NaN
  const last = time.at(-1) ?? Number.NaN
  const row = ({ peakTime, valleyTime, recoveryTime, depth }: Drawdown): DrawdownRow => {
    const known = (value: number) => (Number.isNaN(value) ? null : value)
    const from = known(peakTime) ?? first
    return {
      ...{ peak: known(peakTime), valley: valleyTime, recovery: known(recoveryTime), depth },
      days: ((known(recoveryTime) ?? last) - from) / dayMs,
      recoveryDays: known((recoveryTime - valleyTime) / dayMs),
    }
  }
  return [...drawdowns]
    .sort((a, b) => b.depth - a.depth)
    .slice(0, count)
    .map(row)
}

/** How often returns of each size came. */
export interface Distribution {
  /** Lower edge of the first bin and the width of each. */
  readonly from: number
  readonly width: number
  readonly counts: readonly number[]
}

/**
 * Bins of the returns by Freedman and Diaconis, one edge at 0; days without a return are left out, because those out of
 * the market would tower above all others. No bins when the returns do not scatter.
 */
export function distribution(returns: ReturnFacts): Distribution {
  const sorted = returns.sorted.filter((value) => value !== 0)
  const count = sorted.length
  const [low, high] = [sorted[0] ?? 0, sorted.at(-1) ?? 0]
  if (count < 2 || !(high > low)) return { from: low, width: 0, counts: [] }
  const spread = sortedQuantile(sorted, 0.75) - sortedQuantile(sorted, 0.25)
  const wanted = spread > 0 ? (2 * spread) / Math.cbrt(count) : (high - low) / 20
  const width = Math.max(wanted, (high - low) / 60)
  const from = Math.floor(low / width) * width
  const counts = Array.from({ length: Math.floor((high - from) / width) + 1 }, () => 0)
  for (const value of sorted) {
    const bin = Math.min(counts.length - 1, Math.max(0, Math.floor((value - from) / width)))
    counts[bin] = (counts[bin] as number) + 1
  }
  return { from, width, counts }
}

/** Returns of one calendar year (UTC), month by month. */
export interface YearRow {
  readonly year: number
  /** Twelve, January first; null where the run has no row. */
  readonly months: Cells
  readonly total: number
  /** Null without a benchmark of that year. */
  readonly benchmark: number | null
}

export function yearRows(input: SheetInput, benchmark: BenchmarkFacts | null): readonly YearRow[] {
  const { flows } = input.equity.columns
  const curve = { time: columnOf(input.equity, 'time'), equity: columnOf(input.equity, 'equity') }
  const { time, equity } = flows === undefined ? curve : withoutFlows(curve, flows, input.run.cash).weighted
  const months = monthlyReturns(time, equity, input.run.cash)
  const others = benchmark === null ? new Map<number, number>() : yearGrowth(benchmark.other)
  const years = [...new Set(months.map(({ year }) => year))]
  return years.map((year) => {
    const own = months.filter((month) => month.year === year)
    const other = others.get(year)
    return {
      year,
      months: Array.from({ length: 12 }, (_, at) => own.find(({ month }) => month === at + 1)?.value ?? null),
      total: own.reduce((growth, { value }) => growth * (1 + value), 1) - 1,
      benchmark: other === undefined ? null : other - 1,
    }
  })
}

function yearGrowth({ time, values }: ReturnFacts): Map<number, number> {
  const growth = new Map<number, number>()
  for (const [row, value] of values.entries()) {
    const { year } = civilDate(time[row] as number)
    growth.set(year, (growth.get(year) ?? 1) * (1 + value))
  }
  return growth
}
