import { type BarSeries, sliceBars } from '../domain/bar-series.ts'
import { DomainError } from '../domain/errors.ts'
import { lowerBound, upperBound } from '../lib/columns.ts'
import { BarRows } from './bar-rows.ts'
import { dayMs } from './civil.ts'
import { FormingBar } from './forming-bar.ts'

/** A resolution as qtpylib writes it: `5T`, `1H`, `30S`, `1D`, `20K` (ticks), `1000V` (volume). */
export interface QtpylibResolution {
  readonly by: 'time' | 'ticks' | 'volume'
  /** Milliseconds, ticks or units of volume. */
  readonly step: number
}

const unitMs: Readonly<Record<string, number>> = {
  S: 1_000,
  T: 60_000,
  MIN: 60_000,
  H: 3_600_000,
  D: dayMs,
}

/** Reads qtpylib's spelling; throws `interval.invalid`. */
export function parseQtpylibResolution(text: string): QtpylibResolution {
  const [, digits, unit = ''] = /^(\d{0,9})(K|V|S|T|min|H|D)$/i.exec(text) ?? []
  const count = digits === '' ? 1 : Number(digits)
  if (!(count > 0)) throw new DomainError('interval.invalid', { interval: text })
  const letter = unit.toUpperCase()
  if (letter === 'K') return { by: 'ticks', step: count }
  if (letter === 'V') return { by: 'volume', step: count }
  return { by: 'time', step: count * (unitMs[letter] as number) }
}

/** What qtpylib's `tools.resample` is asked for besides the resolution. */
export interface QtpylibOptions {
  /** `ticks`: prints; their empty periods are left out. */
  readonly shape: 'ticks' | 'bars'
  /** Bars only: an empty period repeats the last close with volume 0; false: it is left out. */
  readonly fill?: boolean
}

/**
 * qtpylib's `tools.resample` (01, 23.4) of one instrument. Rows that repeat a time are left out but for the first.
 * Bars are labelled by the start of their period (periods count from the first day's midnight) or by their first print.
 * By volume a bar begins where the volume so far, divided by the step and rounded, goes up: some hold too much, none is
 * exact. Volumes by time are whole numbers.
 */
export function resampleQtpylib(source: BarSeries, resolution: string, options: QtpylibOptions): BarSeries {
  const { by, step } = parseQtpylibResolution(resolution)
  const rows = firstOfEach(source)
  if (by === 'time') return byTime(source, rows, step, options)
  return step > 1 ? byMarks(source, rows, by === 'ticks' ? everyTick(step) : everyVolume(source, step)) : source
}

/** What several instruments have in common: qtpylib cuts all of them to it before it resamples. */
export function commonPeriod(series: readonly BarSeries[]): BarSeries[] {
  const from = Math.max(...series.map(({ time }) => time[0] ?? Number.POSITIVE_INFINITY))
  const to = Math.min(...series.map(({ time, length }) => time[length - 1] ?? Number.NEGATIVE_INFINITY))
  return series.map((bars) => {
    const end = upperBound(bars.time, to)
    const start = lowerBound(bars.time, from)
    // Without a common start only the end is cut.
    return start < end ? sliceBars(bars, start, end) : sliceBars(bars, 0, end)
  })
}

/** Rows whose time no earlier row has. */
function firstOfEach({ time, length }: BarSeries): number[] {
  return Array.from({ length }, (_, row) => row).filter((row) => row === 0 || time[row] !== time[row - 1])
}

type StartsBar = (row: number, position: number) => boolean

function everyTick(step: number): StartsBar {
  return (_, position) => position % step === 0
}

function everyVolume({ volume }: BarSeries, step: number): StartsBar {
  let total = 0
  let mark = 0
  return (row, position) => {
    total += volume[row] as number
    const before = mark
    mark = roundHalfEven(Number(total.toFixed(2)) / step)
    return position > 0 && mark > before
  }
}

function roundHalfEven(value: number): number {
  const low = Math.floor(value)
  if (value - low !== 0.5) return Math.round(value)
  return low % 2 === 0 ? low : low + 1
}

function byMarks(source: BarSeries, rows: readonly number[], startsBar: StartsBar): BarSeries {
  const into = new BarRows()
  const bar = new FormingBar()
  for (const [position, row] of rows.entries()) {
    if (startsBar(row, position) && bar.sources > 0) {
      into.add(bar)
      bar.clear()
    }
    addPrint(bar, source, row)
  }
  if (bar.sources > 0) into.add(bar)
  return into.series()
}

/** Of bars only the close counts as a print. */
function addPrint(bar: FormingBar, source: BarSeries, row: number): void {
  const price = source.close[row] as number
  const { high, low, sources } = bar
  bar.add(source, row)
  if (sources === 0) bar.open = bar.high = bar.low = price
  else {
    bar.high = Math.max(high, price)
    bar.low = Math.min(low, price)
  }
}

/** A result of more is no chart's and no backtest's: a finer resolution was asked for than the bars have. */
const mostPeriods = 5_000_000

function byTime(source: BarSeries, rows: readonly number[], step: number, options: QtpylibOptions): BarSeries {
  const first = source.time[rows[0] ?? 0] ?? 0
  const origin = Math.floor(first / dayMs) * dayMs
  const periodOf = (row: number) => Math.floor(((source.time[row] as number) - origin) / step)
  const periods = rows.length === 0 ? 0 : periodOf(rows.at(-1) as number) - periodOf(rows[0] as number) + 1
  // Only a result with more rows than its source is filled, and then every bar without volume is flat.
  const fills = options.shape === 'bars' && periods > rows.length
  if (fills && (options.fill ?? true) && periods > mostPeriods)
    throw new DomainError('resample.too-many', { periods, bars: rows.length, most: mostPeriods })
  const writer = new PeriodWriter(origin, step, { fills, fill: options.fill ?? true })
  for (const row of rows) writer.add(source, row, periodOf(row))
  return writer.finish()
}

class PeriodWriter {
  readonly #into = new BarRows()
  readonly #bar = new FormingBar()
  readonly #origin: number
  readonly #step: number
  readonly #options: { readonly fills: boolean; readonly fill: boolean }
  #period = Number.NaN

  constructor(origin: number, step: number, options: { readonly fills: boolean; readonly fill: boolean }) {
    this.#origin = origin
    this.#step = step
    this.#options = options
  }

  add(source: BarSeries, row: number, period: number): void {
    if (period !== this.#period) {
      this.#deliver()
      if (this.#options.fills && this.#options.fill)
        for (let empty = this.#period + 1; empty < period; empty++) this.#write(empty, 0)
      this.#bar.clear()
      this.#period = period
    }
    this.#bar.add(source, row)
  }

  finish(): BarSeries {
    this.#deliver()
    return this.#into.series()
  }

  #deliver(): void {
    const bar = this.#bar
    if (bar.sources === 0) return
    const volume = Number.isNaN(bar.volume) ? 0 : Math.trunc(bar.volume)
    if (volume > 0 || !this.#options.fills || this.#options.fill) this.#write(this.#period, volume)
  }

  #write(period: number, volume: number): void {
    const bar = this.#bar
    bar.time = this.#origin + period * this.#step
    bar.closeTime = bar.time + this.#step
    bar.volume = volume
    if (this.#options.fills && volume <= 0) bar.open = bar.high = bar.low = bar.close
    this.#into.add(bar)
  }
}
