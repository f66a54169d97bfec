import { z } from 'zod'
import { seriesKinds } from '../../domain/market-columns.ts'
import { request } from '../define.ts'
import * as schema from '../schemas.ts'

const kind = z.enum(seriesKinds)
const count = z.number().int().nonnegative()
const limit = z.number().int().min(1).max(10_000_000).default(1_000_000)

const period = {
  instrument: schema.instrumentIdSchema,
  /** Time in [from, to); null = as far as it reaches. */
  from: schema.epochMsSchema.nullable(),
  to: schema.epochMsSchema.nullable(),
}
const rowsGiven = {
  rows: count,
  /** True when the limit cut the answer: ask again from the last time. */
  more: z.boolean(),
  columns: z.array(z.string()),
}
const level = z.tuple([z.number(), z.number()])

/** Stored ticks, quotes and order books. */
export const marketChannels = {
  'ticks.read': request({
    about:
      'Stored ticks of a period; columns time, id, price, size (NaN: unknown), side (1 the buyer took, -1 the seller).',
    takes: z.strictObject({ ...period, limit }),
    gives: z.strictObject(rowsGiven),
    fails: ['instrument.unknown', 'store.corrupt'],
    bulk: true,
  }),
  'quotes.read': request({
    about: 'Stored quotes of a period; columns time, bid, ask, bidSize, askSize, NaN where a side is empty.',
    takes: z.strictObject({ ...period, limit }),
    gives: z.strictObject(rowsGiven),
    fails: ['instrument.unknown', 'store.corrupt'],
    bulk: true,
  }),
  'book.read': request({
    about:
      'The order book as the messages before `from` left it, and the changes from then on; columns time, part, side, price, size (0: the level is gone), snapshot.',
    takes: z.strictObject({
      instrument: schema.instrumentIdSchema,
      from: schema.epochMsSchema,
      /** Null: only the book at `from`. */
      to: schema.epochMsSchema.nullable(),
      limit,
    }),
    gives: z.strictObject({
      /** Time of the last message in the book; null when none is stored before `from`. */
      time: schema.epochMsSchema.nullable(),
      /** Price and size, best first. */
      bids: z.array(level),
      asks: z.array(level),
      ...rowsGiven,
    }),
    fails: ['instrument.unknown', 'store.corrupt'],
    bulk: true,
  }),
  'market.coverage': request({
    about: 'What is stored of ticks, quotes and order books, by instrument and kind.',
    takes: z.strictObject({}),
    gives: z.strictObject({
      coverage: z.array(
        z.strictObject({
          instrument: schema.instrumentIdSchema,
          kind,
          rows: count,
          from: schema.epochMsSchema,
          to: schema.epochMsSchema,
          /** On disk; null where a store cannot say. */
          bytes: z.number().nullable(),
          source: z.string(),
          updatedAt: schema.epochMsSchema,
        }),
      ),
    }),
  }),
  'market.days': request({
    about: 'The UTC days of a period that hold rows of a kind, with their count: what a map of gaps is drawn from.',
    takes: z.strictObject({ ...period, kind }),
    gives: z.strictObject({
      days: z.array(z.strictObject({ day: schema.epochMsSchema, rows: count })),
      /** Content hash of the period: equal wherever the same rows are stored. */
      hash: z.string(),
    }),
    fails: ['instrument.unknown', 'store.corrupt'],
  }),
  'market.import': request({
    about:
      'Imports a file of ticks or quotes: repeating it changes nothing. An instrument that is not known yet is made. Progress on `job.changed`.',
    takes: z.strictObject({
      path: z.string().min(1).max(4096),
      kind: z.enum(['tick', 'quote']),
      instrument: schema.instrumentIdSchema,
      /** Of times that name none; null: the instrument's. */
      zone: z.string().max(64).nullable(),
    }),
    gives: z.strictObject({ job: schema.jobIdSchema }),
    changes: true,
  }),
  'market.imported': request({
    about: 'What an import of ticks or quotes did.',
    takes: z.strictObject({ job: schema.jobIdSchema }),
    gives: z.strictObject({
      job: schema.jobSchema,
      instrument: schema.instrumentIdSchema,
      kind: z.enum(['tick', 'quote']),
      rows: count,
      added: count,
      changed: count,
      unchanged: count,
    }),
    fails: ['request.unknown'],
  }),
  'market.repair': request({
    about:
      'Reads a kind of an instrument through; what does not read is set aside, and the rest works again. Gives the periods to fetch again.',
    takes: z.strictObject({ instrument: schema.instrumentIdSchema, kind }),
    gives: z.strictObject({
      damaged: z.array(
        z.strictObject({
          from: schema.epochMsSchema,
          to: schema.epochMsSchema,
          /** 0 where it cannot be told. */
          rows: count,
        }),
      ),
    }),
    changes: true,
  }),
  'market.delete': request({
    about: 'Removes rows of a kind with time before a moment, all when it is null.',
    takes: z.strictObject({ instrument: schema.instrumentIdSchema, kind, before: schema.epochMsSchema.nullable() }),
    gives: z.strictObject({ removed: count }),
    changes: true,
  }),
} as const
