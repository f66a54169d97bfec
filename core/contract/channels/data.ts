import { z } from 'zod'
import { priceSources } from '../../domain/price-source.ts'
import { request } from '../define.ts'
import * as schema from '../schemas.ts'

const nothing = z.strictObject({})
const byInstrument = z.strictObject({ instrument: schema.instrumentIdSchema })
const startedJob = z.strictObject({ job: schema.jobIdSchema })

/** Instruments, bars, indicators and imports. */
export const dataChannels = {
  'instrument.list': request({
    about: 'All instruments with the coverage of what is stored for each.',
    takes: nothing,
    gives: z.strictObject({ instruments: z.array(schema.instrumentSchema), coverage: z.array(schema.coverageSchema) }),
  }),
  'instrument.update': request({
    about: 'Changes the description of an instrument (never its bars).',
    takes: z.strictObject({ instrument: schema.instrumentSchema }),
    gives: nothing,
    fails: ['instrument.unknown', 'calendar.unknown', 'store.full'],
    changes: true,
  }),
  'instrument.delete': request({
    about:
      'Deletes an instrument with its bars, ticks, quotes and books. Runs that used them keep their hashes and results.',
    takes: byInstrument,
    gives: nothing,
    fails: ['instrument.unknown'],
    changes: true,
  }),
  'bars.read': request({
    about:
      'Bars at any interval, resampled from what is stored. `maxBars` > 0 asks for at most so many: the service then widens the interval and says which it used.',
    takes: z.strictObject({
      instrument: schema.instrumentIdSchema,
      interval: schema.intervalSchema,
      from: schema.epochMsSchema.nullable(),
      to: schema.epochMsSchema.nullable(),
      maxBars: z.number().int().min(0).max(10_000_000),
    }),
    gives: z.strictObject({
      interval: schema.intervalSchema,
      sourceInterval: schema.intervalSchema,
      bars: z.number().int(),
      /** Bars that exist at the asked interval in the asked period. */
      available: z.number().int(),
      columns: z.array(z.string()),
    }),
    fails: ['instrument.unknown', 'data.missing', 'interval.invalid', 'interval.unavailable', 'interval.no-volume'],
    bulk: true,
  }),
  'indicator.list': request({
    about: 'The catalogue of indicators.',
    takes: nothing,
    gives: z.strictObject({
      indicators: z.array(
        z.strictObject({
          id: z.string(),
          title: z.strictObject({ en: z.string(), zh: z.string() }),
          /** Its family, e.g. `momentum`. */
          group: z.string(),
          /** What it reads, in order: a column of the bars, or `line` for any series. */
          inputs: z.array(z.string()),
          /** What it reads for each `line` of them unless told. */
          sources: z.array(z.enum(priceSources)),
          params: z.array(schema.paramSpecSchema),
          outputs: z.array(
            z.strictObject({
              name: z.string(),
              draw: z.enum(['line', 'histogram', 'dots']),
            }),
          ),
          /** Horizontal guide values, e.g. 30 and 70. */
          guides: z.array(z.number()),
          pane: z.enum(['price', 'own']),
          formula: z.string(),
          source: z.string(),
          aliases: z.record(z.string(), z.array(z.string())),
        }),
      ),
    }),
  }),
  'indicator.compute': request({
    about: 'One indicator over stored bars; columns: time plus one per output, NaN during warm-up and in gaps.',
    takes: z.strictObject({
      id: z.string().max(64),
      params: schema.paramValuesSchema,
      /** What it reads where its `inputs` say `line`, in their order; its `sources` unless told. */
      sources: z.array(z.enum(priceSources)).max(8).default([]),
      instrument: schema.instrumentIdSchema,
      interval: schema.intervalSchema,
      from: schema.epochMsSchema.nullable(),
      to: schema.epochMsSchema.nullable(),
    }),
    gives: z.strictObject({
      warmup: z.number().int(),
      outputs: z.array(z.string()),
      /** For each output: bars by which a chart draws it later, negative: earlier. The columns are not shifted. */
      shifts: z.array(z.number().int()),
    }),
    fails: [
      'indicator.unknown',
      'indicator.ambiguous',
      'param.unknown',
      'param.invalid',
      'instrument.unknown',
      'data.missing',
    ],
    bulk: true,
  }),
  'import.inspect': request({
    about:
      'Reads the head of a file and infers (or applies) a recipe: a preview, nothing is stored. Columns: the first bars.',
    takes: z.strictObject({
      path: z.string().min(1).max(4096),
      /** Null: infer everything. */
      recipe: schema.importRecipeSchema.nullable(),
    }),
    gives: z.strictObject({
      recipe: schema.importRecipeSchema,
      /** Which fields were guessed with doubt; the preview marks them. */
      doubts: z.array(z.string()),
      /** First lines split by the recipe, header included. */
      rows: z.array(z.array(z.string())),
      badRows: z.array(schema.badRowSchema),
      bytes: z.number(),
      /** Estimated rows of the whole file. */
      estimatedRows: z.number(),
      suggestedInstrument: schema.instrumentSchema,
      /** Fields taken from corrections of an earlier file with the same header. */
      learned: z.array(z.string()).optional(),
      /** Contracts that the file's beginning names, most rows first; empty when it holds one instrument. */
      picks: z.array(z.string()).optional(),
    }),
    fails: [
      'import.file-missing',
      'import.file-unreadable',
      'import.empty',
      'import.no-columns',
      'import.recipe-invalid',
      'import.unsupported',
    ],
    bulk: true,
  }),
  'import.start': request({
    about: 'Imports a file with a recipe: all or nothing, repeating it changes nothing. Progress on `job.changed`.',
    takes: z.strictObject({
      path: z.string().min(1).max(4096),
      recipe: schema.importRecipeSchema,
      instrument: schema.instrumentSchema,
    }),
    gives: startedJob,
    fails: ['import.file-missing', 'import.recipe-invalid'],
    changes: true,
  }),
  'import.result': request({
    about: 'What an import did: bars added, changed, unchanged; bad rows with row, column and reason.',
    takes: z.strictObject({ job: schema.jobIdSchema }),
    gives: z.strictObject({
      job: schema.jobSchema,
      instrument: schema.instrumentIdSchema,
      interval: schema.intervalSchema,
      rows: z.number().int(),
      added: z.number().int(),
      changed: z.number().int(),
      unchanged: z.number().int(),
      /** At most the first 200. */
      badRows: z.array(schema.badRowSchema),
      badRowCount: z.number().int(),
    }),
    fails: ['request.unknown'],
  }),
  'data.export': request({
    about: 'Writes stored bars, ticks or quotes into a file of the service’s machine: `.parquet` (zstd) or `.csv`.',
    takes: z.strictObject({
      instrument: schema.instrumentIdSchema,
      what: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('bars'), interval: schema.intervalSchema }),
        z.strictObject({ kind: z.literal('tick') }),
        z.strictObject({ kind: z.literal('quote') }),
      ]),
      /** Time in [from, to); null = as far as it reaches. */
      from: schema.epochMsSchema.nullable(),
      to: schema.epochMsSchema.nullable(),
      path: z.string().min(1).max(4096),
    }),
    gives: z.strictObject({ path: z.string(), rows: z.number().int(), bytes: z.number().int() }),
    fails: [
      'instrument.unknown',
      'data.missing',
      'interval.unavailable',
      'period.empty',
      'export.failed',
      'store.full',
    ],
    changes: true,
  }),
} as const
