import type { BrokerListener } from '../../../core/broker/broker-listener.ts'
import type { Execution } from '../../../core/broker/execution.ts'
import type { Market } from '../../../core/broker/market.ts'
import { SimulatedBroker } from '../../../core/broker/simulated-broker.ts'
import { TradeLedger, type TradeListener } from '../../../core/broker/trade-ledger.ts'
import { orderReasonCode } from '../../../core/domain/order.ts'
import { statusCode } from '../../../core/domain/order-state.ts'
import { BarMerge } from '../../../core/engine/bar-merge.ts'
import { ensureDefined } from '../../../core/lib/assert.ts'
import { type BarRow, rulesOf, type Scenario } from '../order-case.ts'
import { marketOf, sizeOf, typeCodes } from '../order-terms.ts'
import type { AnalyzerFile, RunSpec } from './format.ts'
import { type Hand, type RowStrategy, strategyOf } from './strategies.ts'

/** One closed round trip in the words of the files, with the row of its end. */
export interface ClosedTrip {
  readonly row: number
  readonly openTime: number
  readonly closeTime: number
  readonly bars: number
  readonly long: boolean
  readonly price: number
  readonly pnl: number
  readonly fees: number
}

/** What a run did, row by row and event by event. Times are milliseconds. */
export interface Recorded {
  readonly decisionRow: number
  readonly time: number[]
  readonly cash: number[]
  readonly cashAfter: number[]
  readonly value: number[]
  readonly position: number[]
  readonly fundValue: number[]
  readonly fundShares: number[]
  readonly fills: { row: number; order: number; size: number; price: number }[]
  /** Orders that ended in the row with a rest after a fill. */
  readonly brokenOff: { row: number; order: number; size: number }[]
  readonly orders: unknown[][]
  readonly trips: ClosedTrip[]
  /** Round trips begun. */
  trips_begun: number
}

/** Runs the strategy of a file over its bars, under profile backtrader; undefined when nobody knows the strategy. */
export function recordRun(file: AnalyzerFile, rows: readonly BarRow[]): Recorded | undefined {
  const { run } = file
  const close = Float64Array.from(rows, (row) => row[4])
  const strategy = strategyOf(run, close)
  if (strategy === undefined) return undefined
  return new RecordedRun(run, rows, { strategy, depositsAtOnce: depositsAtOnce(file) }).run()
}

/** Upstream books a deposit as soon as anyone asks for the value of a position; these analyzers do in every bar. */
export function depositsAtOnce({ analyzers }: AnalyzerFile): boolean {
  return analyzers.some(({ class: name }) => name === 'PositionsValue' || name === 'PyFolio')
}

class RecordedRun implements BrokerListener, TradeListener, Hand {
  readonly #market: Market
  readonly #broker: SimulatedBroker
  readonly #trades: TradeLedger
  readonly #strategy: RowStrategy
  readonly #run: RunSpec
  readonly #depositsAtOnce: boolean
  readonly #seen: Recorded
  #row = -1
  #deposited = 0

