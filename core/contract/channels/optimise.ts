import { z } from 'zod'
import type { ErrorCode } from '../../domain/error-codes.ts'
import { request } from '../define.ts'
import * as optimise from '../optimise-schemas.ts'
import * as schema from '../schemas.ts'

const byId = z.strictObject({ optimisation: optimise.optimisationIdSchema })

/** What can be wrong with a question before anything starts. */
const refusals: readonly ErrorCode[] = [
  'strategy.unknown',
  'strategy.syntax',
  'strategy.types',
  'strategy.import',
  'strategy.shape',
  'instrument.unknown',
  'data.missing',
  'data.disorder',
  'data.no-overlap',
  'period.empty',
  'futures.rebuilding',
  'interval.unavailable',
  'param.unknown',
  'param.invalid',
  'optimise.range',
  'optimise.too-many',
  'optimise.empty',
  'constraint.invalid',
  'metric.unknown',
  'walkforward.windows',
]

/** Optimisations and walk forwards: many runs of one strategy, ranked. */
export const optimiseChannels = {
  'optimise.plan': request({
    about:
      'What an optimisation would run, without starting it: points, windows, and with `probe` (a fraction of a second) how long it would take.',
    takes: z.strictObject({
      config: optimise.optimiseConfigSchema,
      workers: z.number().int().min(1).max(256).nullable(),
      probe: z.boolean(),
    }),
    gives: z.strictObject({
      /** Points that the condition allows, in each window. */
      points: z.number().int(),
      /** Combinations before the condition; null where a parameter may be any number. */
      combinations: schema.maybeNumberSchema,
      /** Trials in all. */
      planned: z.number().int(),
      bars: z.number().int(),
      workers: z.number().int(),
      windows: z.array(optimise.walkWindowSchema).nullable(),
      secondsPerTrial: schema.maybeNumberSchema,
      seconds: schema.maybeNumberSchema,
    }),
    fails: refusals,
  }),
  'optimise.start': request({
    about:
      'Checks, stores and starts an optimisation, or a walk forward. Progress on `job.changed` and `optimisation.changed`.',
    takes: z.strictObject({
      config: optimise.optimiseConfigSchema,
      /** null: one for each core. Results do not depend on it. */
      workers: z.number().int().min(1).max(256).nullable(),
    }),
    gives: z.strictObject({ optimisation: optimise.optimisationIdSchema, job: schema.jobIdSchema }),
    fails: [...refusals, 'store.full'],
    changes: true,
  }),
  'optimise.resume': request({
    about: 'Runs the trials that a cancelled, failed or interrupted optimisation has left.',
    takes: z.strictObject({
      optimisation: optimise.optimisationIdSchema,
      workers: z.number().int().min(1).max(256).nullable(),
    }),
    gives: z.strictObject({ optimisation: optimise.optimisationIdSchema, job: schema.jobIdSchema }),
    fails: ['optimisation.unknown', 'optimisation.not-resumable', 'store.full'],
    changes: true,
  }),
  'optimise.list': request({
    about:
      'Stored optimisations, newest first. `search` matches strategy, instrument, interval, method and parameters.',
    takes: z.strictObject({
      search: z.string().max(200),
      limit: z.number().int().min(1).max(10_000),
      offset: z.number().int().min(0),
    }),
    gives: z.strictObject({ optimisations: z.array(optimise.optimisationSchema), total: z.number().int() }),
  }),
  'optimise.get': request({
    about: 'One optimisation: its question, its best trial so far and how much of that may be luck.',
    takes: byId,
    gives: z.strictObject({
      optimisation: optimise.optimisationSchema,
      axes: z.array(optimise.axisSchema),
      overfitting: optimise.overfittingSchema.nullable(),
    }),
    fails: ['optimisation.unknown'],
  }),
  'optimise.trials': request({
    about:
      'All outcomes so far as columns, ascending by point: point, window (walk forward), failed (1/0), `param:<name>`, score (higher is better), rank (1 best), plateau (score where it is missed by a step), probabilistic, deflated (probabilities), minimumDays, and `metric:<id>`.',
    takes: z.strictObject({
      optimisation: optimise.optimisationIdSchema,
      /** Metrics wanted; null: all. */
      metrics: z.array(z.string().max(64)).max(500).nullable(),
    }),
    gives: z.strictObject({
      rows: z.number().int(),
      /** For parameters that are texts: code → text. */
      texts: z.record(z.string(), z.array(z.string())),
      /** Why trials have no result; the first hundred. */
      failures: z.array(z.strictObject({ point: z.number().int(), error: schema.wireErrorSchema })),
    }),
    fails: ['optimisation.unknown'],
    bulk: true,
  }),
  'optimise.walk': request({
    about:
      'A walk forward: the windows finished so far with the parameters chosen in each, in and out of sample, and the out-of-sample curve as columns time, equity, drawdown, exposure.',
    takes: byId,
    gives: z.strictObject({
      windows: z.array(optimise.walkedWindowSchema),
      /** Metrics of the whole out-of-sample curve. */
      metrics: z.record(z.string(), schema.maybeNumberSchema),
      /** Growth a year out of sample over that in sample, averaged over windows; null where undefined. */
      efficiency: schema.maybeNumberSchema,
    }),
    fails: ['optimisation.unknown'],
    bulk: true,
  }),
  'optimise.openRun': request({
    about:
      'Runs one trial again as a stored run with everything that belongs to it; `window` instead of `point`: the out-of-sample run of that window.',
    takes: z.strictObject({
      optimisation: optimise.optimisationIdSchema,
      point: z.number().int().min(0).nullable(),
      window: z.number().int().min(0).nullable(),
    }),
    gives: z.strictObject({ run: schema.runIdSchema, job: schema.jobIdSchema }),
    fails: ['optimisation.unknown', 'trial.unknown', 'optimisation.not-resumable'],
    changes: true,
  }),
  'optimise.delete': request({
    about: 'Deletes an optimisation with its trials; the idea keeps its count of trials.',
    takes: byId,
    gives: z.strictObject({}),
    fails: ['optimisation.unknown', 'optimisation.running'],
    changes: true,
  }),
} as const
