import { z } from 'zod'
import { request, topic } from './define.ts'
import * as schema from './schemas.ts'

const nothing = z.strictObject({})
const byInstrument = z.strictObject({ instrument: schema.instrumentIdSchema })
const byRun = z.strictObject({ run: schema.runIdSchema })
const startedJob = z.strictObject({ job: schema.jobIdSchema })

/**
 * Every request, command and topic between the service and whatever shows it: the one contract.
 * From it come the preload's named methods, the IPC handlers, the REST routes, the WebSocket topics and `tickwright call`.
 */
export const channels = {
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
    }),
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
  'instrument.list': request({
    about: 'All instruments with the coverage of what is stored for each.',
    takes: nothing,
    gives: z.strictObject({ instruments: z.array(schema.instrumentSchema), coverage: z.array(schema.coverageSchema) }),
  }),
  'instrument.update': request({
    about: 'Changes the description of an instrument (never its bars).',
    takes: z.strictObject({ instrument: schema.instrumentSchema }),
    gives: nothing,
    fails: ['instrument.unknown', 'store.full'],
    changes: true,
  }),
  'instrument.delete': request({
    about: 'Deletes an instrument and its bars. Runs that used them keep their hashes and results.',
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
    fails: ['instrument.unknown', 'data.missing', 'interval.invalid', 'interval.unavailable'],
    bulk: true,
  }),
  'indicator.list': request({
    about: 'The indicator catalogue.',
    takes: nothing,
    gives: z.strictObject({
      indicators: z.array(
        z.strictObject({
          id: z.string(),
          title: z.strictObject({ en: z.string(), zh: z.string() }),
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
    about: 'One indicator over stored bars; columns: time plus one per output, NaN during warm-up.',
    takes: z.strictObject({
      id: z.string().max(64),
      params: schema.paramValuesSchema,
      instrument: schema.instrumentIdSchema,
      interval: schema.intervalSchema,
      from: schema.epochMsSchema.nullable(),
      to: schema.epochMsSchema.nullable(),
    }),
    gives: z.strictObject({ warmup: z.number().int(), outputs: z.array(z.string()) }),
    fails: ['indicator.unknown', 'param.unknown', 'param.invalid', 'instrument.unknown', 'data.missing'],
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
  'strategy.list': request({
    about: 'The strategies folder.',
    takes: nothing,
    gives: z.strictObject({
      strategies: z.array(schema.strategySchema),
      templates: z.array(z.strictObject({ id: z.string(), title: z.strictObject({ en: z.string(), zh: z.string() }) })),
    }),
  }),
  'strategy.read': request({
    about: 'The text of a strategy.',
    takes: z.strictObject({ name: schema.strategyNameSchema }),
    gives: z.strictObject({ name: schema.strategyNameSchema, code: z.string(), updatedAt: schema.epochMsSchema }),
    fails: ['strategy.unknown'],
  }),
  'strategy.save': request({
    about: 'Writes a strategy atomically.',
    takes: z.strictObject({ name: schema.strategyNameSchema, code: z.string().max(2_000_000) }),
    gives: z.strictObject({ updatedAt: schema.epochMsSchema }),
    fails: ['store.full'],
    changes: true,
  }),
  'strategy.create': request({
    about: 'A new strategy from a template.',
    takes: z.strictObject({ name: schema.strategyNameSchema, template: z.string().max(64) }),
    gives: z.strictObject({ name: schema.strategyNameSchema }),
    fails: ['strategy.exists', 'template.unknown', 'store.full'],
    changes: true,
  }),
  'strategy.rename': request({
    about: 'Renames a strategy.',
    takes: z.strictObject({ name: schema.strategyNameSchema, to: schema.strategyNameSchema }),
    gives: nothing,
    fails: ['strategy.unknown', 'strategy.exists'],
    changes: true,
  }),
  'strategy.delete': request({
    about: 'Deletes a strategy file; runs keep the code they used.',
    takes: z.strictObject({ name: schema.strategyNameSchema }),
    gives: nothing,
    fails: ['strategy.unknown'],
    changes: true,
  }),
  'strategy.check': request({
    about: 'Compiles and type-checks a strategy: problems with their place, and the declared parameters.',
    takes: z.strictObject({ strategy: schema.strategyRefSchema }),
    gives: z.strictObject({
      title: z.string(),
      params: z.array(schema.paramSpecSchema),
      problems: z.array(schema.problemSchema),
    }),
    fails: ['strategy.unknown'],
  }),
  'strategy.api': request({
    about: 'The type declarations of the module `tickwright`, for editors.',
    takes: nothing,
    gives: z.strictObject({ declarations: z.string() }),
  }),
  'backtest.start': request({
    about: 'Checks, stores and starts a run. Progress on `job.changed`; the result is in the run.',
    takes: schema.backtestConfigSchema,
    gives: z.strictObject({ run: schema.runIdSchema, job: schema.jobIdSchema }),
    fails: [
      'strategy.unknown',
      'strategy.syntax',
      'strategy.types',
      'strategy.import',
      'strategy.shape',
      'instrument.unknown',
      'data.missing',
      'period.empty',
      'interval.unavailable',
      'param.unknown',
      'param.invalid',
      'store.full',
    ],
    changes: true,
  }),
  'run.list': request({
    about: 'Stored runs, newest first. `search` matches strategy, instrument, note and parameters.',
    takes: z.strictObject({
      search: z.string().max(200),
      limit: z.number().int().min(1).max(10_000),
      offset: z.number().int().min(0),
    }),
    gives: z.strictObject({ runs: z.array(schema.runSummarySchema), total: z.number().int() }),
  }),
  'run.get': request({
    about: 'One run with its capsule.',
    takes: byRun,
    gives: z.strictObject({
      summary: schema.runSummarySchema,
      capsule: schema.capsuleSchema,
      /** Lines written by `log` and `notify`, oldest first, capped. */
      log: z.array(
        z.strictObject({ time: schema.epochMsSchema, kind: z.enum(['log', 'notify', 'engine']), text: z.string() }),
      ),
      /** Names of the series written by `record`. */
      recorded: z.array(z.string()),
    }),
    fails: ['run.unknown'],
  }),
  'run.equity': request({
    about:
      'Columns time, equity, cash, drawdown (ratio ≥ 0), exposure (ratio), and `record:<name>`; one row per bar step. `maxRows` > 0 thins it keeping extremes.',
    takes: z.strictObject({ run: schema.runIdSchema, maxRows: z.number().int().min(0) }),
    gives: z.strictObject({ rows: z.number().int(), columns: z.array(z.string()) }),
    fails: ['run.unknown'],
    bulk: true,
  }),
  'run.trades': request({
    about:
      'Round trips as columns: instrument, side (1 long, −1 short), entryTime, exitTime (NaN while open), entryPrice, exitPrice, quantity, pnl (net), gross, fees, bars, mae, mfe (price points ≥ 0), entryOrder, exitOrder, open (1/0).',
    takes: byRun,
    gives: schema.tableSchema,
    fails: ['run.unknown'],
    bulk: true,
  }),
  'run.orders': request({
    about:
      'Orders as columns: id, instrument, type, side, quantity, filled, price, limit, stop, createdTime, updatedTime, status, parent, group, reason; codes resolved by texts.',
    takes: byRun,
    gives: schema.tableSchema,
    fails: ['run.unknown'],
    bulk: true,
  }),
  'run.fills': request({
    about: 'Fills as columns: order, instrument, side, time, price, quantity, fee, slippage, positionAfter.',
    takes: byRun,
    gives: schema.tableSchema,
    fails: ['run.unknown'],
    bulk: true,
  }),
  'run.compare': request({
    about: 'Two runs side by side: differing configuration, metrics, code, and trades same, added, removed, moved.',
    takes: z.strictObject({ a: schema.runIdSchema, b: schema.runIdSchema }),
    gives: z.strictObject({
      differences: z.array(z.strictObject({ path: z.string(), a: z.string(), b: z.string() })),
      sameCode: z.boolean(),
      sameData: z.boolean(),
      counts: z.strictObject({
        same: z.number().int(),
        added: z.number().int(),
        removed: z.number().int(),
        moved: z.number().int(),
      }),
    }),
    fails: ['run.unknown'],
    bulk: true,
  }),
  'run.verify': request({
    about: 'Re-runs the capsule and compares byte by byte. Progress on `job.changed`; answer in `run.verified`.',
    takes: byRun,
    gives: startedJob,
    fails: ['run.unknown', 'run.not-verifiable'],
  }),
  'run.verification': request({
    about: 'What a verification found.',
    takes: z.strictObject({ job: schema.jobIdSchema }),
    gives: z.strictObject({
      run: schema.runIdSchema,
      state: z.enum(['running', 'identical', 'different', 'failed']),
      expectedHash: z.string(),
      actualHash: z.string(),
      /** First differing event in words of the audit: `fill 12 price 101.5 → 101.6`; empty when identical. */
      firstDifference: z.string(),
      error: schema.wireErrorSchema.nullable(),
    }),
    fails: ['request.unknown'],
  }),
  'run.annotate': request({
    about: 'Sets the note of a run.',
    takes: z.strictObject({ run: schema.runIdSchema, note: z.string().max(10_000) }),
    gives: nothing,
    fails: ['run.unknown'],
    changes: true,
  }),
  'run.delete': request({
    about: 'Deletes a run and its results.',
    takes: byRun,
    gives: nothing,
    fails: ['run.unknown'],
    changes: true,
  }),
  'metric.list': request({
    about: 'Every metric of the report with its formula, unit and source.',
    takes: nothing,
    gives: z.strictObject({ metrics: z.array(schema.metricSchema) }),
  }),
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
  'data.changed': topic({
    about: 'Instruments or bars changed.',
    payload: z.strictObject({ instrument: schema.instrumentIdSchema.nullable() }),
  }),
  'strategy.changed': topic({
    about: 'A file of the strategies folder was written, renamed or deleted, by us or by another editor.',
    payload: z.strictObject({ name: z.string() }),
  }),
  'settings.changed': topic({
    about: 'A setting was stored.',
    payload: z.strictObject({ key: z.string() }),
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
