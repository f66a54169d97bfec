import type { NamedFilter } from '../data/filters/filter.ts'
import { withLocalTime } from '../data/local-time.ts'
import { replayColumns, resampleColumns } from '../data/resample-columns.ts'
import type { BarSeries } from '../domain/bar-series.ts'
import { barSpecMs, type IntervalSpec, isMeasureSpec, parseInterval } from '../domain/bar-spec.ts'
import { DomainError } from '../domain/errors.ts'
import type { LineGraph } from '../indicators/graph.ts'
import { columnOf, type Line, ownerOf } from '../indicators/line.ts'
import { type CoarseBars, CoarseBarsApi, type CoarseOptions } from './coarse-bars.ts'
import { ClosedFeed, type CoarseFeed, ReplayedFeed, type RunningCoarse } from './coarse-feed.ts'
import { type CoarseSource, defaultRules, upstreamRules } from './coarse-rules.ts'
import { filteredFeed } from './filtered-feed.ts'
import type { OrderInstrument } from './order-port.ts'

/** What an instrument needs of the coarse bars of its strategy. */
export interface CoarsePort {
  filtered(instrument: OrderInstrument, filter: NamedFilter): CoarseBars
  coarse(instrument: OrderInstrument, interval: string, options: CoarseOptions): CoarseBars
  align(instrument: OrderInstrument, line: Line): Line
}

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
    const source = this.#sources[instrument.index] as CoarseSource
    const spec = parseInterval(interval)
    const own = parseInterval(source.interval)
    if (!isMeasureSpec(spec) && !isMeasureSpec(own) && barSpecMs(spec) <= barSpecMs(own)) {
      throw new DomainError('interval.finer', { interval, source: source.interval, instrument: `${instrument}` })
    }
    return this.#open(instrument, { interval, replayed: replay }, () => this.#coarseFeed(source, spec, replay))
  }

  filtered(instrument: OrderInstrument, filter: NamedFilter): CoarseBars {
    const source = this.#sources[instrument.index] as CoarseSource
    const { kind, ...options } = filter
    const words = Object.entries(options).map(([name, value]) => ` ${name}=${value}`)
    const what = { interval: [kind, ...words].join(''), replayed: false }
    return this.#open(instrument, what, () => filteredFeed(source, filter, this.#upstream))
  }

  /** The bars that there are already, else new ones. */
  #open(
    instrument: OrderInstrument,
    what: { readonly interval: string; readonly replayed: boolean },
    makeFeed: () => CoarseFeed,
  ): CoarseBars {
    const known = this.running.find(({ api }) => isSame(api, instrument, what.interval, what.replayed))
    if (known !== undefined) return known.api as CoarseBars
    if (this.#started) throw new DomainError('strategy.shape', { reason: 'coarse-late', name: what.interval })
    const feed = makeFeed()
    const api = new CoarseBarsApi(instrument, what, feed, feed.graph)
    this.running.push({ api, feed, instrument: instrument.index, step: -1 })
    return api as CoarseBars
  }

  #coarseFeed(source: CoarseSource, spec: IntervalSpec, replay: boolean): CoarseFeed {
    const measured = isMeasureSpec(spec)
    const rules = this.#upstream && !measured ? upstreamRules(source, spec) : defaultRules(source, spec)
    if (replay) return new ReplayedFeed(replayColumns(source.bars, rules))
    const { bars, deliveredAt } = resampleColumns(source.bars, rules)
    return new ClosedFeed({ bars: withLocalTime(bars, source.record.zone), deliveredAt }, this.#upstream || measured)
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
