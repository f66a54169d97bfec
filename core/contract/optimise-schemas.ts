import { z } from 'zod'
import * as schema from './schemas.ts'

export const optimisationIdSchema = z.string().regex(/^[A-Za-z0-9-]{1,64}$/)

/** What a search tries of one parameter: every step of a range (both ends), or the values listed. */
export const paramRangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('range'),
    from: z.number(),
    to: z.number(),
    /** null: 1 for whole numbers, any number between for others (not on a grid). */
    step: z.number().nullable(),
  }),
  z.strictObject({ kind: z.literal('values'), values: z.array(schema.paramValueSchema).max(100_000) }),
])

/** One figure to be made large or small. */
export const objectiveSchema = z.strictObject({
  /** Metric id. */
  metric: z.string().min(1).max(64),
  goal: z.enum(['max', 'min']),
  /** Its part in a weighted score. */
  weight: z.number().positive().max(1e6),
})

/** How a history is cut for walking forward; lengths in bars of the first instrument. */
export const walkForwardSchema = z.strictObject({
  kind: z.enum(['rolling', 'anchored']),
  inSample: z.number().int().min(2).max(1e9),
  outOfSample: z.number().int().min(1).max(1e9),
})

export const optimiseConfigSchema = z.strictObject({
  /** What all trials share; `params` are those that are not searched. */
  run: schema.backtestConfigSchema,
  /** Parameter → what to try; the last one varies fastest. */
  space: z.record(z.string().max(64), paramRangeSchema),
  /** A condition over parameters, e.g. `fast < slow and slow / fast >= 2`; '' allows all. */
  where: z.string().max(1_000),
  objectives: z.array(objectiveSchema).min(1).max(8),
  /** Several objectives: a weighted score, or who is beaten by nobody. */
  combination: z.enum(['weighted', 'pareto']),
  method: z.enum(['grid', 'random', 'lhs']),
  /** Points drawn by `random` and `lhs`. */
  trials: z.number().int().min(1).max(1e15),
  seed: z.number().int().min(0).max(0xffffffff),
  walkForward: walkForwardSchema.nullable(),
})

const figures = z.record(z.string(), schema.maybeNumberSchema)

export const optimisationSchema = z.strictObject({
  id: optimisationIdSchema,
  /** `interrupted`: its process ended while it ran; it can be resumed like a failed or cancelled one. */
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']),
  createdAt: schema.epochMsSchema,
  durationMs: z.number(),
  strategyName: z.string(),
  /** Strategy and data; trials of all optimisations of one idea are counted together. */
  idea: z.string(),
  config: optimiseConfigSchema,
  planned: z.number().int(),
  done: z.number().int(),
  failed: z.number().int(),
  best: z.strictObject({ point: z.number().int(), params: schema.paramValuesSchema, metrics: figures }).nullable(),
  error: schema.wireErrorSchema.nullable(),
  /** SHA-256 over all outcomes in the order of the points; null until it is done. */
  resultHash: z.string().nullable(),
})

/** One searched parameter with all its values; null: any number in [from, to]. */
export const axisSchema = z.strictObject({
  name: z.string(),
  values: z.array(schema.paramValueSchema).nullable(),
  from: z.number(),
  to: z.number(),
})

/** How much of the best Sharpe ratio may be luck; yearly unless said otherwise, null where undefined. */
export const overfittingSchema = z.strictObject({
  /** Every trial ever made of the idea. */
  ideaTrials: z.number().int(),
  /** The trial that the figures are about. */
  point: z.number().int(),
  sharpe: schema.maybeNumberSchema,
  /** What the best of so many trials would show without any skill. */
  expectedMaximum: schema.maybeNumberSchema,
  /** Probability that the true Sharpe ratio is above 0. */
  probabilistic: schema.maybeNumberSchema,
  /** Probability that it is above `expectedMaximum`: the deflated Sharpe ratio. */
  deflated: schema.maybeNumberSchema,
  /** Days of returns that it was measured on. */
  days: schema.maybeNumberSchema,
  /** Days needed to call it above 0 with 95 % confidence. */
  minimumDays: schema.maybeNumberSchema,
  /** Days needed to call it above `expectedMaximum` with 95 % confidence. */
  minimumDaysDeflated: schema.maybeNumberSchema,
})

/** One window of a walk forward; times are opens of bars. */
export const walkWindowSchema = z.strictObject({
  from: schema.epochMsSchema,
  cut: schema.epochMsSchema,
  /** Exclusive. */
  to: schema.epochMsSchema,
  inSampleBars: z.number().int(),
  outOfSampleBars: z.number().int(),
})

/** What became of a window: the point chosen in sample and its figures on both sides. */
export const walkedWindowSchema = walkWindowSchema.extend({
  /** null: no trial of the window had a score, so nothing was traded out of sample. */
  point: z.number().int().nullable(),
  params: schema.paramValuesSchema.nullable(),
  inSample: figures,
  outOfSample: figures,
})
