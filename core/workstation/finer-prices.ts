import type { BarSeries } from '../domain/bar-series.ts'
import { barSpecMs, formatBarSpec, isMeasureSpec, parseInterval } from '../domain/bar-spec.ts'
import { DomainError } from '../domain/errors.ts'
import type { InstrumentRecord } from '../domain/instrument.ts'
import type { QuoteColumns, TickColumns } from '../domain/market-columns.ts'
import { canonicalBytes } from '../engine/canonical-bytes.ts'
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
    if (config.marketFiles?.some(({ kind }) => kind === fillPolicy)) return undefined
    throw new DomainError('market-file.missing', { instrument: record.id, policy: fillPolicy })
  }
  if (fillPolicy === 'tick') return { kind: 'ticks', ticks: await importer.ticks(file.path, record.zone) }
  return { kind: 'quotes', quotes: await importer.quotes(file.path, record.zone) }
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