  constructor(
    run: RunSpec,
    rows: readonly BarRow[],
    { strategy, depositsAtOnce }: { readonly strategy: RowStrategy; readonly depositsAtOnce: boolean },
  ) {
    const scenario: Scenario = {
      id: run.id,
      data: [{ feed: run.feed, from: '', to: '' }],
      broker: run.broker ?? {},
      ...(run.commission ? { commission: [run.commission] } : {}),
      actions: [],
    }
    this.#run = run
    this.#strategy = strategy
    this.#depositsAtOnce = depositsAtOnce
    this.#market = marketOf(0, scenario, rows)
    this.#broker = new SimulatedBroker({
      rules: rulesOf(scenario),
      markets: [this.#market],
      cash: run.cash,
      fundStart: run.fundstartval ?? 100,
      listener: this,
    })
    this.#trades = new TradeLedger(this.#broker.orders, { listener: this, reopens: true })
    this.#seen = {
      decisionRow: strategy.decisionRow,
      ...{ time: [], cash: [], cashAfter: [], value: [], position: [], fundValue: [], fundShares: [] },
      ...{ fills: [], brokenOff: [], orders: [], trips: [], trips_begun: 0 },
    }
  }

  run(): Recorded {
    const merge = new BarMerge([this.#market])
    const { account } = this.#broker
    const seen = this.#seen
    while (merge.advance()) {
      this.#row++
      this.#deposited = 0
      this.#broker.step(merge.step)
      seen.time.push(merge.now)
      seen.cash.push(account.cash)
      seen.value.push(account.value)
      seen.position.push(this.#market.size)
      seen.fundValue.push(account.fundValue)
      if (this.#row >= this.#strategy.decisionRow) this.#strategy.next(this.#row, this)
      const deposited = this.#depositsAtOnce ? this.#deposited : 0
      seen.cashAfter.push(account.cash + deposited)
      seen.fundShares.push(account.fundShares + deposited / account.fundValue)
    }
    return seen
  }

  get position(): number {
    return this.#market.size
  }

  order(side: 1 | -1, stake?: number): number | undefined {
    const sizer = this.#run.sizer ?? { type: 'FixedSize', stake: this.#run.stake ?? 1 }
    const size = stake ?? sizeOf(sizer, this.#market, this.#broker.account.cash)
    if (size === 0) return undefined
    const { orders } = this.#broker
    const row = orders.add(0, side, typeCodes.Market as number, Math.abs(size))
    this.#broker.stamp(row)
    this.#broker.submit(row)
    return row
  }

  close(): void {
    const { size } = this.#market
    if (size !== 0) this.order(size > 0 ? -1 : 1, Math.abs(size))
  }

  deposit(amount: number): void {
    this.#deposited += amount
    this.#broker.account.deposit(amount)
  }

  isWorking(order: number): boolean {
    return this.#broker.isWorking(order)
  }

  orderChanged(row: number): void {
    const { orders } = this.#broker
    const number = (column: Float64Array) => column[row] as number
    const status = endName(orders.status[row] as number, orders.reason[row] === orderReasonCode.margin)
    if (status === undefined) return
    const size = number(orders.executedSize)
    const price = number(orders.averagePrice)
    if (status !== 'Completed' && size !== 0) this.#seen.brokenOff.push({ row: this.#row, order: row, size })
    this.#seen.orders.push([this.#market.closeTime, status, size, price, number(orders.fees), number(orders.gain)])
  }

  executed(execution: Execution, market: Market): void {
    const { row, size, price } = execution
    this.#seen.fills.push({ row: this.#row, order: row, size, price })
    this.#trades.add(execution, market)
  }

  tradeChanged(
    row: number,
    closed: boolean,
    trade: Parameters<TradeListener['tradeChanged']>[2],
    market: Market,
  ): void {
    if (!closed) {
      this.#seen.trips_begun++
      return
    }
    const [, side, openTime] = [0, 1, 2].map((column) => this.#trades.rows.at(row, column))
    this.#seen.trips.push({
      row: this.#row,
      openTime: ensureDefined(openTime, 'entry time'),
      closeTime: market.closeTime,
      bars: market.sequence - trade.openedSequence,
      long: (side ?? 0) > 0,
      price: trade.price,
      pnl: trade.gross,
      fees: trade.fees,
    })
  }
}

/** How an order that is over ended; undefined while it is not. */
function endName(status: number, margin: boolean): string | undefined {
  switch (status) {
    case statusCode.filled:
      return 'Completed'
    case statusCode.cancelled:
      return margin ? 'Margin' : 'Canceled'
    case statusCode.expired:
      return 'Expired'
    case statusCode.rejected:
      return margin ? 'Margin' : 'Rejected'
    default:
      return undefined
  }
}
