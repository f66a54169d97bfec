import { BenchmarkFacts } from './benchmark-facts.ts'
import { type TradedCurve, withoutFlows } from './cash-flows.ts'
import { type CurveFacts, type EquityCurve, scanCurve } from './curve-scan.ts'
import type { AccountFacts, CostFacts, DoubtFacts, ExposureSums, MetricParts } from './metric.ts'
import { ReturnFacts, type ReturnSeries, tradingDays, type YearBasis } from './return-facts.ts'
import { mean, sum } from './statistics.ts'
import { type OrderCounts, type TradeColumns, TradeFacts } from './trade-facts.ts'

const yearMs = 365.25 * 86_400_000

/** What a series of returns does not tell by itself. */
export interface MetricOptions {
  readonly basis?: YearBasis
  readonly benchmark?: ReturnSeries | null
  /** Where drawing at random starts. */
  readonly seed?: number
  /** Runs made on the idea, and the variance of their Sharpe ratios a period. */
  readonly trials?: number
  readonly trialVariance?: number
}

/** What the metrics of a run are computed from. Equity rows ascend by time. */
export interface MetricInput extends MetricOptions {
  readonly equity: EquityCurve
  readonly exposure: ExposureSums
  readonly trades: TradeColumns
  /** Fees of every fill, money. */
  readonly fees: number
  readonly initialCash: number
  /** Money paid in (> 0) or out on each row of the curve; part of its equity. */
  readonly flows?: Float64Array | undefined
  /** Money of the fills besides fees; left out where only the headline figures are wanted. */
  readonly fills?: { readonly slippage: number; readonly traded: number; readonly count: number }
  readonly orders?: OrderCounts
}

/** Every part that a metric may need; null where the input does not have it. */
export type KnownParts = { readonly [Part in keyof MetricParts]: MetricParts[Part] | null }

/** The parts of a run. */
export function runParts(input: MetricInput): KnownParts & { readonly returns: ReturnFacts } {
  const { equity, flows, initialCash } = input
  const traded = flows === undefined ? undefined : withoutFlows(equity, flows, initialCash)
  const scan = scanCurve(traded?.weighted ?? equity, initialCash)
  const account = traded === undefined ? accountFacts(scan, input) : tradedFacts(scan, input, traded)
  const trades = new TradeFacts(input.trades, account.years, input.orders ?? null)
  const series = { time: scan.dayTimes, value: scan.dailyReturns }
  return {
    ...seriesParts(series, input, trades.results),
    account,
    trades,
    costs: costFacts(input, account, trades.count),
  }
}

/** The parts of plain returns: there is no money and there are no trades in them. */
export function returnParts(series: ReturnSeries, options: MetricOptions): KnownParts {
  const parts = seriesParts(series, options, new Float64Array())
  const { returns } = parts
  const { time } = series
  const longest = returns.drawdowns.reduce((most, { peakTime, recoveryTime }) => {
    const from = Number.isNaN(peakTime) ? (time[0] as number) : peakTime
    return Math.max(most, (Number.isNaN(recoveryTime) ? (time.at(-1) as number) : recoveryTime) - from)
  }, 0)
  const unknown = Number.NaN
  const account: AccountFacts = {
    ...{ initialCash: 1, finalEquity: returns.growth, netProfit: unknown },
    ...{ maxDrawdown: returns.maxDrawdown, maxDrawdownMoney: unknown },
    longestDrawdownMs: returns.count === 0 ? unknown : longest,
    ...{ exposure: { rows: unknown, sum: unknown }, rows: returns.count },
    years: ((time.at(-1) ?? unknown) - (time[0] ?? unknown)) / yearMs,
  }
  return { ...parts, account, trades: null, costs: null }
}

function seriesParts(series: ReturnSeries, options: MetricOptions, results: Float64Array) {
  const { basis = tradingDays, benchmark, seed = 1, trials = Number.NaN, trialVariance = Number.NaN } = options
  const returns = new ReturnFacts(series, basis)
  const doubt: DoubtFacts = { returns, results, seed, trials, trialVariance }
  return {
    returns,
    benchmark: benchmark === undefined || benchmark === null ? null : new BenchmarkFacts(series, benchmark, basis),
    doubt,
  }
}

function accountFacts(scan: CurveFacts, { equity, exposure, initialCash }: MetricInput): AccountFacts {
  const { time } = equity
  const finalEquity = equity.equity.at(-1) ?? initialCash
  return {
    ...{ initialCash, finalEquity, netProfit: finalEquity - initialCash },
    ...{ maxDrawdown: scan.maxDrawdown, maxDrawdownMoney: scan.maxDrawdownMoney },
    longestDrawdownMs: scan.longestDrawdownMs,
    ...{ exposure, rows: time.length },
    years: ((time.at(-1) ?? Number.NaN) - (time[0] ?? Number.NaN)) / yearMs,
  }
}

/** The account’s figures without the money that was paid in or out. */
function tradedFacts(scan: CurveFacts, input: MetricInput, { weighted, gains }: TradedCurve): AccountFacts {
  const growth = accountFacts(scan, { ...input, equity: weighted })
  const { maxDrawdownMoney } = scanCurve({ time: weighted.time, equity: gains }, input.initialCash)
  return { ...growth, netProfit: (gains.at(-1) ?? input.initialCash) - input.initialCash, maxDrawdownMoney }
}

function costFacts({ fees, fills, equity, trades }: MetricInput, account: AccountFacts, closed: number): CostFacts {
  const gross = trades.gross === undefined ? Number.NaN : sum(trades.gross)
  return {
    fees,
    slippage: fills?.slippage ?? Number.NaN,
    traded: fills?.traded ?? Number.NaN,
    fills: fills?.count ?? Number.NaN,
    funding: fills === undefined ? Number.NaN : withoutDust(gross - fees - account.netProfit, account.initialCash),
    averageEquity: fills === undefined ? Number.NaN : mean(equity.equity),
    netProfit: account.netProfit,
    trades: closed,
    years: account.years,
  }
}

/** A difference of sums that is only their rounding is 0. */
function withoutDust(value: number, scale: number): number {
  return Math.abs(value) <= Math.abs(scale) * 1e-9 ? 0 : value
}
