import { withLocalTime } from '../data/local-time.ts'
import { replayColumns, resampleColumns } from '../data/resample-columns.ts'
import type { ResampleRules } from '../data/resample-rules.ts'
import type { Timeframe } from '../data/timeframe.ts'
import { createTradingCalendar, weekdayOf } from '../data/trading-calendar.ts'
import { zoneClock } from '../data/zone-offsets.ts'
import type { BarSeries } from '../domain/bar-series.ts'
import { type BarSpec, type BarUnit, barSpecMs, parseBarSpec } from '../domain/bar-spec.ts'
import { DomainError } from '../domain/errors.ts'
import type { InstrumentRecord } from '../domain/instrument.ts'
import type { LineGraph } from '../indicators/graph.ts'
import { columnOf, type Line, ownerOf } from '../indicators/line.ts'
import { type CoarseBars, CoarseBarsApi, type CoarseOptions } from './coarse-bars.ts'
import { ClosedFeed, type CoarseFeed, ReplayedFeed, type RunningCoarse } from './coarse-feed.ts'
import type { OrderInstrument } from './order-port.ts'
import type { SessionHours } from './timer-schedule.ts'

/** An instrument's bars, from which coarser ones are made. */
export interface CoarseSource {
  readonly record: InstrumentRecord
  readonly bars: BarSeries
  readonly interval: string
  readonly hours: SessionHours
  readonly graph: LineGraph
}

/** What an instrument needs of the coarse bars of its strategy. */
export interface CoarsePort {
  coarse(instrument: OrderInstrument, interval: string, options: CoarseOptions): CoarseBars
  align(instrument: OrderInstrument, line: Line): Line
}

const dayMs = 86_400_000

/** The coarse bars of one strategy. */
export class CoarseFeeds implements CoarsePort {
  readonly running: RunningCoarse[] = []
  readonly #sources: readonly CoarseSource[]
  readonly #upstream: boolean
  readonly #aligned: { readonly line: Line; readonly column: Float64Array; readonly graph: LineGraph }[] = []
  #started = false

  constructor(sources: readonly CoarseSource[], upstream: boolean) {
    this.#sources = sources
    this.#upstream = upstream
  }

  /** How many bars an instrument has in this run. */
  barsOf(instrument: number): number {
    return this.#sources[instrument]?.bars.length ?? 0
  }

  /** Nothing can be added from here on. */
  start(): void {
    this.#started = true
  }

