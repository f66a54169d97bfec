import { z } from 'zod'
import { epochMsSchema, instrumentIdSchema, maybeNumberSchema, paramValuesSchema, runIdSchema } from './schemas.ts'

const bilingual = z.strictObject({ en: z.string(), zh: z.string() })
const cells = z.array(maybeNumberSchema)
const lines = { time: z.array(epochMsSchema), lines: z.record(z.string(), cells) }

const tradeGroupSchema = z.strictObject({
  /** A tag, symbol, `14` for an hour, `monday`, `03` for March …; '' where a trade has none. */
  key: z.string(),
  trades: z.number().int(),
  winRate: maybeNumberSchema,
  net: z.number(),
  average: maybeNumberSchema,
  profitFactor: maybeNumberSchema,
  largestWin: maybeNumberSchema,
  largestLoss: maybeNumberSchema,
  averageBars: maybeNumberSchema,
  fees: z.number(),
})

/** How returns are brought to a year, and what they are measured against. */
export const reportOptions = {
  /** Instrument whose closes are the benchmark; null = none. */
  benchmark: instrumentIdSchema.nullable(),
  /** Risk-free rate a year, ratio. */
  riskFree: z.number().gt(-1).max(10),
  periodsPerYear: z.number().positive().max(1e6),
}

const sheetRunSchema = z.strictObject({
  id: runIdSchema,
  strategy: z.string(),
  createdAt: epochMsSchema,
  interval: z.string(),
  from: epochMsSchema,
  to: epochMsSchema,
  cash: z.number(),
  currency: z.string(),
  params: paramValuesSchema,
  commission: z.string(),
  slippage: z.string(),
  profile: z.string(),
  fillPolicy: z.string(),
  seed: z.number(),
  note: z.string(),
  engineBuild: z.string(),
  resultHash: z.string().nullable(),
})

/** The tear sheet document: everything a report shows, as plain data. Keys are only ever added. */
export const tearSheetSchema = z.strictObject({
  version: z.literal(1),
  run: sheetRunSchema,
  instruments: z.array(z.string()),
  zone: z.string(),
  basis: z.strictObject({ periodsPerYear: z.number(), riskFree: z.number() }),
  benchmark: z.string().nullable(),
  /** How many rows each part was computed from. */
  rows: z.strictObject({
    equity: z.number().int(),
    returns: z.number().int(),
    trades: z.number().int(),
    orders: z.number().int(),
    fills: z.number().int(),
    benchmark: z.number().int(),
  }),
  /** Metric id → value; `metric.list` defines each. */
  metrics: z.record(z.string(), maybeNumberSchema),
  findings: z.array(
    z.strictObject({ id: z.string(), tone: z.enum(['warn', 'note']), text: bilingual, test: bilingual }),
  ),
  /** All, long, short. */
  sides: z.array(tradeGroupSchema),
  breakdowns: z.array(
    z.strictObject({
      by: z.enum(['tag', 'exit', 'symbol', 'hour', 'weekday', 'month', 'year']),
      groups: z.array(tradeGroupSchema),
    }),
  ),
  /** Deepest first. */
  drawdowns: z.array(
    z.strictObject({
      peak: epochMsSchema.nullable(),
      valley: epochMsSchema,
      recovery: epochMsSchema.nullable(),
      depth: z.number(),
      days: z.number(),
      recoveryDays: maybeNumberSchema,
    }),
  ),
  years: z.array(
    z.strictObject({ year: z.number().int(), months: cells, total: z.number(), benchmark: maybeNumberSchema }),
  ),
  /** Lines wealth (from 1), drawdown, exposure, and benchmark where there is one; by day, thinned. */
  daily: z.strictObject(lines),
  /** Lines sharpe, volatility and beta over the last `window` days. */
  rolling: z.strictObject({ ...lines, window: z.number().int() }),
  /** Daily returns that are not 0. */
  distribution: z.strictObject({ from: z.number(), width: z.number(), counts: z.array(z.number().int()) }),
  monteCarlo: z.strictObject({
    paths: z.number().int(),
    progress: z.array(z.number()),
    bands: z.array(z.strictObject({ share: z.number(), growth: cells })),
    /** Total return and largest drawdown at the shares 5, 25, 50, 75, 95 %. */
    returns: cells,
    drawdowns: cells,
  }),
  /** The newest closed round trips, oldest first. */
  trips: z.strictObject({
    total: z.number().int(),
    symbol: z.array(z.string()),
    tag: z.array(z.string()),
    columns: z.record(z.string(), cells),
  }),
})
