import type { WireColumns } from '../contract/define.ts'
import { printsAsBars } from '../data/prints.ts'
import { planResample, resampleBars, widenToMax } from '../data/resample.ts'
import { refuseBadBars } from '../data/run-bars.ts'
import { type BarSeries, barColumnNames } from '../domain/bar-series.ts'
import { formatBarSpec, formatInterval, isMeasureSpec, parseBarSpec, parseInterval } from '../domain/bar-spec.ts'
import type { ContractSpan } from '../domain/contract-span.ts'
import { DomainError } from '../domain/errors.ts'
import type { InstrumentRecord } from '../domain/instrument.ts'
import { seriesHash } from '../stores/bar-blocks.ts'
import type { RunCapsule, RunConfig, RunDataUse } from '../stores/run-records.ts'
import type { KeptStores, Sha256, Stores } from '../stores/stores.ts'
import { tradedContracts } from './contract-spans.ts'
import { earlierBars } from './earlier-bars.ts'
import { type FinerUsed, finerUse, readFiner } from './finer-prices.ts'
import type { ImporterPort } from './ports.ts'

/** Bars at the asked interval and where they came from. */
export interface BarsUsed {
  readonly record: InstrumentRecord
  readonly bars: BarSeries
  readonly interval: string
  readonly sourceInterval: string
  /** What decides the order of events inside the bars, for fill policies that ask for it. */
  readonly finer?: FinerUsed
  /** The contracts that a run trades instead of the series; absent: the instrument is traded as it is. */
  readonly contracts?: ContractSpan[] | undefined
}

interface Wanted {
  readonly instrument: string
  readonly interval: string
  readonly from: number | null
  readonly to: number | null
}

/** What bars are resampled from when they are made of stored prints. */
const printInterval = '1tick'

export interface BarService {
  /** Throws `instrument.unknown`, `data.missing`, `interval.unavailable`. May be empty for an empty period. */
  read(wanted: Wanted): Promise<BarsUsed>
  /** Like `read`, but at an interval wide enough that at most `maxBars` come back; `available` counts the asked interval. */
  readAtMost(wanted: Wanted, maxBars: number): Promise<BarsUsed & { readonly available: number }>
  /**
   * The bars of every instrument of a configuration. Throws `period.empty` when one has none, `data.disorder` and
   * `data.no-overlap` when they cannot be run over.
   */
  forRun(config: {
    readonly instruments: readonly string[]
    readonly interval: string
    readonly from: number | null
    readonly to: number | null
    readonly fillPolicy: RunConfig['fillPolicy']
    readonly marketFiles?: RunConfig['marketFiles']
    readonly profile: RunConfig['profile']
    readonly broker?: Pick<NonNullable<RunConfig['broker']>, 'futures'> | undefined
  }): Promise<BarsUsed[]>
  /**
   * The bars of a capsule as they were, with the instruments and contracts of then; revisions since are taken back.
   * `changed` is told the first instrument whose bars cannot be had back, and makes what is thrown. `asTheyAre`: bars that
   * are others today are not had back, for work that goes on over the bars of today.
   */
  forCapsule(
    capsule: Pick<RunCapsule, 'config' | 'data' | 'instruments'>,
    changed: (instrument: string) => Error,
    options?: { readonly asTheyAre: boolean },
  ): Promise<BarsUsed[]>
}

