import type { BarSeries } from '../domain/bar-series.ts'
import { barSpecMs, formatBarSpec, isMeasureSpec, parseInterval } from '../domain/bar-spec.ts'
import { DomainError } from '../domain/errors.ts'
import type { InstrumentRecord } from '../domain/instrument.ts'
import type { QuoteColumns, TickColumns } from '../domain/market-columns.ts'
import { canonicalBytes } from '../engine/canonical-bytes.ts'
import { sharedColumn } from '../lib/columns.ts'
import { seriesHash } from '../stores/bar-blocks.ts'
import type { RunConfig, RunDataUse } from '../stores/run-records.ts'
import type { Sha256, Stores } from '../stores/stores.ts'
import type { ImporterPort, KernelInput } from './ports.ts'

/** Finer prices of one instrument and where they came from. */
export type FinerUsed =
  | { readonly kind: 'bars'; readonly interval: string; readonly bars: BarSeries }
  | { readonly kind: 'ticks'; readonly ticks: TickColumns }
  | { readonly kind: 'quotes'; readonly quotes: QuoteColumns }

interface Sources {
  readonly stores: Stores
  readonly importer: Pick<ImporterPort, 'ticks' | 'quotes'>
}

/** What the fill policy of a run needs of an instrument; undefined when it needs nothing or nothing finer is there. */
export async function readFiner(
  { record, interval }: { readonly record: InstrumentRecord; readonly interval: string },
  config: Pick<RunConfig, 'fillPolicy' | 'marketFiles' | 'from' | 'to'>,
  { stores, importer }: Sources,
): Promise<FinerUsed | undefined> {
  const { fillPolicy } = config
  if (fillPolicy === 'magnified') {
    const finest = await finestBelow(stores, record.id, interval)
    if (finest === undefined) return undefined
    return { kind: 'bars', interval: finest, bars: await stores.bars.read(record.id, finest, config.from, config.to) }
  }
  if (fillPolicy !== 'tick' && fillPolicy !== 'quote') return undefined
  const file = config.marketFiles?.find(({ instrument, kind }) => instrument === record.id && kind === fillPolicy)
  if (file === undefined) {
    const stored = await readStored({ stores, fillPolicy, instrument: record.id }, config)
    if (stored !== undefined) return stored
    if (config.marketFiles?.some(({ kind }) => kind === fillPolicy)) return undefined
    throw new DomainError('market-file.missing', { instrument: record.id, policy: fillPolicy })
  }
  if (fillPolicy === 'tick') return { kind: 'ticks', ticks: await importer.ticks(file.path, record.zone) }
  return { kind: 'quotes', quotes: await importer.quotes(file.path, record.zone) }
}

/** Stored ticks or quotes of the run's period; undefined when there are none. */
async function readStored(
  {
    stores,
    fillPolicy,
    instrument,
  }: { readonly stores: Stores; readonly fillPolicy: 'tick' | 'quote'; readonly instrument: string },
  { from, to }: Pick<RunConfig, 'from' | 'to'>,
): Promise<FinerUsed | undefined> {
  if (fillPolicy === 'tick') {
    const { length, time, price, size } = await stores.market.read('tick', instrument, from, to)
    return length === 0 ? undefined : { kind: 'ticks', ticks: { time, price, size: unlimited(size) } }
  }
  const { length, time, bid, ask, bidSize, askSize } = await stores.market.read('quote', instrument, from, to)
  const [bids, asks] = [repeated(bid, bidSize), repeated(ask, askSize)]
  const first = Math.max(bids.first, asks.first)
  if (first >= length) return undefined
  const part = (column: Float64Array) => column.subarray(first)
  const sides = { bid: part(bids.prices), ask: part(asks.prices), bidSize: part(bids.sizes), askSize: part(asks.sizes) }
  return { kind: 'quotes', quotes: { time: part(time), ...sides } }
}

/** A size that nobody stated limits nothing, as in a file without sizes. */
function unlimited(sizes: Float64Array): Float64Array {
  const copy = sharedColumn(sizes.length)
  for (const [row, size] of sizes.entries()) copy[row] = Number.isNaN(size) ? Number.POSITIVE_INFINITY : size
  return copy
}

/** A side that is empty repeats its last price and size, as `QuoteColumns` say; `first` is the row from which there is one. */
function repeated(prices: Float64Array, sizes: Float64Array) {
  const side = { prices: prices.slice(), sizes: unlimited(sizes), first: prices.findIndex((price) => price > 0) }
  if (side.first < 0) side.first = prices.length
  for (let row = side.first + 1; row < prices.length; row++) {
    if ((prices[row] as number) > 0) continue
    side.prices[row] = side.prices[row - 1] as number
    side.sizes[row] = side.sizes[row - 1] as number
  }
  return side
}

/** The finest stored interval of an instrument that is finer than the run's; undefined when there is none. */
async function finestBelow(stores: Stores, instrument: string, interval: string): Promise<string | undefined> {
  const wanted = parseInterval(interval)
  const limit = isMeasureSpec(wanted) ? Number.POSITIVE_INFINITY : barSpecMs(wanted)
  let finest: string | undefined
  let least = limit
  for (const stored of await stores.bars.coverage()) {
    if (stored.instrument !== instrument) continue
    const spec = parseInterval(stored.interval)
    if (isMeasureSpec(spec) || barSpecMs(spec) >= least) continue
    least = barSpecMs(spec)
    finest = formatBarSpec(spec)
  }
  return finest
}

/** The same for the kernel. */
export function finerInput(
  finer: FinerUsed | undefined,
): Partial<Pick<KernelInput['instruments'][number], 'finer' | 'ticks' | 'quotes'>> {
  if (finer === undefined) return {}
  if (finer.kind === 'bars') return { finer: finer.bars }
  return finer.kind === 'ticks' ? { ticks: finer.ticks } : { quotes: finer.quotes }
}

/** What a capsule says about them. */
export function finerUse(finer: FinerUsed, sha256: Sha256): NonNullable<RunDataUse['finer']> {
  if (finer.kind === 'bars') {
    const { bars, interval } = finer
    return { kind: 'bars', interval, rows: bars.length, hash: seriesHash(bars, sha256) }
  }
  const columns: [string, Float64Array][] = Object.entries(finer.kind === 'ticks' ? finer.ticks : finer.quotes)
  const [, times] = columns[0] ?? ['', new Float64Array()]
  return { kind: finer.kind, interval: '', rows: times.length, hash: sha256(canonicalBytes(columns)) }
}
