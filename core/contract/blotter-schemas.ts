import { z } from 'zod'
import { marketKinds } from '../domain/market-message.ts'
import { epochMsSchema, instrumentIdSchema, intervalSchema, wireErrorSchema } from './schemas.ts'

const name = z.string().regex(/^[A-Za-z0-9._-]{1,32}$/)
/** A CURVE key as ZeroMQ writes it (Z85). */
export const publicKeySchema = z.string().regex(/^[\x21-\x7e]{40}$/)

const kind = z.enum(marketKinds)
const count = z.number().int().nonnegative()

/** A bar of the market as the blotter tells it; null is undefined. */
export const marketBarSchema = z.strictObject({
  kind: z.literal('bar'),
  instrument: instrumentIdSchema,
  interval: intervalSchema,
  time: epochMsSchema,
  closeTime: epochMsSchema,
  open: z.number(),
  high: z.number(),
  low: z.number(),
  close: z.number(),
  volume: z.number().nullable(),
  openInterest: z.number().nullable(),
  closed: z.boolean(),
})

/** Where market data comes from. */
export const sourceSchema = z.discriminatedUnion('kind', [
  /** A market that does not exist; `speed`: seconds of it that pass in one of ours. */
  z.strictObject({
    kind: z.literal('simulated'),
    name,
    seed: z.number().int().min(0).max(0xffffffff).default(1),
    printsPerSecond: z.number().positive().max(10_000).default(5),
    speed: z.number().positive().max(100_000).default(1),
  }),
  /** A crypto exchange by ccxt's id; `gateway`: address of a server that stands in front of it. */
  z.strictObject({
    kind: z.literal('exchange'),
    name,
    exchange: z.string().min(1).max(32),
    market: z.enum(['spot', 'swap', 'future']).default('spot'),
    gateway: z.url({ protocol: /^https?$/ }).optional(),
    /** Silence after which it is opened anew. */
    silentSeconds: z.number().positive().max(86_400).default(60),
  }),
  /** Interactive Brokers' TWS or gateway. */
  z.strictObject({
    kind: z.literal('ib'),
    name,
    host: z.string().min(1).max(255).default('127.0.0.1'),
    port: z.number().int().min(1).max(65_535).default(7497),
    /** The next number is used too, for history. */
    clientId: z.number().int().min(0).max(100_000).default(41),
    silentSeconds: z.number().positive().max(86_400).default(120),
  }),
  /** What was recorded, played again: symbols are `SPX` (stored prints and quotes), `SPX/1m` (stored bars) or a file. */
  z.strictObject({
    kind: z.literal('replay'),
    name,
    speed: z.number().positive().max(100_000).default(1),
    from: epochMsSchema.nullable().default(null),
    to: epochMsSchema.nullable().default(null),
  }),
  /** Another blotter, over its wire; symbols are its instruments. */
  z.strictObject({
    kind: z.literal('blotter'),
    name,
    host: z.string().min(1).max(255).default('127.0.0.1'),
    port: z.number().int().min(1).max(65_534).default(5580),
    /** Its public key, where it lets only known ones hear it. */
    serverKey: publicKeySchema.optional(),
    silentSeconds: z.number().positive().max(86_400).default(60),
  }),
])

/** One instrument of a blotter. */
export const blotterInstrumentSchema = z.strictObject({
  instrument: instrumentIdSchema,
  source: name,
  /** The text by which the source knows it. */
  symbol: z.string().min(1).max(128),
  kinds: z.array(kind).min(1).max(4).default(['tick', 'quote']),
  /** Bars that are made while it trades. */
  intervals: z.array(intervalSchema).max(16).default(['1m']),
  record: z.array(kind).max(4).default(['bar']),
  /** Days that ticks, quotes and books are kept; null: for ever. */
  retentionDays: z.number().positive().max(36_500).nullable().default(null),
  /** Days before a start that are filled from the source's history; 0: none. */
  backfillDays: z.number().min(0).max(3650).default(1),
})

