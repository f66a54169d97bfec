import { z } from 'zod'
import * as schema from './schemas.ts'

export const replayIdSchema = z.string().regex(/^[A-Za-z0-9-]{1,64}$/)

/** A backtest's settings without a strategy, for one instrument. */
export const replayConfigSchema = schema.backtestConfigSchema
  .omit({ strategy: true, params: true, instruments: true, seed: true, sizer: true })
  .extend({ instrument: schema.instrumentIdSchema })

/** A price of an order; null: the order has none. */
const levelSchema = z.number().finite().nullable()

export const replayOrderSchema = z.strictObject({
  id: z.number().int(),
  side: z.enum(['buy', 'sell']),
  type: z.string(),
  quantity: z.number(),
  filled: z.number(),
  /** Level of a limit, stop or trailing order. */
  price: schema.maybeNumberSchema,
  /** Limit of a stop-limit order. */
  limit: schema.maybeNumberSchema,
  averagePrice: schema.maybeNumberSchema,
  /** Id of the entry whose target or stop it is. */
  parent: z.number().int().nullable(),
  status: z.string(),
  /** What it is for (`target`, `stop`, `exit`), or why it ended (`margin`, `lot`, `oco` …); empty: nothing to say. */
  reason: z.string(),
  /** An exit that waits for its entry. */
  sleeps: z.boolean(),
})

/** Where a replay stands. Nothing in it tells of a later bar. */
export const replayStateSchema = z.strictObject({
  replay: replayIdSchema,
  /** Bars seen, the current one included. */
  bars: z.number().int(),
  /** True when there is no next bar. */
  ended: z.boolean(),
  /** Open and close time of the current bar, and its close. */
  time: schema.epochMsSchema,
  now: schema.epochMsSchema,
  price: z.number(),
  cash: z.number(),
  equity: z.number(),
  unrealised: z.number(),
  /** Gain of what has been closed, all fees and interest so far taken off. */
  realised: z.number(),
  fees: z.number(),
  /** Signed units. */
  position: z.number(),
  averagePrice: schema.maybeNumberSchema,
  /** Working orders, oldest first. */
  orders: z.array(replayOrderSchema),
  /** Orders that ended since the last answer. */
  news: z.array(replayOrderSchema),
  counts: z.strictObject({ orders: z.number().int(), fills: z.number().int(), trades: z.number().int() }),
})

/** An order as a trader words it. */
export const replayTicketSchema = z.strictObject({
  side: z.enum(['buy', 'sell']),
  quantity: z.number().positive().max(1e15),
  /** Level at which a stop order enters; with `limit` a stop-limit order. */
  stopEntry: levelSchema,
  limit: levelSchema,
  /** Distance of a trailing stop in price points. */
  trailBy: z.number().positive().nullable(),
  /** Exits of a bracket: they wait until the entry is filled. */
  target: levelSchema,
  stop: levelSchema,
  /** `day`: it ends with its trading day; a date: with that day's; null: when it is taken back. */
  valid: z.union([z.enum(['day', 'ioc', 'fok']), z.iso.date()]).nullable(),
  /** Several targets, each for some of the units, in the order in which they are to be met; together they are `quantity`. */
  parts: z
    .array(z.strictObject({ quantity: z.number().positive().max(1e15), target: levelSchema }))
    .min(2)
    .max(9)
    .optional(),
  /** When the first part has reached its target, the stops of the others go to the entry price. */
  breakEven: z.boolean().optional(),
})
