import { z } from 'zod'
import { contractSpanSchema } from '../contract-span-schema.ts'
import { request, topic } from '../define.ts'
import { liveIdSchema } from '../live-schemas.ts'
import * as schema from '../schemas.ts'

/** A continuous series of stored contracts. */
export const continuousDefinitionSchema = z.strictObject({
  /** Instrument under which the series is stored. */
  id: schema.instrumentIdSchema,
  /** Product whose rules say when contracts end (`futures products`); empty: nobody says. */
  product: z.string().max(16),
  /** Instruments of the contracts; they are put in order of delivery where their codes say it. */
  contracts: z.array(schema.instrumentIdSchema).min(1).max(400),
  interval: schema.intervalSchema,
  /** When a contract is left, e.g. `volume:2,first-notice:3`. */
  roll: z.string().min(1).max(200),
  /** `weighted`: unadjusted, the contracts of a roll go over into each other within `over` bars. */
  adjust: z.enum(['none', 'difference', 'ratio', 'forward-difference', 'forward-ratio', 'weighted']),
  /** Bars that a weighted roll takes; absent: 5. */
  over: z.number().int().min(2).max(60).optional(),
  /** By hand: from that time on (EpochMs) the contract after it is held. Where it says nothing, the rule does. */
  calendar: z.record(z.string().max(64), schema.epochMsSchema),
  /** `rule`: positions of live sessions go over as soon as the rule says so; absent: it is told, and somebody decides. */
  positions: z.enum(['ask', 'rule']).optional(),
})

const dueRollSchema = z.strictObject({
  series: schema.instrumentIdSchema,
  /** Instruments of the contract to leave and of the one to hold. */
  from: schema.instrumentIdSchema,
  to: schema.instrumentIdSchema,
  /** Close of the bar after which the rule said so. */
  time: schema.epochMsSchema,
  /** Price of the later contract less that of the earlier one then; null: not known. */
  gap: schema.maybeNumberSchema,
})
export const dueRollsSchema = z.array(dueRollSchema)

/** What contracts the stored series are made of, by series. */
export const contractSpansSchema = z.record(
  z.string(),
  z.strictObject({ interval: schema.intervalSchema, hash: z.string(), spans: z.array(contractSpanSchema) }),
)

const rollSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  /** Close of the last bar that both had, and the first day of the new one; null: not reached yet. */
  time: schema.epochMsSchema,
  first: schema.epochMsSchema.nullable(),
  /** New price less old; null where they never had a price together. */
  gap: schema.maybeNumberSchema,
})

const takes = z.strictObject({ definition: continuousDefinitionSchema })
const gives = z.strictObject({
  bars: z.number().int(),
  rolls: z.array(rollSchema),
  contracts: z.array(
    z.strictObject({
      code: z.string(),
      instrument: schema.instrumentIdSchema,
      bars: z.number().int(),
      /** Rows of the series that it gives. */
      held: z.number().int(),
      expiry: schema.epochMsSchema.nullable(),
      firstNotice: schema.epochMsSchema.nullable(),
    }),
  ),
})
const fails = [
  ...(['instrument.unknown', 'futures.no-contracts', 'futures.order', 'futures.no-overlap', 'futures.ratio'] as const),
  ...(['futures.code', 'futures.rule', 'interval.unavailable', 'data.missing', 'store.full'] as const),
]

/** Continuous futures of stored contracts. */
export const futuresChannels = {
  'futures.preview': request({
    about:
      'The series that a definition gives, without storing it: columns time, close (adjusted), raw (of the contract held) and contract (its position).',
    takes,
    gives,
    fails,
    bulk: true,
  }),
  'futures.build': request({
    about:
      'Keeps the definition and stores its series under `id`, and the prices as they were traded under `<id>.raw`. From then on it follows its contracts: new bars are taken in by themselves.',
    takes,
    gives,
    fails,
    changes: true,
  }),
  'futures.rolls': request({
    about:
      'The last roll of each series that is followed, with the live sessions that still hold the earlier contract.',
    takes: z.strictObject({}),
    gives: z.strictObject({
      rolls: z.array(
        dueRollSchema.extend({
          held: z.array(
            z.strictObject({
              session: liveIdSchema,
              name: z.string(),
              quantity: z.number(),
              /** The session trades the later contract too, so that its position can go over. */
              possible: z.boolean(),
            }),
          ),
        }),
      ),
    }),
  }),
  'futures.roll': request({
    about: 'Carries what a live session holds of the earlier contract into the later one: two market orders by hand.',
    takes: z.strictObject({ series: schema.instrumentIdSchema, session: liveIdSchema }),
    gives: z.strictObject({ orders: z.array(z.number().int()) }),
    fails: [
      'futures.no-roll',
      'futures.not-traded',
      'live.unknown',
      'live.ended',
      'live.no-service',
      'order.invalid',
      'live.too-early',
    ],
    changes: true,
  }),
  'futures.rollDue': topic({
    about: 'The rule of a followed series says to hold another contract from now on.',
    payload: dueRollSchema,
  }),
  'futures.list': request({
    about: 'The definitions that are kept.',
    takes: z.strictObject({}),
    gives: z.strictObject({ series: z.array(continuousDefinitionSchema) }),
  }),
  'futures.forget': request({
    about: 'Forgets a definition; the stored bars stay until their instrument is deleted.',
    takes: z.strictObject({ id: schema.instrumentIdSchema }),
    gives: z.strictObject({}),
    fails: ['instrument.unknown'],
    changes: true,
  }),
} as const