/** What a blotter collects. */
export const blotterConfigSchema = z
  .strictObject({
    sources: z.array(sourceSchema).max(16),
    instruments: z.array(blotterInstrumentSchema).max(1000),
    /** How long after its end a bar waits for late prints, ms. */
    graceMs: z.number().min(0).max(60_000).default(500),
    /** Where it broadcasts over ZeroMQ (frames, questions on the next port, JSON on the one after); absent: nowhere. */
    publish: z
      .strictObject({
        host: z.string().min(1).max(255).default('127.0.0.1'),
        port: z.number().int().min(0).max(65_533).default(5580),
        /** Public keys that may hear it; with them everything is encrypted (CURVE), and other machines may be listened to. */
        allowed: z.array(publicKeySchema).min(1).max(256).optional(),
      })
      .optional(),
  })
  .check((context) => {
    const { sources, instruments } = context.value
    const known = new Set(sources.map((source) => source.name))
    if (known.size < sources.length) {
      context.issues.push({ code: 'custom', message: 'two sources have one name', input: sources, path: ['sources'] })
    }
    const ids = new Set<string>()
    for (const [index, { instrument, source }] of instruments.entries()) {
      const path = ['instruments', index]
      if (!known.has(source))
        context.issues.push({ code: 'custom', message: `there is no source ${source}`, input: source, path })
      if (ids.has(instrument))
        context.issues.push({ code: 'custom', message: `${instrument} is listed twice`, input: instrument, path })
      ids.add(instrument)
    }
  })

export const sourceStateSchema = z.enum(['stopped', 'connecting', 'live', 'silent', 'waiting', 'failed'])

/** What a blotter is doing. */
export const blotterStatusSchema = z.strictObject({
  running: z.boolean(),
  /** When this was so, EpochMs. */
  at: epochMsSchema,
  startedAt: epochMsSchema.nullable(),
  sources: z.array(
    z.strictObject({
      name,
      state: sourceStateSchema,
      /** When it will try again; null unless it waits. */
      until: epochMsSchema.nullable(),
      error: wireErrorSchema.nullable(),
      heardAt: epochMsSchema.nullable(),
      messages: count,
      gaps: count,
    }),
  ),
  instruments: z.array(
    z.strictObject({
      instrument: instrumentIdSchema,
      source: name,
      counts: z.strictObject({ tick: count, quote: count, book: count, bar: count }),
      /** Findings of cleaning by rule. */
      corrections: z.record(z.string(), count),
      /** Bars not told because something of them was not heard. */
      partialBars: count,
    }),
  ),
  /** Where it broadcasts; null: nowhere. */
  wire: z
    .strictObject({ frames: z.string(), questions: z.string(), json: z.string(), sent: count, waiting: count })
    .nullable(),
  queue: z.strictObject({ waiting: count, written: count, conflated: count }),
  /** The newest problems, newest last. */
  troubles: z.array(
    z.strictObject({
      at: epochMsSchema,
      source: z.string(),
      instrument: z.string().nullable(),
      error: wireErrorSchema,
    }),
  ),
})

const figure = z.number().nullable()

/** The last figures of an instrument and when each was heard. */
export const watchRowSchema = z.strictObject({
  instrument: instrumentIdSchema,
  last: figure,
  lastSize: figure,
  lastTime: epochMsSchema.nullable(),
  /** The first price since the start. */
  reference: figure,
  bid: figure,
  ask: figure,
  bidSize: figure,
  askSize: figure,
  quoteTime: epochMsSchema.nullable(),
  /** End of the last closed bar. */
  barTime: epochMsSchema.nullable(),
})

const bookSide = z.array(z.tuple([z.number(), figure]))

/** An order book as it stands; levels are [price, size], best first. */
export const standingBookSchema = z.strictObject({
  from: z.enum(['book', 'quote']),
  time: epochMsSchema,
  /** False while messages may be missing from it: until the next whole book levels may be wrong. */
  isWhole: z.boolean(),
  bids: bookSide,
  asks: bookSide,
  last: figure,
  lastSize: figure,
  lastTime: epochMsSchema.nullable(),
})
