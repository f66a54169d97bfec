import { z } from 'zod'
import { seriesKinds } from '../../domain/market-columns.ts'
import { request } from '../define.ts'
import * as schema from '../schemas.ts'

const file = z.string().min(1).max(500)
const count = z.number().nonnegative()
const kind = z.enum(seriesKinds)
const here = ['archive.not-here', 'archive.service-runs'] as const

/** Old ticks, quotes and order books in files of their own. */
export const archiveChannels = {
  'archive.list': request({
    about: 'What is archived: a file for each month of a series, and what all of it takes beside the store.',
    takes: z.strictObject({}),
    gives: z.strictObject({
      folder: z.string(),
      files: z.array(
        z.strictObject({
          file,
          kind,
          instrument: schema.instrumentIdSchema,
          from: schema.epochMsSchema,
          to: schema.epochMsSchema,
          rows: count,
          bytes: count,
        }),
      ),
      rows: count,
      bytes: count,
      storeBytes: count,
      /** The service archives once a day what is older than so many days; null: when it is told to. */
      dailyOlderThan: z.number().int().nullable(),
    }),
    fails: ['archive.not-here'],
  }),
  'archive.run': request({
    about:
      'Moves whole months that are older out of the store into Parquet files. They are read as before, and a write that changes them brings them back. Progress on `job.changed`.',
    takes: z.strictObject({
      olderThanDays: z.number().int().min(1).max(36_500),
      kinds: z.array(kind).min(1).max(3).default(['tick', 'quote', 'book']),
    }),
    gives: z.strictObject({ job: schema.jobIdSchema }),
    fails: [...here, 'store.full'],
    changes: true,
  }),
  'archive.daily': request({
    about:
      'Lets the service archive once a day what is older than so many days, ticks, quotes and books alike; null: no more. A day that was missed is made up when the service is next up.',
    takes: z.strictObject({ olderThanDays: z.number().int().min(1).max(36_500).nullable() }),
    gives: z.strictObject({}),
    fails: ['archive.not-here'],
    changes: true,
  }),
  'archive.verify': request({
    about: 'Reads every archived byte and compares it with what was written.',
    takes: z.strictObject({}),
    gives: z.strictObject({
      files: count,
      bytes: count,
      findings: z.array(z.strictObject({ file, reason: z.string() })),
    }),
    fails: ['archive.not-here'],
  }),
  'archive.restore': request({
    about: 'Writes the rows of files back into the store; all files when none is named.',
    takes: z.strictObject({ files: z.array(file).max(10_000) }),
    gives: z.strictObject({ job: schema.jobIdSchema }),
    fails: [...here, 'store.full'],
    changes: true,
  }),
} as const
