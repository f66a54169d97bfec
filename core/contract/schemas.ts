import { z } from 'zod'
import { intervalPattern } from '../domain/bar-spec.ts'
import {
  brokerSchema,
  commissionSchema,
  fillPolicySchema,
  hoursSchema,
  marketFileSchema,
  sizerSchema,
  slippageSchema,
} from './broker-schemas.ts'
import { contractSpanSchema } from './contract-span-schema.ts'

/** UTC epoch milliseconds. */
export const epochMsSchema = z.number().finite()
/** `SPX`, `SIM-AAA`: letters, digits, `.`, `-`, `_`, at most 48. */
export const instrumentIdSchema = z.string().regex(/^[A-Za-z0-9._-]{1,48}$/)
/** `1m`, `15m`, `1h`, `1d`, `1w`, `1M` (M = month), or bars that time does not end: `10000volume`, `2.5renko`. */
export const intervalSchema = z.string().regex(intervalPattern)
/** Bars of time only: what files and the store hold. */
export const timeIntervalSchema = z.string().regex(/^[1-9]\d{0,4}[smhdwMy]$/)
export const runIdSchema = z.string().regex(/^[A-Za-z0-9-]{1,64}$/)
export const jobIdSchema = z.string().regex(/^[A-Za-z0-9-]{1,64}$/)
/** File name of a strategy without folder, e.g. `sma-cross.ts`. */
export const strategyNameSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}\.ts$/)
/** Undefined is null, never 0. */
export const maybeNumberSchema = z.number().finite().nullable()

export const instrumentSchema = z.strictObject({
  id: instrumentIdSchema,
  symbol: z.string().min(1).max(64),
  name: z.string().max(120),
  kind: z.enum(['index', 'stock', 'etf', 'future', 'fx', 'crypto', 'cfd', 'other']),
  currency: z.string().min(1).max(12),
  tickSize: z.number().positive(),
  lotSize: z.number().positive(),
  multiplier: z.number().positive(),
  zone: z.string().min(1).max(64),
  /** Calendar of its trading days; absent: every day, around the clock. */
  calendar: z.string().min(1).max(32).optional(),
  simulated: z.boolean(),
})

/** One stored series: bars of one instrument at the interval in which they were collected. */
export const coverageSchema = z.strictObject({
  instrument: instrumentIdSchema,
  interval: intervalSchema,
  bars: z.number().int().nonnegative(),
  from: epochMsSchema,
  /** Close time of the last bar. */
  to: epochMsSchema,
  /** SHA-256 over all columns of the series, hex. */
  hash: z.string(),
  source: z.string(),
  updatedAt: epochMsSchema,
})

export const paramValueSchema = z.union([z.number().finite(), z.string().max(200), z.boolean()])
export const paramValuesSchema = z.record(z.string().max(64), paramValueSchema)

/** One declared parameter of a strategy or an indicator; the form and the optimiser's range come from it. */
export const paramSpecSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(['int', 'float', 'bool', 'choice', 'text']),
  default: paramValueSchema,
  min: maybeNumberSchema,
  max: maybeNumberSchema,
  step: maybeNumberSchema,
  choices: z.array(z.string()),
  group: z.string(),
  help: z.string(),
})

export const profileSchema = z.enum(['default', 'backtrader'])

export const strategyRefSchema = z.discriminatedUnion('kind', [
  /** A file of the strategies folder. */
  z.strictObject({ kind: z.literal('saved'), name: strategyNameSchema }),
  /** A file anywhere on this machine (terminal). */
  z.strictObject({ kind: z.literal('file'), path: z.string().min(1).max(4096) }),
])

