import { z } from 'zod'
import { request } from '../define.ts'
import { decisionSchema, explanationSchema } from '../explain-schemas.ts'
import * as schema from '../schemas.ts'

const rerunFails = ['run.unknown', 'run.not-verifiable', 'strategy.exception', 'strategy.endless'] as const

/** One side of a differing event; empty when that run has no such event. */
const eventSide = z.strictObject({ text: z.string(), order: z.number().int().nullable() })

/** Why runs and orders are what they are. */
export const explainChannels = {
  'run.explain': request({
    about:
      'Why an order, or the order of a fill, is what it is: what could be seen when it was decided, the broker’s checks, each change, why each fill has its price. Made by running the capsule again; `identical`: the result was that of the stored run.',
    takes: z.strictObject({
      run: schema.runIdSchema,
      /** Order id, or instead the fill’s number (1, 2, 3 …). */
      order: z.number().int().min(1).nullable(),
      fill: z.number().int().min(1).nullable(),
    }),
    gives: z.strictObject({ run: schema.runIdSchema, identical: z.boolean(), explanation: explanationSchema }),
    fails: [...rerunFails, 'order.unknown'],
  }),
  'run.cause': request({
    about:
      'The first event in which two runs differ, and why: configuration, code, data, build, then what differed when it was decided. The view of both runs is made by running their capsules again; `unseen` says why that was not possible.',
    takes: z.strictObject({ a: schema.runIdSchema, b: schema.runIdSchema }),
    gives: z.strictObject({
      /** Null: no order and no fill differs. */
      first: z
        .strictObject({
          kind: z.enum(['order', 'fill']),
          /** When it happened, or would have. */
          time: schema.epochMsSchema,
          /** When the order behind it was decided. */
          decided: schema.epochMsSchema,
          instrument: z.string(),
          a: eventSide,
          b: eventSide,
        })
        .nullable(),
      /** The first one named is the cause; the others follow from it or stand beside it. */
      causes: z.array(
        z.strictObject({
          kind: z.enum(['config', 'code', 'data', 'build', 'bar', 'line', 'recorded', 'account', 'fill']),
          path: z.string(),
          a: z.string(),
          b: z.string(),
        }),
      ),
      views: z.strictObject({ a: z.array(decisionSchema), b: z.array(decisionSchema) }),
      unseen: schema.wireErrorSchema.nullable(),
    }),
    fails: ['run.unknown'],
  }),
  'run.stress': request({
    about:
      'Runs a stored run again under stress: costs doubled, orders a bar late, bars missing, best trades taken away. Progress on `job.changed`; answer in `run.stressed`.',
    takes: z.strictObject({ run: schema.runIdSchema }),
    gives: z.strictObject({ job: schema.jobIdSchema }),
    fails: rerunFails,
  }),
  'run.stressed': request({
    about: 'What a stress sheet found: the figures of the run and of each variant.',
    takes: z.strictObject({ job: schema.jobIdSchema }),
    gives: z.strictObject({
      run: schema.runIdSchema,
      state: z.enum(['running', 'done', 'failed']),
      variants: z.array(
        z.strictObject({
          id: z.enum(['base', 'costs-doubled', 'one-bar-late', 'missing-bars', 'top-trades-removed']),
          /** What was changed, in the words of the configuration; empty for the base. */
          change: z.array(z.strictObject({ path: z.string(), from: z.string(), to: z.string() })),
          trades: z.number().int(),
          metrics: z.record(z.string(), schema.maybeNumberSchema),
          error: schema.wireErrorSchema.nullable(),
        }),
      ),
      error: schema.wireErrorSchema.nullable(),
    }),
    fails: ['request.unknown'],
  }),
} as const
