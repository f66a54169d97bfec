import type { z } from 'zod'
import type { brokerSchema, commissionSchema, slippageSchema } from '../../core/contract/broker-schemas.ts'
import type { Reply } from '../../core/contract/contract.ts'
import type {
  backtestConfigSchema,
  capsuleSchema,
  metricSchema,
  paramSpecSchema,
  paramValueSchema,
  runSummarySchema,
  tableSchema,
} from '../../core/contract/schemas.ts'

/** One stored run as the history lists it. */
export type RunSummary = z.output<typeof runSummarySchema>
/** All that is needed to run it again. */
export type Capsule = z.output<typeof capsuleSchema>
/** One run with its capsule and log. */
export type RunDetail = Reply<'run.get'>
/** What `backtest.start` takes. */
export type BacktestConfig = z.output<typeof backtestConfigSchema>
export type Commission = z.output<typeof commissionSchema>
export type Slippage = z.output<typeof slippageSchema>
/** How much an order without a quantity trades. */
export type Sizer = NonNullable<BacktestConfig['sizer']>
/** The rarer settings of the simulated broker. */
export type BrokerSettings = z.output<typeof brokerSchema>
/** One metric of the report with its definition. */
export type Metric = z.output<typeof metricSchema>
/** One declared parameter of a strategy. */
export type ParamSpec = z.output<typeof paramSpecSchema>
export type ParamValue = z.output<typeof paramValueSchema>
/** Rows of a table that travels as columns: codes of text columns point into `texts`. */
export type WireTable = z.output<typeof tableSchema>
/** What `strategy.check` found. */
export type StrategyCheck = Reply<'strategy.check'>
