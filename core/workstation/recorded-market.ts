import type { RecordedMarket } from '../blotter/replay-source.ts'
import type { BarSeries } from '../domain/bar-series.ts'
import { DomainError } from '../domain/errors.ts'
import type { InstrumentId } from '../domain/ids.ts'
import type { QuoteSeries, TickSeries } from '../domain/market-columns.ts'
import type { Aggressor, MarketKind, MarketMessage } from '../domain/market-message.ts'
import type { Stores } from '../stores/stores.ts'
import type { ImporterPort } from './ports.ts'

/** Messages of a part: little enough to make at once. */
const partLength = 5_000
const dayMs = 86_400_000

interface Period {
  readonly from: number | null
  readonly to: number | null
}

/**
 * Plays from the store or from files. `SPX`: stored prints and quotes of an instrument; `SPX/1m`: its stored bars;
 * a path ending in `.csv` or `.parquet`: prints of a file, times that name no zone are UTC.
 */
export function recordedMarket(stores: Stores, importer: ImporterPort): RecordedMarket {
  return {
    read(symbol, kinds, period) {
      if (isFile(symbol)) return fromFile(importer, symbol, period)
      const [id = '', interval] = symbol.split('/')
      return interval === undefined ? fromMarket(stores, id, kinds, period) : fromBars(stores, { id, interval }, period)
    },
    async describe(symbol) {
      if (!isFile(symbol)) return stores.instruments.get(symbol.split('/')[0] ?? '')
      const { suggestedInstrument } = await importer.inspect(symbol, null)
      return suggestedInstrument
    },
  }
}

const isFile = (symbol: string) => /\.(csv|txt|parquet)$/i.test(symbol)

async function* fromFile(importer: ImporterPort, path: string, { from, to }: Period) {
  const ticks = await importer.market(path, 'tick', 'UTC')
  const messages = function* () {
    for (let row = 0; row < ticks.length; row++) {
      const message = tickAt(ticks, row)
      if (message.time >= (from ?? -Infinity) && message.time < (to ?? Infinity)) yield message
    }
  }
  yield* inParts(messages())
}

/** Day by day, so that years of prints never are in memory at once. */
async function* fromMarket({ market }: Stores, id: string, kinds: ReadonlySet<MarketKind>, { from, to }: Period) {
  const days = new Set<number>()
  for (const kind of ['tick', 'quote'] as const) {
    if (!kinds.has(kind)) continue
    for (const { day } of await market.days(kind, id, from, to)) days.add(day)
  }
  if (days.size === 0) throw new DomainError('data.missing', { instrument: id, interval: 'tick' })
  for (const day of [...days].sort((one, other) => one - other)) {
    const period = [Math.max(day, from ?? day), Math.min(day + dayMs, to ?? Infinity)] as const
    const ticks = kinds.has('tick') ? await market.read('tick', id, ...period) : null
    const quotes = kinds.has('quote') ? await market.read('quote', id, ...period) : null
    yield* inParts(merged(ticks, quotes))
  }
}

/** A quote of the time of a print comes first: it is what the print met. */
function* merged(ticks: TickSeries | null, quotes: QuoteSeries | null): Iterable<MarketMessage> {
  let [tick, quote] = [0, 0]
  const [tickCount, quoteCount] = [ticks?.length ?? 0, quotes?.length ?? 0]
  while (tick < tickCount || quote < quoteCount) {
    const tickTime = ticks?.time[tick] ?? Infinity
    const quoteTime = quotes?.time[quote] ?? Infinity
    if (quotes !== null && quote < quoteCount && quoteTime <= tickTime) yield quoteAt(quotes, quote++)
    else if (ticks !== null) yield tickAt(ticks, tick++)
  }
}

async function* fromBars({ bars }: Stores, series: { id: string; interval: string }, { from, to }: Period) {
  const { id, interval } = series
  const stored = await bars.read(id, interval, from, to)
  if (stored.length === 0) throw new DomainError('data.missing', { instrument: id, interval })
  const messages = function* () {
    for (let row = 0; row < stored.length; row++) yield barAt(stored, row, interval)
  }
  yield* inParts(messages())
}

function* inParts(messages: Iterable<MarketMessage>): Iterable<readonly MarketMessage[]> {
  let part: MarketMessage[] = []
  for (const message of messages) {
    part.push(message)
    if (part.length < partLength) continue
    yield part
    part = []
  }
  if (part.length > 0) yield part
}

/** Who plays it gives the name. */
const unnamed = '' as InstrumentId

function tickAt({ time, price, size, side, id }: TickSeries, row: number): MarketMessage {
  return {
    ...{ kind: 'tick', instrument: unnamed, time: time[row] as number, price: price[row] as number },
    ...{ size: size[row] as number, side: side[row] as Aggressor, id: id[row] as number },
  }
}

function quoteAt({ time, bid, ask, bidSize, askSize }: QuoteSeries, row: number): MarketMessage {
  return {
    ...{ kind: 'quote', instrument: unnamed, time: time[row] as number, bid: bid[row] as number },
    ...{ ask: ask[row] as number, bidSize: bidSize[row] as number, askSize: askSize[row] as number },
  }
}

function barAt(bars: BarSeries, row: number, interval: string): MarketMessage {
  const at = (column: Float64Array) => column[row] as number
  return {
    ...{ kind: 'bar', instrument: unnamed, interval, time: at(bars.time), closeTime: at(bars.closeTime) },
    ...{ open: at(bars.open), high: at(bars.high), low: at(bars.low), close: at(bars.close) },
    ...{ volume: at(bars.volume), openInterest: at(bars.openInterest), closed: true },
  }
}
