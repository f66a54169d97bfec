import { createResampler } from '../data/resample-rules.ts'
import type { BarStream } from '../data/resampler.ts'
import type { TradingCalendar } from '../data/trading-calendar.ts'
import { type BarSeries, createBarSeries } from '../domain/bar-series.ts'
import { barSpecMs, type IntervalSpec, isMeasureSpec, parseInterval } from '../domain/bar-spec.ts'
import type { InstrumentId } from '../domain/ids.ts'
import type { BarMessage } from '../domain/market-message.ts'

export interface LiveBarRules {
  readonly instrument: InstrumentId
  /** As `parseInterval` reads them. */
  readonly intervals: readonly string[]
  readonly zone: string
  readonly calendar?: TradingCalendar | undefined
  /** How long after its end a bar of time waits for prints that come late; ms. */
  readonly graceMs: number
}

interface Stream {
  readonly interval: string
  readonly spec: IntervalSpec
  readonly bars: BarStream
  /** Bars that opened before this time are not whole: we did not hear all of them. */
  wholeFrom: number
  /** Times of the first and the last print of the bar that forms. */
  firstPrint: number
  lastPrint: number
  /** The bar told last, which a print that comes late still corrects. */
  told: ToldBar | null
}

interface ToldBar {
  readonly bar: BarMessage
  readonly firstPrint: number
  readonly lastPrint: number
}

/**
 * Bars of one instrument while it trades, of every interval that is wanted, from its prints or from finer bars. It is
 * the engine's resampler, so the same prints give the same bars as in a backtest; the clock only says when a bar is
 * over that no further print would end. A print that comes after its bar was told corrects it: the bar is told again, and
 * replaces the first. Bars of which something may be missing are not told: they are backfilled.
 */
export class LiveBars {
  readonly #rules: LiveBarRules
  readonly #streams: readonly Stream[]
  readonly #row: BarSeries = createBarSeries(1)
  readonly #tell: (bar: BarMessage) => void
  #partial = 0

  /** `heardFrom`: EpochMs since which prints are heard without a hole. */
  constructor(rules: LiveBarRules, heardFrom: number, tell: (bar: BarMessage) => void) {
    this.#rules = rules
    this.#tell = tell
    this.#streams = rules.intervals.map((interval) => this.#open(interval, heardFrom))
    this.#row.openInterest[0] = Number.NaN
  }

  /** Bars left out because something of them was not heard. */
  get partial(): number {
    return this.#partial
  }

  /** Prints that came after their bar had ended; those of the bar told last have corrected it. */
  get late(): number {
    return this.#streams.reduce((most, { bars }) => Math.max(most, lateOf(bars)), 0)
  }

  tick(time: number, price: number, size: number): void {
    const row = this.#row
    row.time[0] = time
    row.closeTime[0] = time
    row.open[0] = price
    row.high[0] = price
    row.low[0] = price
    row.close[0] = price
    row.volume[0] = size
    for (const stream of this.#streams) this.#print(stream, time)
  }

  /** A closed bar of a source, for intervals that are longer. */
  bar(message: BarMessage): void {
    const length = message.closeTime - message.time
    const row = this.#row
    for (const name of ['time', 'closeTime', 'open', 'high', 'low', 'close', 'volume', 'openInterest'] as const) {
      row[name][0] = message[name]
    }
    for (const { spec, bars } of this.#streams) if (isMeasureSpec(spec) || barSpecMs(spec) > length) bars.push(row, 0)
    row.openInterest[0] = Number.NaN
  }

  /** Ends the bars that are over by this time, grace included. */
  closeBy(time: number): void {
    for (const { bars } of this.#streams) bars.closeBy(time - this.#rules.graceMs)
  }

  /** Nothing was heard between the last print and this time: bars that are forming, or formed meanwhile, are not whole. */
  interrupted(until: number): void {
    for (const stream of this.#streams) stream.wholeFrom = until
  }

  /** The bar that forms, null between bars; a copy. */
  forming(interval: string): BarMessage | null {
    const stream = this.#streams.find((each) => each.interval === interval)
    if (stream === undefined || stream.bars.forming.sources === 0) return null
    return this.#message(stream, false)
  }

  #open(interval: string, heardFrom: number): Stream {
    const spec = parseInterval(interval)
    const { zone, calendar } = this.#rules
    const stream: Stream = {
      interval,
      spec,
      // Prints that end a bar (so many, so much volume) count from where we began to hear
      wholeFrom: isMeasureSpec(spec) ? Number.NEGATIVE_INFINITY : heardFrom,
      firstPrint: Number.NaN,
      lastPrint: Number.NaN,
      told: null,
      bars: createResampler({ profile: 'default', spec, zone, calendar }, () => this.#close(stream)),
    }
    return stream
  }

  #print(stream: Stream, time: number): void {
    const { bars } = stream
    const { forming } = bars
    const late = lateOf(bars)
    const { close, closeTime, sources } = forming
    bars.push(this.#row, 0)
    if (lateOf(bars) > late) this.#printLate(stream, time)
    else if (forming.sources === 1) {
      stream.firstPrint = time
      stream.lastPrint = time
    } else {
      const isAdded = forming.sources === sources + 1 && !isMeasureSpec(stream.spec)
      if (isAdded && time < stream.lastPrint) {
        // It came after one that is younger: of the bar's prints it is not the last
        forming.close = close
        forming.closeTime = closeTime
        if (time < stream.firstPrint) forming.open = this.#row.close[0] as number
        stream.firstPrint = Math.min(stream.firstPrint, time)
      }
      stream.lastPrint = Math.max(stream.lastPrint, time)
    }
  }

  #printLate(stream: Stream, time: number): void {
    const { told } = stream
    if (told === null || time < told.bar.time || time >= told.bar.closeTime) return
    stream.told = corrected(told, time, this.#row)
    this.#tell(stream.told.bar)
  }

  #close(stream: Stream): void {
    if (stream.bars.forming.time < stream.wholeFrom) {
      this.#partial++
      stream.told = null
      return
    }
    const bar = this.#message(stream, true)
    stream.told = { bar, firstPrint: stream.firstPrint, lastPrint: stream.lastPrint }
    this.#tell(bar)
  }

  #message({ interval, bars }: Stream, closed: boolean): BarMessage {
    const { time, closeTime, open, high, low, close, volume, openInterest } = bars.forming
    const { instrument } = this.#rules
    return { kind: 'bar', instrument, interval, time, closeTime, open, high, low, close, volume, openInterest, closed }
  }
}

/** Only bars of time have an end that a print can miss. */
function lateOf(bars: BarStream): number {
  return 'late' in bars ? (bars.late as number) : 0
}

/** The bar with one print more, which may lie before or after those that it has. */
function corrected({ bar, firstPrint, lastPrint }: ToldBar, time: number, { close, volume }: BarSeries): ToldBar {
  const price = close[0] as number
  return {
    bar: {
      ...bar,
      open: time < firstPrint ? price : bar.open,
      high: Math.max(bar.high, price),
      low: Math.min(bar.low, price),
      close: time < lastPrint ? bar.close : price,
      volume: bar.volume + (volume[0] as number),
    },
    firstPrint: Math.min(firstPrint, time),
    lastPrint: Math.max(lastPrint, time),
  }
}
