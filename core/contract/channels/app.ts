import { z } from 'zod'
import { request } from '../define.ts'
import * as schema from '../schemas.ts'

const nothing = z.strictObject({})

/** The service itself: what it is, its settings, its jobs, its metrics. */
export const appChannels = {
  'app.info': request({
    about: 'What this service is: versions, data folder, state of engine and store.',
    takes: nothing,
    gives: z.strictObject({
      version: z.string(),
      engineBuild: z.string(),
      runtime: z.string(),
      home: z.string(),
      store: z.enum(['ready', 'recovering', 'failed']),
      storeBytes: z.number(),
      engineWorkers: z.number().int(),
      sampleReady: z.boolean(),
      /** What opening the store had to repair; shown once. */
      notices: z.array(schema.wireErrorSchema),
    }),
  }),
  'vault.state': request({
    about:
      'Whether secrets can be read: `keyring` (the system opens it), `open`, `locked`, or `new` without a passphrase.',
    takes: nothing,
    gives: z.strictObject({ state: z.enum(['keyring', 'open', 'locked', 'new']) }),
  }),
  'vault.unlock': request({
    about: 'Gives the passphrase of the vault for the life of this service; a new vault gets it.',
    takes: z.strictObject({ passphrase: z.string().min(1).max(1_000) }),
    gives: nothing,
    fails: ['vault.wrong'],
    changes: true,
  }),
  'app.restart': request({
    about: 'Closes in order and starts again: another store or a backup is then in use. Only the desktop can.',
    takes: nothing,
    gives: nothing,
    fails: ['app.restart-by-hand'],
    changes: true,
  }),
  'settings.get': request({
    about: 'The value stored under a key, null when there is none.',
    takes: z.strictObject({ key: z.string().min(1).max(80) }),
    gives: z.strictObject({ value: z.json().nullable() }),
  }),
  'settings.set': request({
    about: 'Stores a JSON value under a key (layout, theme, language, recipes).',
    takes: z.strictObject({ key: z.string().min(1).max(80), value: z.json() }),
    gives: nothing,
    fails: ['setting.invalid', 'store.full'],
    changes: true,
  }),
  'job.list': request({
    about: 'Jobs of this session, newest first.',
    takes: nothing,
    gives: z.strictObject({ jobs: z.array(schema.jobSchema) }),
  }),
  'job.cancel': request({
    about: 'Stops a job; work not yet committed is dropped.',
    takes: z.strictObject({ job: schema.jobIdSchema }),
    gives: nothing,
    fails: ['request.unknown'],
    changes: true,
  }),
  'job.pause': request({
    about:
      'Lets a job rest after the part that it is at, or go on. Backfills can; `paused` of a job says whether it can.',
    takes: z.strictObject({ job: schema.jobIdSchema, paused: z.boolean() }),
    gives: nothing,
    fails: ['request.unknown', 'job.not-pausable'],
    changes: true,
  }),
  'metric.list': request({
    about: 'Every metric of the report with its formula, unit and source.',
    takes: nothing,
    gives: z.strictObject({ metrics: z.array(schema.metricSchema) }),
  }),
} as const
