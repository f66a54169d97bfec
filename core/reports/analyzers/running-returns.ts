import { DomainError } from '../../domain/errors.ts'
import { exactLog } from '../../lib/exact-exp.ts'
import { type AnalyzedInstrument, type AnalyzedRun, accountSeries, type PriceColumns } from './analyzed-run.ts'
import { lastRows, type PeriodLength, type Periods, periodsOf } from './periods.ts'

/** What is measured: the account, or the price of an instrument (`data`). */
export interface ReturnsOf extends PeriodLength {
  readonly data: number | null
  readonly firstopen: boolean
  readonly fund: boolean | null
}

/** How a value relates to the last one of the period before. */
export type Growth = (value: number, before: number) => number

export interface RunningReturns {
  readonly periods: Periods
  /** The return of the row's period so far; NaN before `from` and before a price exists. */
  readonly values: Float64Array
}

/** A series to measure: its value before the first row, and what stands in for that when there is none. */
interface Measured {
  readonly values: Float64Array
  readonly start: number
  readonly first: Float64Array
}

function measured(run: AnalyzedRun, { data, firstopen, fund }: ReturnsOf): Measured {
  if (data === null) {
    const { values, start } = accountSeries(run, fund)
    return { values, start, first: values }
  }
  const { open, close } = pricesOf(run, data)
  return { values: close, start: Number.NaN, first: firstopen ? open : close }
}

/**
 * How the return of a period counts. `rolls`: over so many periods as its compression says, undefined until there are
 * that many; otherwise over one.
 */
export interface Counting {
  readonly growth: Growth
  readonly rolls: boolean
}

export const simpleReturn: Counting = { growth: (value, before) => value / before - 1, rolls: false }
export const rollingLogReturn: Counting = { growth: (value, before) => exactLog(value / before), rolls: true }

/** The return of each row's period up to that row; `_doprenext` false: nothing before the first decision counts. */
export function runningReturns(run: AnalyzedRun, of: ReturnsOf, counting: Counting): RunningReturns {
  const from = firstRow(run, of)
  const periods = periodsOf(run, of)
  const { values: series, start, first } = measured(run, of)
  const values = new Float64Array(series.length).fill(Number.NaN)
  const bases = new Bases(counting.rolls ? periods.compression : 1)
  let last = start
  let next = 0
  for (let row = 0; row < values.length; row++) {
    const isStart = periods.starts[next] === row
    if (isStart) next++
    // A price without a last value has no reference yet: its own open or close is it
    if (isStart) bases.begin(Number.isNaN(last) ? (first[row] as number) : last)
    else if (Number.isNaN(last)) bases.replace(first[row] as number)
    if (row < from) continue
    last = series[row] as number
    values[row] = counting.growth(last, bases.oldest)
  }
  return { periods, values }
}

/** The first row whose return counts. */
function firstRow(run: AnalyzedRun, { _doprenext }: ReturnsOf): number {
  return _doprenext === false ? run.decisionRow : 0
}

/** The values at the beginnings of the last periods. */
class Bases {
  readonly #values: number[]

  constructor(count: number) {
    this.#values = new Array<number>(count).fill(Number.NaN)
  }

  begin(value: number): void {
    this.#values.shift()
    this.#values.push(value)
  }

  replace(value: number): void {
    this.#values[this.#values.length - 1] = value
  }

  get oldest(): number {
    return this.#values[0] ?? Number.NaN
  }
}

/** The return of every period, by its key. */
export function returnsByPeriod(
  run: AnalyzedRun,
  of: ReturnsOf,
  counting: Counting,
): { readonly periods: Periods; readonly values: Float64Array } {
  const { periods, values } = runningReturns(run, of, counting)
  const from = firstRow(run, of)
  const ends = lastRows(periods, values.length)
  const kept = [...ends.keys()].filter((index) => (ends[index] as number) >= from)
  return {
    periods: {
      ...periods,
      starts: kept.map((at) => periods.starts[at] as number),
      keys: kept.map((at) => periods.keys[at] as string),
    },
    values: Float64Array.from(kept, (at) => values[ends[at] as number] as number),
  }
}

/** An instrument by its number; throws `param.invalid` for one that the run does not have. */
export function instrumentOf(run: AnalyzedRun, data: number): AnalyzedInstrument {
  const instrument = run.instruments[data]
  if (instrument !== undefined) return instrument
  const rule = `0 … ${run.instruments.length - 1}`
  throw new DomainError('param.invalid', { name: 'data', value: String(data), rule })
}

/** The prices of an instrument; throws `analyzer.bars` when they are not at hand. */
export function pricesOf(run: AnalyzedRun, data: number): PriceColumns {
  const { prices, name } = instrumentOf(run, data)
  if (prices === undefined) throw new DomainError('analyzer.bars', { instrument: name })
  return prices
}