export const backtestConfigSchema = z.strictObject({
  strategy: strategyRefSchema,
  params: paramValuesSchema,
  instruments: z.array(instrumentIdSchema).min(1).max(64),
  interval: intervalSchema,
  /** Bars with open time in [from, to); null = as far as the data reaches. */
  from: epochMsSchema.nullable(),
  to: epochMsSchema.nullable(),
  cash: z.number().positive().max(1e15),
  commission: commissionSchema,
  slippage: slippageSchema,
  profile: profileSchema,
  fillPolicy: fillPolicySchema,
  seed: z.number().int().min(0).max(0xffffffff),
  broker: brokerSchema.optional(),
  /** For orders without a quantity of strategies without a sizer; absent: 1 unit. */
  sizer: sizerSchema.optional(),
  /** What timers and coarse bars take as a session; absent: whole days. */
  hours: hoursSchema.optional(),
  /** Ticks or quotes for the fill policies of these names, and for `onTick` and `onQuote`. */
  marketFiles: z.array(marketFileSchema).max(128).optional(),
})

export const wireErrorSchema = z.strictObject({
  code: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

export const runStateSchema = z.enum(['running', 'done', 'failed', 'cancelled'])

/** Which rows exactly a run used. */
export const dataUseSchema = z.strictObject({
  instrument: instrumentIdSchema,
  interval: intervalSchema,
  /** Interval of the stored series the bars were resampled from. */
  sourceInterval: intervalSchema,
  bars: z.number().int(),
  from: epochMsSchema,
  to: epochMsSchema,
  /** SHA-256 over the columns the engine was given. */
  hash: z.string(),
  /** The contracts that it traded instead of a continuous series; absent: it traded the series. */
  contracts: z.array(contractSpanSchema).optional(),
  /** The finer prices that decided the order of events inside its bars; absent: none. */
  finer: z
    .strictObject({
      kind: z.enum(['bars', 'ticks', 'quotes']),
      /** Interval of the bars; empty for ticks and quotes. */
      interval: z.string(),
      rows: z.number().int(),
      hash: z.string(),
    })
    .optional(),
})

export const runSummarySchema = z.strictObject({
  id: runIdSchema,
  state: runStateSchema,
  createdAt: epochMsSchema,
  durationMs: z.number(),
  strategyName: z.string(),
  config: backtestConfigSchema,
  /** Counts of the run; zero while it is running. */
  counts: z.strictObject({
    bars: z.number().int(),
    orders: z.number().int(),
    fills: z.number().int(),
    trades: z.number().int(),
    /** Bars before the strategy first decided; older runs do not say. */
    warmup: z.number().int().optional(),
  }),
  /** Metric id → value; null where undefined. */
  metrics: z.record(z.string(), maybeNumberSchema),
  error: wireErrorSchema.nullable(),
  note: z.string().max(10_000),
})

/** All that is needed to run it again: DESIGN 5.8. */
export const capsuleSchema = z.strictObject({
  version: z.literal(1),
  engineBuild: z.string(),
  config: backtestConfigSchema,
  /** TypeScript source by module name; the entry is `entry`. */
  entry: z.string(),
  sources: z.record(z.string(), z.string()),
  codeHash: z.string(),
  data: z.array(dataUseSchema),
  /** Instrument records as they were. */
  instruments: z.array(instrumentSchema),
  /** SHA-256 over orders, fills, trades and equity; null until the run is done. */
  resultHash: z.string().nullable(),
  /** The live session that the run is, up to that entry of its journal. */
  live: z.strictObject({ session: z.string(), entries: z.number().int() }).optional(),
})

const bilingualSchema = z.strictObject({ en: z.string(), zh: z.string() })

export const metricSchema = z.strictObject({
  id: z.string(),
  title: bilingualSchema,
  group: z.enum(['return', 'risk', 'ratio', 'benchmark', 'trades', 'cost', 'doubt']),
  formula: z.string(),
  about: bilingualSchema,
  /** When it is undefined, in words; empty when it never is. */
  edgeCases: bilingualSchema,
  /** `date`: UTC epoch milliseconds. */
  unit: z.enum(['money', 'ratio', 'count', 'number', 'bars', 'days', 'date']),
  /** Which part of a result it is computed from. */
  needs: z.enum(['returns', 'account', 'benchmark', 'trades', 'costs', 'doubt']),
  source: z.string(),
  /** Functions of other systems that give the same number. */
  aliases: z.strictObject({
    empyrical: z.array(z.string()),
    quantstats: z.array(z.string()),
    backtrader: z.array(z.string()),
  }),
})

/** A problem in a strategy's text; line and column are 1-based and point into the user's file. */
export const problemSchema = z.strictObject({
  file: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  message: z.string(),
  severity: z.enum(['error', 'warning']),
})

export const strategySchema = z.strictObject({
  name: strategyNameSchema,
  title: z.string(),
  updatedAt: epochMsSchema,
  size: z.number().int(),
})

export const jobSchema = z.strictObject({
  id: jobIdSchema,
  kind: z.enum([
    'backtest',
    'import',
    'verify',
    'stress',
    'sample',
    'optimise',
    'walk-forward',
    'backfill',
    'store-copy',
    'backup',
    'archive',
  ]),
  /** What it works on: run id, optimisation id, file name. */
  subject: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** Work done and in all, in the job's own unit (bars, bytes); total 0 = not known yet. */
  done: z.number(),
  total: z.number(),
  /** Remaining time; null until it can be told. */
  etaMs: z.number().nullable(),
  /** Whether it rests; absent: it cannot be paused. */
  paused: z.boolean().optional(),
  error: wireErrorSchema.nullable(),
})

export const importRecipeSchema = z.strictObject({
  /** Exactly one character, e.g. `,` `;` tab. */
  separator: z.string().length(1),
  encoding: z.enum(['utf-8', 'utf-16le', 'gbk', 'latin1']),
  headerRows: z.number().int().min(0).max(100),
  /** Column index (0-based) of each field; null = absent. `time` may be a second column joined to `date`. */
  columns: z.strictObject({
    date: z.number().int().min(0),
    time: z.number().int().min(0).nullable(),
    open: z.number().int().min(0).nullable(),
    high: z.number().int().min(0).nullable(),
    low: z.number().int().min(0).nullable(),
    close: z.number().int().min(0),
    volume: z.number().int().min(0).nullable(),
    openInterest: z.number().int().min(0).nullable(),
  }),
  /** A pattern of `yyyy MM dd HH mm ss SSS` letters, or `epoch-s`, `epoch-ms`, `epoch-us`, `ms-of-day`. */
  dateFormat: z.string().min(1).max(40),
  decimal: z.enum(['.', ',']),
  zone: z.string().min(1).max(64),
  /** What a row's stamp means: the bar's open, its close, or (daily) the day itself. */
  stamp: z.enum(['open', 'close', 'day']),
  interval: timeIntervalSchema,
  /** Prices in the file are divided by this (Lean stores 10000ths). */
  priceDivisor: z.number().positive(),
  /** What to do with rows that cannot be a bar. `refuse`: nothing is imported; `skip`: reported and left out. */
  badRows: z.enum(['refuse', 'skip']),
  /** Several contracts in one file: only rows with this text in this column are read. Absent: all rows. */
  pick: z.strictObject({ column: z.number().int().min(0), value: z.string().min(1).max(64) }).optional(),
  /** `ticks`: each row is one print, its price in `close`; prints are joined into bars of `interval`. Absent: bars. */
  shape: z.enum(['bars', 'ticks']).optional(),
})

export const badRowSchema = z.strictObject({
  /** 1-based line in the file. */
  row: z.number().int(),
  column: z.string(),
  /** A key under `import.reason.` in the messages. */
  reason: z.string(),
  text: z.string(),
})

/** Seam between a run and a screen's table: rows are columns plus the texts their codes point to. */
export const tableSchema = z.strictObject({
  rows: z.number().int(),
  /** For each text column: code → text. */
  texts: z.record(z.string(), z.array(z.string())),
})