export function createBarService(
  stores: KeptStores,
  importer: Pick<ImporterPort, 'ticks' | 'quotes'>,
  sha256: Sha256,
): BarService {
  const find = async (wanted: Wanted): Promise<{ record: InstrumentRecord; sourceInterval: string }> => {
    const record = await stores.instruments.get(wanted.instrument)
    if (record === null) throw new DomainError('instrument.unknown', { instrument: wanted.instrument })
    const stored = (await stores.bars.coverage()).filter(({ instrument }) => instrument === wanted.instrument)
    const intervals = stored.map(({ interval }) => interval)
    const source = planResample(intervals.map(parseBarSpec), parseInterval(wanted.interval))
    if (source !== undefined) return { record, sourceInterval: formatBarSpec(source) }
    if (await hasTicks(stores, wanted.instrument)) return { record, sourceInterval: printInterval }
    if (stored.length === 0) throw new DomainError('data.missing', { instrument: wanted.instrument })
    throw new DomainError('interval.unavailable', {
      instrument: wanted.instrument,
      interval: wanted.interval,
      stored: intervals.join(', '),
    })
  }
  const read = async (wanted: Wanted): Promise<BarsUsed> => {
    const { record, sourceInterval } = await find(wanted)
    const stored =
      sourceInterval === printInterval
        ? printsAsBars(await stores.market.read('tick', wanted.instrument, wanted.from, wanted.to))
        : await stores.bars.read(wanted.instrument, sourceInterval, wanted.from, wanted.to)
    return {
      record,
      bars: resampled(stored, sourceInterval, wanted.interval, record),
      interval: wanted.interval,
      sourceInterval,
    }
  }
  const forRun: BarService['forRun'] = async (config) => {
    const { instruments, interval, from, to } = config
    const all = await Promise.all(
      instruments.map(async (instrument) => {
        const used = await read({ instrument, interval, from, to })
        if (used.bars.length === 0) throw new DomainError('period.empty', { instrument, from, to })
        const finer = await readFiner(used, config, { stores, importer })
        const contracts = await tradedContracts(
          stores,
          { instrument, interval, sourceInterval: used.sourceInterval },
          config,
        )
        return {
          ...used,
          ...(finer === undefined ? {} : { finer }),
          ...(contracts === undefined ? {} : { contracts }),
        }
      }),
    )
    refuseBadBars(all)
    return all
  }
  return {
    read,
    async readAtMost(wanted, maxBars) {
      const used = await read(wanted)
      const available = used.bars.length
      if (maxBars === 0 || available <= maxBars) return { ...used, available }
      if (!isMeasureSpec(parseInterval(wanted.interval))) return { ...widened(used, maxBars), available }
      let wider = used
      while (wider.bars.length > maxBars)
        wider = await read({ ...wanted, interval: coarser(wider.interval, wider.bars.length / maxBars) })
      return { ...wider, available }
    },
    forRun,
    async forCapsule({ config, data, instruments }, changed, options) {
      const now = await forRun(config)
      return Promise.all(
        now.map(async (used, index) => {
          const then = data[index]
          const record = instruments[index]
          const same = dataUse(used, sha256)
          if (then === undefined || record === undefined || same.finer?.hash !== then.finer?.hash)
            throw changed(used.record.id)
          const isSame = same.hash === then.hash
          if (!isSame && options?.asTheyAre === true) throw changed(used.record.id)
          const earlier = isSame ? used : await earlierBars(stores, then, used.record, sha256)
          if (earlier === undefined) throw changed(used.record.id)
          const { contracts } = then
          return { ...used, bars: earlier.bars, contracts, record: { ...used.record, ...record, id: used.record.id } }
        }),
      )
    },
  }
}

async function hasTicks(stores: Stores, instrument: string): Promise<boolean> {
  return (await stores.market.coverage()).some((one) => one.instrument === instrument && one.kind === 'tick')
}

/** Prints of one time are no bars yet: only resampling tells their stamps apart. */
function resampled(bars: BarSeries, from: string, to: string, record: InstrumentRecord): BarSeries {
  return from === to && from !== printInterval ? bars : resampleBars(bars, parseInterval(to), record.zone)
}

/** At an interval at which at most `maxBars` remain; the widest there is when even that has more. */
function widened(used: BarsUsed, maxBars: number): BarsUsed {
  const spec = widenToMax(parseBarSpec(used.interval), used.bars.length, maxBars)
  const interval = formatBarSpec(spec)
  return { ...used, bars: resampled(used.bars, used.interval, interval, used.record), interval }
}

/** A larger measure for so many times fewer bars. Prices wander: a range twice as large is crossed four times as rarely. */
function coarser(interval: string, times: number): string {
  const spec = parseInterval(interval)
  const isPath = isMeasureSpec(spec) && (spec.measure === 'range' || spec.measure === 'renko')
  const factor = Math.max(isPath ? 1.25 : 2, isPath ? Math.sqrt(times) : Math.ceil(times))
  return formatInterval({ ...spec, step: Number((spec.step * factor).toPrecision(6)) })
}

export function barColumns(bars: BarSeries): WireColumns {
  return Object.fromEntries(barColumnNames.map((name) => [name, bars[name]]))
}

/** What a capsule says about bars that a run used. */
export function dataUse(used: BarsUsed, sha256: Sha256): RunDataUse {
  const { record, bars, interval, sourceInterval } = used
  return {
    instrument: record.id,
    interval,
    sourceInterval,
    bars: bars.length,
    from: bars.time[0] ?? 0,
    to: bars.closeTime[bars.length - 1] ?? 0,
    hash: seriesHash(bars, sha256),
    ...(used.contracts === undefined ? {} : { contracts: used.contracts }),
    ...(used.finer === undefined ? {} : { finer: finerUse(used.finer, sha256) }),
  }
}
