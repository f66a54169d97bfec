import { z } from 'zod'

/** What every commission scheme may add. */
const financing = {
  /** Value held per unit of cash: 2 = half is paid. Absent: 1. */
  leverage: z.number().positive().max(1000).optional(),
  /** Yearly interest (ratio) on short positions; absent: none. */
  interest: z.number().min(0).max(10).optional(),
  /** Long positions pay it as well. */
  interestLong: z.boolean().optional(),
}

export const commissionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none'), ...financing }),
  /** `rate` is a ratio of traded value: 0.001 = 0.1 %. */
  z.strictObject({ kind: z.literal('percent'), rate: z.number().min(0).max(1), ...financing }),
  /** Cash per unit traded. */
  z.strictObject({ kind: z.literal('fixed'), perUnit: z.number().min(0), ...financing }),
  /** Cash per contract, margin per contract, cash value of one point. */
  z.strictObject({
    kind: z.literal('futures'),
    perContract: z.number().min(0),
    margin: z.number().positive(),
    multiplier: z.number().positive(),
    /** Ratio of traded value charged instead of `perContract`. */
    rate: z.number().min(0).max(1).optional(),
    /** Margin as this ratio of the price of one contract, instead of `margin`; −1: the multiplier times the price. */
    autoMargin: z.number().optional(),
    ...financing,
  }),
])

/** When slippage applies and what happens beyond the bar's range. */
const slippageRules = {
  /** Market orders and gaps at the open slip too; absent: true. */
  atOpen: z.boolean().optional(),
  /** Beyond the bar: fill at its edge (true, absent) or not at all on this bar. */
  match: z.boolean().optional(),
  /** The same for orders with a limit; absent: true. */
  matchLimit: z.boolean().optional(),
  /** Beyond the bar: fill there all the same; absent: false. */
  outside: z.boolean().optional(),
}

export const slippageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** Ratio of price, adverse. */
  z.strictObject({ kind: z.literal('percent'), ratio: z.number().min(0).max(1), ...slippageRules }),
  /** Price points, adverse. */
  z.strictObject({ kind: z.literal('fixed'), points: z.number().min(0), ...slippageRules }),
])

/** How much of an order one bar can fill; `none`: all of it. */
export const fillerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** At most `size` units and the bar's volume; null: the volume only. */
  z.strictObject({ kind: z.literal('fixed-size'), size: z.number().positive().nullable() }),
  /** At most a percentage of the bar's volume, whole units. */
  z.strictObject({ kind: z.literal('bar-percent'), percent: z.number().positive().max(100) }),
  /** The volume spread evenly over the bar's price steps, a percentage of one step; null: the bar is one step. */
  z.strictObject({
    kind: z.literal('bar-point-percent'),
    minimumMove: z.number().positive().nullable(),
    percent: z.number().positive().max(100),
  }),
])

export const fillPolicySchema = z.enum([
  'pessimistic',
  'optimistic',
  'backtrader',
  'ohlc-path',
  'magnified',
  'tick',
  'quote',
])

/** The rarer settings of the simulated broker; what is absent is as the profile has it. */
export const brokerSchema = z.strictObject({
  filler: fillerSchema.optional(),
  /** Market orders fill at the close of the bar that made them. */
  cheatOnClose: z.boolean().optional(),
  /** Market orders made in `onOpen` fill at that bar's open. */
  cheatOnOpen: z.boolean().optional(),
  /** Orders are tried against the cash before they are accepted; absent: true. */
  checkSubmit: z.boolean().optional(),
  /** Selling short adds cash; absent: true. */
  shortCash: z.boolean().optional(),
  /** Interest charged is part of the closing fee of the trade; absent: true. */
  interestInResult: z.boolean().optional(),
  /** What a trailing stop follows; absent: the closes. */
  trailSource: z.enum(['close', 'high-low']).optional(),
  /** When one of a group ends the others: with any part of it filled (absent) or with all of it. */
  ocoOn: z.enum(['execution', 'completion']).optional(),
  /** A partly filled exit of a bracket reduces its sibling. */
  resizeExits: z.boolean().optional(),
  /** A stop-limit fills on its bar whenever the bar closes beyond the limit again. */
  stopLimitReturn: z.boolean().optional(),
  /** Percentage fees count the contract's multiplier; absent: yes in profile default, no in profile backtrader. */
  feeCountsMultiplier: z.boolean().optional(),
  /** Bars that an order travels before it can match; absent: 0. */
  delayBars: z.number().int().min(0).max(1000).optional(),
  /** `whole`: quantities are rounded down to the instrument's lot. */
  lots: z.enum(['whole', 'exact']).optional(),
  /** `once`: closing orders on their way count, so that a position is closed once. */
  exits: z.enum(['once', 'each']).optional(),
  /** What a run over a continuous future trades: its contracts, rolled at their costs (absent), or the adjusted series. */
  futures: z.enum(['contract', 'series']).optional(),
  /** All positions are closed when the account is worth less than this ratio of the margin they need. */
  marginCall: z.strictObject({ maintenance: z.number().positive().max(1) }).optional(),
  /**
   * Records the value of a fund share and the shares issued; `start`: the first share's price. `history`: what the fund's
   * own books say, which from its time on stands instead of the account's figures (backtrader's set_fund_history).
   */
  fund: z
    .strictObject({
      start: z.number().positive(),
      history: z
        .array(
          z.strictObject({
            time: z.number().finite(),
            share: z.number().positive(),
            value: z.number().finite(),
          }),
        )
        .max(100_000)
        .optional(),
    })
    .optional(),
  /** Money paid in (> 0) or out, with the first bar that closes at or after its time. */
  cashFlows: z
    .array(z.strictObject({ time: z.number().finite(), amount: z.number().finite() }))
    .max(10_000)
    .optional(),
  /** Fills that happened elsewhere, booked at their price: size > 0 bought, < 0 sold. */
  history: z
    .array(
      z.strictObject({
        instrument: z.string().max(48),
        time: z.number().finite(),
        size: z.number().finite(),
        price: z.number().finite(),
      }),
    )
    .max(100_000)
    .optional(),
  /** Commission of single instruments, by id. */
  commissions: z.record(z.string().max(48), commissionSchema).optional(),
})

/** A file of ticks or quotes that a run matches against. */
export const marketFileSchema = z.strictObject({
  instrument: z.string().max(48),
  kind: z.enum(['tick', 'quote']),
  path: z.string().min(1).max(4096),
})

/** How much an order without a quantity trades. */
export const sizerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), units: z.number().positive() }),
  /** Percent of free cash. */
  z.strictObject({ kind: z.literal('percent'), percent: z.number().positive().max(10_000) }),
  /** All of the free cash. */
  z.strictObject({ kind: z.literal('all-in') }),
  /** So much that the order's stop loses this ratio of equity. */
  z.strictObject({ kind: z.literal('risk'), ratio: z.number().positive().max(1) }),
])

const dayMs = 86_400_000

/** When sessions begin and end, milliseconds of the exchange's day. */
export const hoursSchema = z.strictObject({
  start: z.number().int().min(0).max(dayMs),
  end: z.number().int().min(1).max(dayMs),
})
