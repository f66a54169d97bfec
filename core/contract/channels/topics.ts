import { z } from 'zod'
import { marketBarSchema } from '../blotter-schemas.ts'
import { topic } from '../define.ts'
import { optimisationIdSchema } from '../optimise-schemas.ts'
import * as schema from '../schemas.ts'

/** Every stream of facts. */
export const topicChannels = {
  'job.changed': topic({
    about: 'A job started, moved on or ended. At most 20 a second per job.',
    payload: schema.jobSchema,
  }),
  'run.changed': topic({
    about: 'A run was stored, finished, annotated or deleted.',
    payload: z.strictObject({
      run: schema.runIdSchema,
      state: z.enum(['running', 'done', 'failed', 'cancelled', 'deleted']),
    }),
  }),
  'optimisation.changed': topic({
    about: 'An optimisation was stored, has more trials, ended or was deleted. At most four a second.',
    payload: z.strictObject({
      optimisation: optimisationIdSchema,
      state: z.enum(['running', 'done', 'failed', 'cancelled', 'deleted']),
      done: z.number().int(),
      planned: z.number().int(),
    }),
  }),
  'data.changed': topic({
    about: 'Instruments or bars changed.',
    payload: z.strictObject({ instrument: schema.instrumentIdSchema.nullable() }),
  }),
  'blotter.changed': topic({
    about: 'The blotter started, stopped, or goes on; at most two a second. Ask blotter.status and blotter.watch.',
    payload: z.strictObject({ running: z.boolean(), at: schema.epochMsSchema }),
  }),
  'market.bar': topic({
    about: 'A bar closed in the blotter.',
    payload: marketBarSchema,
  }),
  'strategy.changed': topic({
    about: 'A file of the strategies folder was written, renamed or deleted, by us or by another editor.',
    payload: z.strictObject({ name: z.string() }),
  }),
  'settings.changed': topic({
    about: 'A setting was stored.',
    payload: z.strictObject({ key: z.string() }),
  }),
  'service.loaded': topic({
    about: 'What the service takes of the machine, every two seconds.',
    payload: z.strictObject({
      /** Share of one core, ratio; above 1 with several threads at work. */
      cpu: z.number(),
      memoryBytes: z.number(),
    }),
  }),
  'service.changed': topic({
    about: 'State of store and engine workers.',
    payload: z.strictObject({
      store: z.enum(['ready', 'recovering', 'failed']),
      busyWorkers: z.number().int(),
      engineWorkers: z.number().int(),
      error: schema.wireErrorSchema.nullable(),
    }),
  }),
} as const
