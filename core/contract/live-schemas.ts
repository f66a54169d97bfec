import { z } from 'zod'
import { orderPlaces } from '../domain/order-place.ts'
import { accountIdSchema } from './account-schemas.ts'
import { replayOrderSchema, replayTicketSchema } from './replay-schemas.ts'
import * as schema from './schemas.ts'

export const liveIdSchema = z.string().regex(/^[A-Za-z0-9-]{1,64}$/)

const limit = z.number().positive().nullable()

/** Limits outside the strategy; null: none. Orders that only make a position smaller always pass. */
export const riskLimitsSchema = z.strictObject({
  /** Units of one order. */
  orderQuantity: limit,
  /** Units held of one instrument, with the order filled. */
  position: limit,
  /** Gross value of all positions, with the order filled; money. */
  exposure: limit,
  /** Loss since the day began from which on nothing is opened; money. */
  dailyLoss: limit,
  ordersPerMinute: limit,
  /** Distance of a limit or stop from the last price, percent. */
  pricePercent: limit,
  /** An order equal to one made less than so many milliseconds ago is refused. */
  repeatMs: limit,
})

/** How a live session trades: a backtest's settings without a period. */
export const liveConfigSchema = schema.backtestConfigSchema
  .omit({ from: true, to: true, profile: true, marketFiles: true, fillPolicy: true })
  .extend({
    /** `tick`: orders meet each print; otherwise each closed bar. */
    fillPolicy: z.enum(['pessimistic', 'optimistic', 'backtrader', 'ohlc-path', 'tick']),
    /** Bars before the session that give lines their first values. */
    warmupBars: z.number().int().min(0).max(100_000),
    limits: riskLimitsSchema,
    /** A real account, see account.list; absent: simulated money. */
    account: accountIdSchema.optional(),
    /** A name for people; empty: the strategy's. */
    name: z.string().max(100),
  })

export const liveOrderSchema = replayOrderSchema.extend({
  instrument: schema.instrumentIdSchema,
  createdTime: schema.epochMsSchema,
  updatedTime: schema.epochMsSchema,
  tag: z.string(),
  /** Where it lives while it works. Orders of older sessions do not say. */
  place: z.enum(orderPlaces).default('service'),
})

export const liveFillSchema = z.strictObject({
  id: z.number().int(),
  order: z.number().int(),
  instrument: schema.instrumentIdSchema,
  side: z.enum(['buy', 'sell']),
  time: schema.epochMsSchema,
  price: z.number(),
  quantity: z.number(),
  fee: z.number(),
  /** Adverse price points a unit. */
  slippage: z.number(),
  positionAfter: z.number(),
})

export const livePositionSchema = z.strictObject({
  instrument: schema.instrumentIdSchema,
  size: z.number(),
  averagePrice: schema.maybeNumberSchema,
  /** The last price and when it was. */
  last: schema.maybeNumberSchema,
  at: schema.maybeNumberSchema,
  unrealised: z.number(),
  realised: z.number(),
  value: z.number(),
})

/** Where a session stands. Money is the account's currency. */
export const liveStateSchema = z.strictObject({
  /** Time of the market, null before the first event. */
  now: schema.maybeNumberSchema,
  bars: z.number().int(),
  cash: z.number(),
  equity: z.number(),
  initialCash: z.number(),
  dayEquity: z.number(),
  unrealised: z.number(),
  realised: z.number(),
  fees: z.number(),
  exposure: z.number(),
  /** Ratio ≥ 0. */
  drawdown: z.number(),
  /** True: nothing new is opened. */
  paused: z.boolean(),
  /** True while nobody knows what became of an order at the venue: nothing new is sent. */
  unresolved: z.boolean(),
  positions: z.array(livePositionSchema),
  orders: z.array(liveOrderSchema),
  counts: z.strictObject({ orders: z.number().int(), fills: z.number().int(), trades: z.number().int() }),
  recorded: z.record(z.string(), schema.maybeNumberSchema),
  /** Bars that lines still need before the strategy decides. */
  missingBars: z.number().int(),
})

export const liveSessionSchema = z.strictObject({
  session: liveIdSchema,
  name: z.string(),
  /** `paper`: a simulated broker on live prices; else the id of a real account. */
  account: z.string(),
  state: z.enum(['restoring', 'running', 'stopped', 'failed']),
  createdAt: schema.epochMsSchema,
  endedAt: schema.maybeNumberSchema,
  error: schema.wireErrorSchema.nullable(),
  config: liveConfigSchema,
  /** The end of the bars that only gave lines their values. */
  leadIn: schema.epochMsSchema,
  /** When something of the market was last heard by the service's clock; null: never. */
  heardAt: schema.maybeNumberSchema,
  /** Events that wait to be worked on. */
  waiting: z.number().int(),
  /** Number of the last entry of the journal. */
  entries: z.number().int(),
  /** Null when it is not running here. */
  status: liveStateSchema.nullable(),
})

/** An order by hand. */
export const liveTicketSchema = replayTicketSchema.extend({ instrument: schema.instrumentIdSchema })

export const liveEntrySchema = z.strictObject({
  seq: z.number().int(),
  at: schema.epochMsSchema,
  kind: z.string(),
  data: z.unknown(),
  hash: z.string(),
})

/** What is asked of orders and fills of all sessions. */
export const liveQuerySchema = z.strictObject({
  session: liveIdSchema.nullable(),
  instrument: schema.instrumentIdSchema.nullable(),
  from: schema.epochMsSchema.nullable(),
  to: schema.epochMsSchema.nullable(),
  limit: z.number().int().min(1).max(50_000),
})
