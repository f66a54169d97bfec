import type { Broker } from '../broker/broker.ts'
import type { Execution } from '../broker/execution.ts'
import type { Market, MarketColumns } from '../broker/market.ts'
import type { OrderTable } from '../broker/order-table.ts'
import { type OrderReason, orderReasons, orderTypeCode } from '../domain/order.ts'
import { type OrderStatus, orderStatuses } from '../domain/order-state.ts'
import { Line } from '../indicators/line.ts'
import type { EquityColumns } from './equity-columns.ts'
import type { Decision, ExplainedBar, ExplainedEvent, ExplainedFill, PriceRule, TraceConfig } from './explanation.ts'
import type { InstrumentApi } from './instrument.ts'
import type { RunConfig } from './run-config.ts'

/** The parts of a run that a trace looks at. */
export interface TracedRun {
  readonly broker: Broker
  readonly markets: readonly Market[]
  readonly hosts: readonly { readonly instruments: readonly InstrumentApi[] }[]
  readonly equity: EquityColumns
  readonly clock: { readonly now: number }
  readonly policy: string
  /** Profile backtrader. */
  readonly isUpstream: boolean
}

/** The trace that a configuration asks for; undefined for ordinary runs. */
export function openTrace(
  { explain, fillPolicy, profile }: RunConfig,
  { broker, markets, hosts, equity }: Omit<TracedRun, 'clock' | 'policy' | 'isUpstream'>,
  clock: TracedRun['clock'],
): RunTrace | undefined {
  if (explain === undefined) return undefined
  const run = { broker, markets, hosts, equity, clock, policy: fillPolicy, isUpstream: profile === 'backtrader' }
  return new RunTrace(explain, run)
}

/** Watches one order of a run. Exists in runs that explain, and costs nothing in others. */
export class RunTrace {
  readonly config: TraceConfig
  readonly events: ExplainedEvent[] = []
  readonly fills: ExplainedFill[] = []
  /** Cash of the account at each event. */
  readonly cash: number[] = []
  decisions: readonly Decision[] = []
  readonly #run: TracedRun
  readonly #row: number

  constructor(config: TraceConfig, run: TracedRun) {
    this.config = config
    this.#run = run
    this.#row = (config.order ?? 0) - 1
  }

  get run(): TracedRun {
    return this.#run
  }

  /** The step's bars are known, the strategy has not decided yet. */
  look(): void {
    if (this.#run.clock.now === this.config.time) this.decisions = this.#see()
  }

  orderChanged(row: number): void {
    if (row !== this.#row) return
    const { broker, clock } = this.#run
    const { orders, account } = broker
    // Sent at the end of the callback that made it: what that has recorded belongs to the decision
    if (this.events.length === 0) this.decisions = this.#see()
    this.cash.push(account.cash)
    this.events.push({
      time: clock.now,
      status: orderStatuses[orders.status[row] as number] as OrderStatus,
      filled: Math.abs(orders.executedSize[row] as number),
      ...pricesOf(orders, row),
      reason: orderReasons[orders.reason[row] as number] as OrderReason,
    })
  }

  executed(execution: Readonly<Execution>, market: Market): void {
    if (execution.row !== this.#row) return
    const { broker, policy } = this.#run
    const side = execution.size > 0 ? 1 : -1
    const { bars, columns, bar, i } = market
    this.fills.push({
      time: execution.time,
      bar: barAt(bars, bar),
      event: bars === columns ? null : barAt(columns, i),
      rule: ruleOf(broker.orders, execution, market),
      policy,
      reference: execution.reference,
      slippage: side * (execution.price - execution.reference),
      price: execution.price,
      quantity: side * execution.size,
      closed: Math.abs(execution.closed),
      opened: Math.abs(execution.opened),
      fee: execution.closedFee + execution.openedFee,
      gain: execution.gain,
      cash: broker.account.cash,
      position: market.size,
    })
  }

  #see(): Decision[] {
    const { markets, hosts, broker, equity, clock } = this.#run
    const row = Math.max(0, equity.length - 1)
    const recorded = [...equity.recorded].flatMap(([name, column]) => {
      const value = column[row]
      return value === undefined || Number.isNaN(value) ? [] : [{ name, value }]
    })
    const own = broker.orders.instrument[this.#row]
    return markets
      .filter((market) => market.bar >= 0)
      .sort((a, b) => Number(b.index === own) - Number(a.index === own))
      .map((market) => {
        const views = hosts.map(({ instruments }) => instruments[market.index] as InstrumentApi)
        return {
          time: clock.now,
          instrument: views[0]?.id ?? '',
          bar: barAt(market.bars, market.bar),
          lines: views.flatMap(linesOf),
          recorded,
          position: market.size,
          averagePrice: market.size === 0 ? null : market.price,
          cash: broker.account.cash,
          equity: broker.account.value,
        }
      })
  }
}

const ownLines = new Set(['open', 'high', 'low', 'close', 'volume'])

function linesOf(instrument: InstrumentApi): Decision['lines'] {
  return Object.entries(instrument).flatMap(([name, line]) => {
    if (!(line instanceof Line) || ownLines.has(name)) return []
    return [{ name, now: valueAt(line, 0), before: valueAt(line, 1) }]
  })
}

function valueAt(line: Line, ago: number): number | null {
  try {
    return numberOrNull(line.at(ago))
  } catch {
    // Before the first bar there is nothing to see
    return null
  }
}

function numberOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

/** One row of columns. */
export function barAt(columns: MarketColumns, row: number): ExplainedBar {
  const at = (column: Float64Array) => column[row] as number
  const { time, closeTime, open, high, low, close, volume } = columns
  return {
    ...{ time: at(time), closeTime: at(closeTime), open: at(open), high: at(high), low: at(low), close: at(close) },
    volume: numberOrNull(at(volume)),
  }
}

/** The prices at which an order waits. */
export function pricesOf(orders: OrderTable, row: number): { stop: number | null; limit: number | null } {
  const type = orders.type[row] as number
  const { limit, stop, trailingStopLimit, stopLimit } = orderTypeCode
  const isStop = type >= stop && type <= trailingStopLimit
  const hasLimit = type === stopLimit || type === trailingStopLimit
  return {
    stop: isStop ? numberOrNull(orders.price[row] as number) : null,
    limit: type === limit ? numberOrNull(orders.price[row] as number) : hasLimit ? (orders.limit[row] as number) : null,
  }
}

function ruleOf(orders: OrderTable, { row, reference }: Readonly<Execution>, market: Market): PriceRule {
  const type = orders.type[row] as number
  const { market: marketType, close, historical } = orderTypeCode
  if (type === historical) return 'history'
  if (type === close) return 'close'
  if (type === marketType) return reference === market.open ? 'open' : 'cheat'
  const { stop, limit } = pricesOf(orders, row)
  if (reference === limit) return 'limit'
  return reference === stop ? 'stop' : 'gap'
}