  coarse(instrument: OrderInstrument, interval: string, { replay = false }: CoarseOptions): CoarseBars {
    const known = this.running.find(({ api }) => isSame(api, instrument, interval, replay))
    if (known !== undefined) return known.api as CoarseBars
    const source = this.#sources[instrument.index] as CoarseSource
    const spec = parseBarSpec(interval)
    if (this.#started) throw new DomainError('strategy.shape', { reason: 'coarse-late', name: interval })
    if (barSpecMs(spec) <= barSpecMs(parseBarSpec(source.interval))) {
      throw new DomainError('interval.finer', { interval, source: source.interval, instrument: `${instrument}` })
    }
    const feed = this.#feed(source, spec, replay)
    const api = new CoarseBarsApi(instrument, { interval, replayed: replay }, feed, feed.graph)
    this.running.push({ api, feed, instrument: instrument.index, step: -1 })
    return api as CoarseBars
  }

  #feed(source: CoarseSource, spec: BarSpec, replay: boolean): CoarseFeed {
    const rules = this.#upstream ? upstreamRules(source, spec) : defaultRules(source, spec)
    if (replay) return new ReplayedFeed(replayColumns(source.bars, rules))
    const { bars, deliveredAt } = resampleColumns(source.bars, rules)
    return new ClosedFeed({ bars: withLocalTime(bars, source.record.zone), deliveredAt }, this.#upstream)
  }

  /** A line of coarse bars, or of another instrument, on the bars of `instrument`: each has the value known then. */
  align(instrument: OrderInstrument, line: Line): Line {
    const { bars, graph } = this.#sources[instrument.index] as CoarseSource
    const map = this.#rowMap(bars, line)
    if (map === undefined) throw new DomainError('indicator.foreign', { indicator: 'align', series: line.name })
    const column = columnOf(line)
    const aligned = new Float64Array(bars.length)
    let warmup = bars.length
    for (let row = bars.length - 1; row >= 0; row--) {
      const at = map[row] as number
      aligned[row] = at < 0 ? Number.NaN : (column[at] as number)
      if (at >= line.warmup) warmup = row
    }
    this.#aligned.push({ line, column: aligned, graph })
    return graph.adopt(line.name, aligned, warmup)
  }

  /** Shows the bars that the end of the data left over, also in the lines that were brought elsewhere; false: none. */
  flush(step: number): boolean {
    const flushed = this.running.filter(({ feed }) => feed.flush())
    for (const coarse of flushed) coarse.step = step
    for (const { line, column, graph } of this.#aligned) {
      if (!flushed.some(({ feed }) => feed.graph === ownerOf(line))) continue
      column[graph.cursor.i] = line.now
      graph.recompute()
    }
    return flushed.length > 0
  }

  #rowMap(bars: BarSeries, line: Line): Int32Array | undefined {
    const owner = ownerOf(line)
    const feed = this.running.find((running) => running.feed.graph === owner)?.feed
    if (feed !== undefined) return feed.rowMap(bars)
    const other = this.#sources.find(({ graph }) => graph === owner)
    return other === undefined ? undefined : latestRows(bars, other.bars)
  }
}

function isSame(api: CoarseBarsApi, instrument: OrderInstrument, interval: string, replay: boolean): boolean {
  return api.instrument === instrument && api.interval === interval && api.replayed === replay
}

/** For each bar the last one of another series that had closed by then. */
function latestRows({ length, closeTime }: BarSeries, other: BarSeries): Int32Array {
  const map = new Int32Array(length)
  let at = -1
  for (let row = 0; row < length; row++) {
    while (at + 1 < other.length && (other.closeTime[at + 1] as number) <= (closeTime[row] as number)) at++
    map[row] = at
  }
  return map
}

/** A market that never trades on weekends closes its week on Friday, and the weekend is not waited for. */
function defaultRules({ record, bars, hours }: CoarseSource, spec: BarSpec): ResampleRules {
  const rests = ['stock', 'etf', 'index'].includes(record.kind) && !tradesOnWeekends(bars, record.zone)
  const trading = { open: hours.start, close: hours.end }
  const calendar = rests ? createTradingCalendar(trading, zoneClock(record.zone)) : undefined
  return { profile: 'default', spec, zone: record.zone, calendar }
}

function tradesOnWeekends({ length, time, closeTime }: BarSeries, zone: string): boolean {
  const clock = zoneClock(zone)
  for (let row = 0; row < length; row++) {
    const middle = ((time[row] as number) + (closeTime[row] as number)) / 2
    if (weekdayOf(Math.floor((middle + clock.offsetAt(middle)) / dayMs)) > 5) return true
  }
  return false
}

const timeframeOf: Readonly<Record<BarUnit, readonly [Timeframe, number]>> = {
  second: ['Seconds', 1],
  minute: ['Minutes', 1],
  hour: ['Minutes', 60],
  day: ['Days', 1],
  week: ['Weeks', 1],
  month: ['Months', 1],
  year: ['Years', 1],
}

function upstreamRules({ record, interval, hours }: CoarseSource, spec: BarSpec): ResampleRules {
  const named = ({ unit, step }: BarSpec) => {
    const [timeframe, units] = timeframeOf[unit]
    return { timeframe, compression: step * units }
  }
  const sessionEnd = hours.end >= dayMs ? {} : { sessionEnd: hours.end }
  return {
    profile: 'backtrader',
    ...named(spec),
    source: named(parseBarSpec(interval)),
    zone: record.zone,
    ...sessionEnd,
  }
}
