import type { Gives, Handlers, Takes } from '../contract/contract.ts'
import type { WireColumns } from '../contract/define.ts'
import { bookBefore } from '../data/order-book.ts'
import { DomainError } from '../domain/errors.ts'
import type { InstrumentId } from '../domain/ids.ts'
import type { InstrumentRecord } from '../domain/instrument.ts'
import {
  type MarketSeriesByKind,
  marketColumnNames,
  marketColumns,
  type SeriesKind,
  sliceMarket,
} from '../domain/market-columns.ts'
import type { BookLevel } from '../domain/market-message.ts'
import type { Stores } from '../stores/stores.ts'
import type { Jobs } from './jobs.ts'
import type { Ports } from './ports.ts'
import type { Topics } from './topics.ts'

type MarketHandlers = Pick<
  Handlers,
  | 'ticks.read'
  | 'quotes.read'
  | 'book.read'
  | 'market.coverage'
  | 'market.days'
  | 'market.import'
  | 'market.imported'
  | 'market.repair'
  | 'market.delete'
>
type Outcome = Omit<Gives<'market.imported'>, 'job'>

interface Wanted {
  readonly instrument: string
  readonly from: number | null
  readonly to: number | null
  readonly limit: number
}

/** Rows written in one go: an import of 10⁸ ticks must not hold up the recording of a market for seconds. */
const importRows = 500_000

/** Stored ticks, quotes and order books. */
export function marketHandlers(ports: Ports, jobs: Jobs, topics: Topics): MarketHandlers {
  const { stores } = ports
  const outcomes = new Map<string, Outcome>()
  return {
    'ticks.read': (wanted) => readRows(stores, 'tick', wanted),
    'quotes.read': (wanted) => readRows(stores, 'quote', wanted),
    'book.read': async ({ to, ...wanted }) => {
      const { time, bids, asks } = await bookBefore(stores.market, wanted.instrument, wanted.from)
      const { reply, columns } = await readRows(stores, 'book', { ...wanted, to: to ?? wanted.from }, time !== null)
      return { reply: { time, bids: bids.map(copyLevel), asks: asks.map(copyLevel), ...reply }, columns }
    },
    'market.coverage': async () => ({ coverage: await stores.market.coverage() }),
    'market.days': async ({ kind, instrument, from, to }) => {
      const days = await stores.market.days(kind, instrument, from, to)
      if (days.length === 0) await refuseUnknown(stores, instrument)
      return { days, hash: await stores.market.hash(kind, instrument, from, to) }
    },
    'market.import': (takes) => {
      const control = { cancelled: false }
      const job = jobs.start('import', takes.path.split(/[\\/]/).at(-1) ?? takes.path, () => {
        control.cancelled = true
      })
      const { instrument, kind } = takes
      outcomes.set(job.id, { instrument, kind, rows: 0, added: 0, changed: 0, unchanged: 0 })
      const progress = (outcome: Outcome, total: number) => {
        outcomes.set(job.id, outcome)
        job.progress(outcome.rows, total)
      }
      void importMarket(ports, takes, { progress, cancelled: () => control.cancelled }).then(
        () => {
          topics.publish('data.changed', { instrument })
          job.finish()
        },
        (failure) => job.finish(failure),
      )
      return { job: job.id }
    },
    'market.imported': ({ job }) => {
      const outcome = outcomes.get(job)
      if (outcome === undefined) throw new DomainError('request.unknown', { request: job })
      return { job: jobs.get(job), ...outcome }
    },
    'market.repair': async ({ kind, instrument }) => {
      const damaged = await stores.market.repair(kind, instrument)
      if (damaged.length > 0) topics.publish('data.changed', { instrument })
      return { damaged }
    },
    'market.delete': async ({ kind, instrument, before }) => {
      const removed = await stores.market.delete(kind, instrument, before)
      if (removed > 0) topics.publish('data.changed', { instrument })
      return { removed }
    },
  }
}

/** The contract's types are mutable. */
function copyLevel([price, size]: BookLevel): [number, number] {
  return [price, size]
}

/** At most `limit` rows; a book ends with a whole message. One more is read, to know whether there are more. */
async function readRows(stores: Stores, kind: SeriesKind, { instrument, from, to, limit }: Wanted, isKnown = false) {
  const read = await stores.market.read(kind, instrument, from, to, limit + 1)
  if (read.length === 0 && !isKnown) await refuseUnknown(stores, instrument)
  const more = read.length > limit
  const rows = more && kind !== 'book' ? sliceMarket<SeriesKind>(kind, read, 0, limit) : read
  const values = marketColumns(kind, rows)
  const columns: WireColumns = Object.fromEntries(
    marketColumnNames[kind].map((name, index) => [name, values[index] as Float64Array]),
  )
  return { reply: { rows: rows.length, more, columns: Object.keys(columns) }, columns }
}

async function refuseUnknown(stores: Stores, instrument: string): Promise<void> {
  if ((await stores.instruments.get(instrument)) === null) throw new DomainError('instrument.unknown', { instrument })
}

interface ImportCourse {
  progress(outcome: Outcome, total: number): void
  cancelled(): boolean
}

/** The file is read whole, then written in parts; what a cancelled import has written stays, and repeating it is harmless. */
async function importMarket(
  { stores, importer }: Ports,
  { path, kind, instrument, zone }: Takes<'market.import'>,
  course: ImportCourse,
): Promise<void> {
  const known = await stores.instruments.get(instrument)
  const rows: MarketSeriesByKind['tick' | 'quote'] = await importer.market(path, kind, zone ?? known?.zone ?? 'UTC')
  const source = path.split(/[\\/]/).at(-1) ?? path
  const outcome = { instrument, kind, rows: 0, added: 0, changed: 0, unchanged: 0 }
  for (let from = 0; from < rows.length; from += importRows) {
    if (course.cancelled()) throw new DomainError('cancelled')
    const part = sliceMarket<'tick' | 'quote'>(kind, rows, from, Math.min(from + importRows, rows.length))
    const write = await stores.market.upsert<SeriesKind>(kind, instrument, part, source)
    outcome.rows += part.length
    outcome.added += write.added
    outcome.changed += write.changed
    outcome.unchanged += write.unchanged
    course.progress({ ...outcome }, rows.length)
  }
  // The rows come first: an instrument without any would promise data that a crash had kept away.
  if (known === null) await stores.instruments.put(plainInstrument(instrument, zone ?? 'UTC'))
}

/** What is assumed of an instrument that came without a description. */
function plainInstrument(id: string, zone: string): InstrumentRecord {
  const names = { id: id as InstrumentId, symbol: id, name: id }
  return { ...names, kind: 'other', currency: 'USD', tickSize: 0.01, lotSize: 1, multiplier: 1, zone, simulated: false }
}
