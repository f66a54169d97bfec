import { z } from 'zod'
import { request } from '../define.ts'
import * as schema from '../schemas.ts'

/** Names are made by the service; a name that could leave the folder is none. */
const name = z.string().regex(/^\d{8}-\d{6}(-\d+)?$/)
const bytes = z.number().nonnegative()

/** Copies of the data folder, made while everything goes on. */
export const backupChannels = {
  'backup.list': request({
    about: 'Backups of the data folder, newest first, and the one that the next start puts back.',
    takes: z.strictObject({}),
    gives: z.strictObject({
      folder: z.string(),
      backups: z.array(
        z.strictObject({
          name,
          at: schema.epochMsSchema,
          bytes,
          /** Of the program that made it. */
          version: z.string(),
          files: z.array(z.strictObject({ name: z.string(), bytes })),
        }),
      ),
      pending: name.nullable(),
    }),
  }),
  'backup.create': request({
    about:
      'Copies databases and strategies while they are written: each database as it was at one moment. Passwords stay out. Progress on `job.changed`; the job is about the name.',
    takes: z.strictObject({}),
    gives: z.strictObject({ job: schema.jobIdSchema, name }),
    fails: ['store.full'],
    changes: true,
  }),
  'backup.verify': request({
    about: 'Reads every byte of a backup: hashes as when it was made, and SQLite’s own check of each database.',
    takes: z.strictObject({ name }),
    gives: z.strictObject({ name, findings: z.array(z.string()) }),
    fails: ['backup.unknown'],
  }),
  'backup.restore': request({
    about:
      'Puts a sound backup in place at the next start; what is there now is set aside, not deleted. Null: stays as it is.',
    takes: z.strictObject({ name: name.nullable() }),
    gives: z.strictObject({ pending: name.nullable() }),
    fails: ['backup.unknown', 'backup.damaged', 'store.full'],
    changes: true,
  }),
  'backup.delete': request({
    about: 'Deletes a backup.',
    takes: z.strictObject({ name }),
    gives: z.strictObject({}),
    fails: ['backup.unknown'],
    changes: true,
  }),
} as const
