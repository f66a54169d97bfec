import { z } from 'zod'
import { request } from '../define.ts'
import * as schema from '../schemas.ts'

/** Null: not given; the analyzer decides. */
const paramValueSchema = schema.paramValueSchema.nullable()
const paramValuesSchema = z.record(z.string().max(64), paramValueSchema)
const bilingualSchema = z.strictObject({ en: z.string(), zh: z.string() })

const described = {
  id: z.string(),
  title: bilingualSchema,
  about: bilingualSchema,
  formula: z.string(),
  source: z.string(),
  aliases: z.record(z.string(), z.array(z.string())),
  params: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(['integer', 'number', 'flag', 'choice']),
      default: paramValueSchema,
      min: schema.maybeNumberSchema,
      choices: z.array(z.string()),
      about: bilingualSchema,
    }),
  ),
}

const fails = [
  'run.unknown',
  'analyzer.unknown',
  'analyzer.bars',
  'analyzer.ticks',
  'param.unknown',
  'param.invalid',
] as const

/** Analyzers and observers of stored runs. */
export const analysisChannels = {
  'analyzer.list': request({
    about: 'The analyzers (figures of a run) and observers (series of a run) with their parameters.',
    takes: z.strictObject({}),
    gives: z.strictObject({
      /** `perBar`: with its defaults it has an entry for each bar. */
      analyzers: z.array(z.strictObject({ ...described, perBar: z.boolean() })),
      /** `pane`: where a chart draws it. */
      observers: z.array(z.strictObject({ ...described, pane: z.enum(['price', 'own']) })),
    }),
  }),
  'run.analyzers': request({
    about:
      'What analyzers say about a run, by id or by backtrader’s name; none named: all but those with an entry for each bar, with their defaults. Undefined numbers are null.',
    takes: z.strictObject({
      run: schema.runIdSchema,
      analyzers: z.array(z.strictObject({ analyzer: z.string().max(64), params: paramValuesSchema })).max(100),
    }),
    gives: z.strictObject({
      analyses: z.array(
        z.strictObject({
          analyzer: z.string(),
          /** Every parameter, defaults included. */
          params: paramValuesSchema,
          /** The analyzer’s own structure; keys that are dates are ISO texts on the exchange’s clock. */
          analysis: z.unknown(),
        }),
      ),
    }),
    fails: [...fails],
  }),
  'run.observer': request({
    about:
      'An observer’s lines over a run, by id or by backtrader’s name; columns: time (open of the bar) plus one per line, NaN where there is nothing.',
    takes: z.strictObject({ run: schema.runIdSchema, observer: z.string().max(64), params: paramValuesSchema }),
    gives: z.strictObject({ rows: z.number().int(), observer: z.string(), lines: z.array(z.string()) }),
    fails: [...fails],
    bulk: true,
  }),
} as const
