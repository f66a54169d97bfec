import { z } from 'zod'
import { request } from '../define.ts'
import * as schema from '../schemas.ts'

const nothing = z.strictObject({})
const byRun = z.strictObject({ run: schema.runIdSchema })
const startedJob = z.strictObject({ job: schema.jobIdSchema })

/** Backtests and stored runs. */
export const runChannels = {
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
      'data.disorder',
      'data.no-overlap',
      'period.empty',
      'market-file.missing',
      'futures.rebuilding',
      'interval.unavailable',
      'interval.no-volume',
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
      'Columns time, equity, cash, drawdown (ratio ≥ 0), exposure (ratio), flows (money paid in or out, where there was any) and `record:<name>`; one row per bar step. `maxRows` > 0 thins it keeping extremes.',
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
    about:
      'Fills as columns: order, instrument, side, time, price, quantity, fee, slippage, positionAfter; of continuous series also contract, contractPrice and contractSlippage (price and slippage are those of the series).',
    takes: byRun,
    gives: schema.tableSchema,
    fails: ['run.unknown'],
    bulk: true,
  }),
  'run.rolls': request({
    about:
      'Positions that a run over continuous series carried from contract to contract, as columns: instrument, time, from, to, size (signed), oldPrice, newPrice, fee, slippage (money). No rows where it traded no contracts.',
    takes: byRun,
    gives: schema.tableSchema,
    fails: ['run.unknown'],
    bulk: true,
  }),
  'run.changes': request({
    about:
      'What has become of the bars that a run used: the same, more of them (appended), revised (what was there can be had back and is what `run.verify` runs over), or lost. With every revision since in its period, newest first, and up to 20 cells of each: what they were and are now (null: no such bar or undefined).',
    takes: byRun,
    gives: z.strictObject({
      data: z.array(
        z.strictObject({
          instrument: z.string(),
          interval: z.string(),
          state: z.enum(['same', 'appended', 'revised', 'lost']),
          revisions: z.array(
            z.strictObject({
              at: schema.epochMsSchema,
              source: z.string(),
              replaced: z.number().int(),
              added: z.number().int(),
              /** Open times of the first and the last bar concerned. */
              from: schema.epochMsSchema,
              to: schema.epochMsSchema,
              examples: z.array(
                z.strictObject({
                  time: schema.epochMsSchema,
                  column: z.string(),
                  was: schema.maybeNumberSchema,
                  is: schema.maybeNumberSchema,
                }),
              ),
            }),
          ),
        }),
      ),
    }),
    fails: ['run.unknown'],
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
  'run.lines': request({
    about:
      'The lines that the run’s strategy hung on an instrument, made again from its capsule: columns time and `line:0`, `line:1` … in the order of `lines`, NaN where undefined.',
    takes: z.strictObject({ run: schema.runIdSchema, instrument: schema.instrumentIdSchema }),
    gives: z.strictObject({
      interval: schema.intervalSchema,
      lines: z.array(
        z.strictObject({
          /** The strategy's word for it, and what it is: `fast`, `sma(close, 10)`. */
          name: z.string(),
          title: z.string(),
          pane: z.enum(['price', 'own']),
          draw: z.enum(['line', 'histogram', 'dots']),
          /** Bars by which a chart draws it later, negative: earlier. */
          shift: z.number().int(),
          guides: z.array(z.number()),
        }),
      ),
    }),
    fails: ['run.unknown', 'run.not-verifiable', 'instrument.unknown', 'strategy.exception', 'strategy.endless'],
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
} as const
