import { z } from 'zod'
import { request } from '../define.ts'
import * as schema from '../schemas.ts'

const url = z.string().min(1).max(2_000)
/** Goes into the vault or nowhere; null: the one that the vault holds. */
const password = z.string().max(1_000).nullable()
const count = z.number().int().nonnegative()

/** Where everything is stored. */
export const storeChannels = {
  'store.get': request({
    about: 'The store in use, the chosen one (used from the next start on), and whether a password is kept for it.',
    takes: z.strictObject({}),
    gives: z.strictObject({
      /** Without password. */
      inUse: z.string(),
      chosen: z.string(),
      hasPassword: z.boolean(),
      state: z.enum(['ready', 'recovering', 'failed']),
      bytes: z.number(),
    }),
  }),
  'store.test': request({
    about:
      'Tries a server: version, encoding, contents, rights by making and removing a table; says what stands in the way.',
    takes: z.strictObject({ url, password }),
    gives: z.strictObject({
      url: z.string(),
      version: z.string().nullable(),
      latencyMs: z.number().nullable(),
      encoding: z.string().nullable(),
      contents: z.enum(['none', 'older', 'current', 'newer']).nullable(),
      timescale: z.boolean(),
      error: schema.wireErrorSchema.nullable(),
    }),
    fails: ['store.url-invalid', 'vault.locked', 'vault.wrong'],
  }),
  'store.choose': request({
    about: 'Uses another store from the next start on, after a successful test; its password goes into the vault.',
    takes: z.strictObject({ url, password }),
    gives: z.strictObject({ chosen: z.string() }),
    fails: ['store.url-invalid', 'store.unreachable', 'store.login', 'vault.locked', 'vault.wrong'],
    changes: true,
  }),
  'store.copy': request({
    about:
      'Copies everything but settings from the store in use into another and proves it by hashes. Progress on `job.changed`; started again, it goes on where it stopped.',
    takes: z.strictObject({ url, password }),
    gives: z.strictObject({ job: schema.jobIdSchema }),
    fails: ['store.url-invalid', 'store.unreachable', 'store.login', 'vault.locked', 'vault.wrong'],
    changes: true,
  }),
  'store.copied': request({
    about: 'What a copy did; `different` names what is not equal afterwards.',
    takes: z.strictObject({ job: schema.jobIdSchema }),
    gives: z.strictObject({
      job: schema.jobSchema,
      series: count,
      bars: count,
      market: count,
      rows: count,
      instruments: count,
      runs: count,
      optimisations: count,
      kept: count,
      different: z.array(z.string()),
    }),
    fails: ['request.unknown'],
  }),
} as const
