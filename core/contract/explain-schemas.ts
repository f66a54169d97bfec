import { z } from 'zod'

const time = z.number().finite()
const maybe = z.number().finite().nullable()

const barSchema = z.strictObject({
  time,
  closeTime: time,
  open: z.number(),
  high: z.number(),
  low: z.number(),
  close: z.number(),
  volume: maybe,
})

/** What an instrument, its lines and the account were like when a strategy decided. */
export const decisionSchema = z.strictObject({
  /** When the bar closed on which it decided. */
  time,
  instrument: z.string(),
  bar: barSchema,
  /** Lines hung on the instrument with `use`: now and one bar before. */
  lines: z.array(z.strictObject({ name: z.string(), now: maybe, before: maybe })),
  /** Series written with `record` on that bar. */
  recorded: z.array(z.strictObject({ name: z.string(), value: z.number() })),
  position: z.number(),
  averagePrice: maybe,
  cash: z.number(),
  equity: z.number(),
})

/** Why an order is what it is. */
export const explanationSchema = z.strictObject({
  order: z
    .strictObject({
      id: z.number().int(),
      instrument: z.string(),
      side: z.enum(['buy', 'sell']),
      type: z.string(),
      quantity: z.number(),
      filled: z.number(),
      averagePrice: maybe,
      stop: maybe,
      limit: maybe,
      status: z.string(),
      reason: z.string(),
      tag: z.string(),
      /** Id of its bracket's entry. */
      parent: z.number().int().nullable(),
      createdTime: time,
    })
    .nullable(),
  /** The order's instrument first. */
  decisions: z.array(decisionSchema),
  /** `cash`: enough at submission; `margin`: enough at the fill; `validity`: its time; `lot`: its quantity. */
  checks: z.array(
    z.strictObject({
      kind: z.enum(['cash', 'margin', 'validity', 'lot']),
      passed: z.boolean(),
      time,
      needed: maybe,
      available: maybe,
    }),
  ),
  events: z.array(
    z.strictObject({ time, status: z.string(), filled: z.number(), stop: maybe, limit: maybe, reason: z.string() }),
  ),
  /** Bars on which it worked without filling, and the price that came closest to its own. */
  waiting: z.strictObject({ bars: z.number().int(), nearest: maybe, nearestTime: maybe }).nullable(),
  fills: z.array(
    z.strictObject({
      time,
      bar: barSchema,
      /** The finer bar, tick or quote that decided; null when the bar was matched as a whole. */
      event: barSchema.nullable(),
      /** `gap`: the bar opened beyond the order's price. */
      rule: z.enum(['open', 'gap', 'limit', 'stop', 'close', 'cheat', 'history']),
      policy: z.string(),
      /** Price before slippage, and adverse points added to it. */
      reference: z.number(),
      slippage: z.number(),
      price: z.number(),
      quantity: z.number(),
      closed: z.number(),
      opened: z.number(),
      fee: z.number(),
      gain: z.number(),
      cash: z.number(),
      position: z.number(),
    }),
  ),
})
