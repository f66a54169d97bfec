import { z } from 'zod'
import { request } from '../define.ts'
import { reportOptions, tearSheetSchema } from '../report-schemas.ts'
import { runIdSchema } from '../schemas.ts'

/** Reports of stored runs. */
export const reportChannels = {
  'run.report': request({
    about: 'The tear sheet of a finished run: every metric, breakdowns, drawdowns, rolling figures, findings.',
    takes: z.strictObject({ run: runIdSchema, ...reportOptions }),
    gives: tearSheetSchema,
    fails: ['run.unknown', 'report.no-result', 'instrument.unknown', 'data.missing', 'interval.unavailable'],
  }),
  'run.export': request({
    about:
      'The tear sheet as a file: one self-contained HTML page with the capsule inside, the same as PDF, a ZIP of CSV tables, or JSON. With `path` it is written there (CSV: an archive when it ends in .zip, the trades alone when it ends in .csv, else a folder), else it is in the answer.',
    takes: z.strictObject({
      run: runIdSchema,
      ...reportOptions,
      format: z.enum(['html', 'pdf', 'csv', 'json']),
      language: z.enum(['en', 'zh']),
      path: z.string().min(1).max(4096).nullable(),
    }),
    gives: z.strictObject({
      /** A file name to suggest. */
      name: z.string(),
      mediaType: z.string(),
      encoding: z.enum(['utf-8', 'base64']),
      /** Empty when it was written to `path`. */
      content: z.string(),
      path: z.string().nullable(),
      bytes: z.number().int(),
    }),
    fails: [
      ...(['run.unknown', 'report.no-result', 'report.no-printer', 'report.not-written'] as const),
      ...(['instrument.unknown', 'data.missing', 'interval.unavailable'] as const),
    ],
    changes: true,
  }),
} as const
