import type { NamedFilter } from '../data/filters/filter.ts'
import { withLocalTime } from '../data/local-time.ts'
import { type Resampled, replayColumns, resampleColumns } from '../data/resample-columns.ts'
import { type BarSeries, sliceBars } from '../domain/bar-series.ts'
import { barSpecMs, type IntervalSpec, isMeasureSpec, parseInterval } from '../domain/bar-spec.ts'
import { DomainError } from '../domain/errors.ts'
import { columnOf, type Line, ownerOf } from '../indicators/line.ts'
import { type CoarseBars, CoarseBarsApi, type CoarseOptions } from './coarse-bars.ts'
import { ClosedFeed, type OpenedFeed, ReplayedFeed, type RunningCoarse } from './coarse-feed.ts'
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
  /** The bars of each instrument. */
  readonly sources: readonly CoarseSource[]
  readonly #upstream: boolean
  readonly #aligned: { readonly line: Line; readonly aligned: Line; readonly source: CoarseSource }[] = []
  #started = false

  constructor(sources: readonly CoarseSource[], upstream: boolean) {
    this.sources = sources
    this.#upstream = upstream
  }

  /** How many bars an instrument has in this run. */
  barsOf(instrument: number): number {
    return this.sources[instrument]?.bars.length ?? 0
  }

  /** Nothing can be added from here on. */
  start(): void {
    this.#started = true
  }

  coarse(instrument: OrderInstrument, interval: string, { replay = false }: CoarseOptions): CoarseBars {
    const source = this.sources[instrument.index] as CoarseSource
    const spec = parseInterval(interval)
    const own = parseInterval(source.interval)
    if (!isMeasureSpec(spec) && !isMeasureSpec(own) && barSpecMs(spec) <= barSpecMs(own)) {
      throw new DomainError('interval.finer', { interval, source: source.interval, instrument: `${instrument}` })
    }
    return this.#open(instrument, { interval, replayed: replay }, () => this.#coarseFeed(source, spec, replay))
  }

  filtered(instrument: OrderInstrument, filter: NamedFilter): CoarseBars {
    const source = this.sources[instrument.index] as CoarseSource
    const { kind, ...options } = filter
    const words = Object.entries(options).map(([name, value]) => ` ${name}=${value}`)
    const what = { interval: [kind, ...words].join(''), replayed: false }
    return this.#open(instrument, what, () => filteredFeed(source, filter, this.#upstream))
  }

  /** The bars that there are already, else new ones. */
  #open(
    instrument: OrderInstrument,
    what: { readonly interval: string; readonly replayed: boolean },
    makeFeed: () => OpenedFeed,
  ): CoarseBars {
    const known = this.running.find(({ api }) => isSame(api, instrument, what.interval, what.replayed))
    if (known !== undefined) return known.api as CoarseBars
    if (this.#started) throw new DomainError('strategy.shape', { reason: 'coarse-late', name: what.interval })
    const { feed, grow } = makeFeed()
    const api = new CoarseBarsApi(instrument, what, feed, feed.graph)
    this.running.push({ api, feed, instrument: instrument.index, step: -1, grow })
    return api as CoarseBars
  }

  #coarseFeed(source: CoarseSource, spec: IntervalSpec, replay: boolean): OpenedFeed {
    const measured = isMeasureSpec(spec)
    const rules = this.#upstream && !measured ? upstreamRules(source, spec) : defaultRules(source, spec)
    if (replay) {
      const feed = new ReplayedFeed(replayColumns(source.bars, rules))
      return { feed, grow: () => feed.extend(replayColumns(source.bars, rules)) }
    }
    const waits = this.#upstream || measured
    const make = () => {
      const { bars, deliveredAt } = wholeBars(resampleColumns(source.bars, rules), source, waits)
      return { bars: withLocalTime(bars, source.record.zone), deliveredAt }
    }
    const feed = new ClosedFeed(make(), waits)
    return { feed, grow: () => feed.extend(make()) }
  }

  /** An instrument has more bars: coarse ones follow, and then the lines that were brought to other bars. */
  grow(instrument: number): void {
    for (const coarse of this.running) if (coarse.instrument === instrument) coarse.grow()
  }

  /** Brings what has come to coarse bars and other instruments to the bars that show it, in the order of the asking. */
  realign(): void {
    for (const { line, aligned, source } of this.#aligned) {
      const map = this.#rowMap(source.bars, line)
      if (map === undefined) continue
      const from = columnOf(line)
      const to = columnOf(aligned)
      for (let row = 0; row < map.length; row++) {
        const at = map[row] as number
        to[row] = at < 0 ? Number.NaN : (from[at] as number)
      }
      source.graph.recompute()
    }
  }

  /** A line of coarse bars, or of another instrument, on the bars of `instrument`: each has the value known then. */
  align(instrument: OrderInstrument, line: Line): Line {
    const source = this.sources[instrument.index] as CoarseSource
    const { bars, graph } = source
    const map = this.#rowMap(bars, line)
    if (map === undefined) {
      const isForming = this.running.some(({ feed }) => feed.graph === ownerOf(line))
      throw new DomainError(isForming ? 'indicator.forming' : 'indicator.foreign', {
        ...{ indicator: 'align', series: line.name },
      })
    }
    const column = columnOf(line)
    const aligned = new Float64Array(bars.length)
    let warmup = bars.length
    for (let row = bars.length - 1; row >= 0; row--) {
      const at = map[row] as number
      aligned[row] = at < 0 ? Number.NaN : (column[at] as number)
      if (at >= line.warmup) warmup = row
    }
    const made = graph.adopt(line.name, aligned, warmup)
    this.#aligned.push({ line, aligned: made, source })
    return made
  }

  /** Shows the bars that the end of the data left over, also in the lines that were brought elsewhere; false: none. */
  flush(step: number): boolean {
    const flushed = this.running.filter(({ feed }) => feed.flush())
    for (const coarse of flushed) coarse.step = step
    for (const { line, aligned, source } of this.#aligned) {
      if (!flushed.some(({ feed }) => feed.graph === ownerOf(line))) continue
      columnOf(aligned)[source.graph.cursor.i] = line.now
      source.graph.recompute()
    }
    return flushed.length > 0
  }

  #rowMap(bars: BarSeries, line: Line): Int32Array | undefined {
    const owner = ownerOf(line)
    const feed = this.running.find((running) => running.feed.graph === owner)?.feed
    if (feed !== undefined) return feed.rowMap(bars)
    const other = this.sources.find(({ graph }) => graph === owner)
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

/** While a run grows, a coarse bar that may still change is none yet: what is left over at the end is left out. */
function wholeBars({ bars, deliveredAt }: Resampled, { bars: source, grows }: CoarseSource, waits: boolean): Resampled {
  if (!grows) return { bars, deliveredAt }
  const now = source.closeTime[source.length - 1] ?? Number.NEGATIVE_INFINITY
  const isWhole = (bar: number) =>
    (deliveredAt[bar] as number) < source.length || (!waits && (bars.closeTime[bar] as number) <= now)
  let count = bars.length
  while (count > 0 && !isWhole(count - 1)) count--
  return { bars: sliceBars(bars, 0, count), deliveredAt: deliveredAt.subarray(0, count) }
}
