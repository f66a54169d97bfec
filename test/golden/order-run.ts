import type { BrokerListener } from '../../core/broker/broker-listener.ts'
import type { Execution } from '../../core/broker/execution.ts'
import type { Market } from '../../core/broker/market.ts'
import { SimulatedBroker } from '../../core/broker/simulated-broker.ts'
import { TradeLedger, type TradeListener, tradeColumns } from '../../core/broker/trade-ledger.ts'
import { orderReasonCode } from '../../core/domain/order.ts'
import { statusCode } from '../../core/domain/order-state.ts'
import { BarMerge } from '../../core/engine/bar-merge.ts'
import { ensureDefined } from '../../core/lib/assert.ts'
import { type Action, type BarRow, type OrderArguments, rulesOf, type Scenario } from './order-case.ts'
import { marketOf, sizeOf, typeCodes, validUntil } from './order-terms.ts'

/** What a scenario made the broker say and do, in the rows of the reference files. Times are milliseconds. */
export interface Observed {
  readonly notifications: unknown[][]
  readonly trades: unknown[][]
  readonly bars: unknown[][]
  readonly openOrders: string[]
  readonly final: { readonly cash: number; readonly value: number }
}

/** Runs the calls of a scenario against the simulated broker, cycle by cycle (01 section 3.3). */
export function runScenario(scenario: Scenario, data: readonly (readonly BarRow[])[]): Observed {
  return new ScenarioRun(scenario, data).run()
}

class ScenarioRun implements BrokerListener, TradeListener {
  readonly #scenario: Scenario
  readonly #markets: Market[]
  readonly #broker: SimulatedBroker
  readonly #trades: TradeLedger
  readonly #rowByKey = new Map<string, number>()
  readonly #keyByRow: string[] = []
  readonly #pending: unknown[][] = []
  readonly #pendingTrades: unknown[][] = []
  readonly #seen: Observed
  readonly #withFund: boolean

  constructor(scenario: Scenario, data: readonly (readonly BarRow[])[]) {
    this.#scenario = scenario
    this.#markets = scenario.data.map((_, index) => marketOf(index, scenario, ensureDefined(data[index], 'bars')))
    this.#broker = new SimulatedBroker({
      rules: rulesOf(scenario),
      markets: this.#markets,
      cash: (scenario.broker.cash as number | undefined) ?? 10_000,
      fundStart: (scenario.broker.fundstartval as number | undefined) ?? 100,
      listener: this,
    })
    this.#trades = new TradeLedger(this.#broker.orders, { listener: this, reopens: true })
    this.#withFund = scenario.broker.fundmode === true || scenario.actions.some(({ op }) => op === 'add_cash')
    this.#seen = { notifications: [], trades: [], bars: [], openOrders: [], final: { cash: 0, value: 0 } }
  }

  /** Calls are made whenever `next` runs with that length of the first feed: twice if only the other feed moved on. */
  run(): Observed {
    const merge = new BarMerge(this.#markets)
    const first = ensureDefined(this.#markets[0], 'first feed')
    while (merge.advance()) {
      const ready = this.#markets.every((market) => market.i >= 0)
      const due = this.#scenario.actions.filter((action) => action.bar === first.sequence && ready)
      for (const action of due) if (action.phase === 'next_open') this.#act(action)
      this.#broker.step(merge.step)
      this.#deliver(first)
      for (const action of due) if (action.phase === undefined) this.#act(action)
    }
    const { account } = this.#broker
    const openOrders = this.#broker.working().map((row) => ensureDefined(this.#keyByRow[row], 'key'))
    return { ...this.#seen, openOrders, final: { cash: account.cash, value: account.value } }
  }

  orderChanged(row: number): void {
    const { orders } = this.#broker
    const number = (column: Float64Array) => column[row] as number
    const executedTime = number(orders.executedTime)
    this.#pending.push([
      row,
      this.#statusName(row),
      Number.isNaN(executedTime) ? null : executedTime,
      number(orders.averagePrice),
      number(orders.executedSize),
      number(orders.remaining),
      number(orders.executedValue),
      number(orders.fees),
      number(orders.gain),
    ])
  }

  executed(execution: Execution, market: Market): void {
    this.#trades.add(execution, market)
  }

  tradeChanged(
    row: number,
    closed: boolean,
    trade: Parameters<TradeListener['tradeChanged']>[2],
    market: Market,
  ): void {
    const value = (name: (typeof tradeColumns)[number]) => this.#trades.rows.at(row, tradeColumns.indexOf(name))
    const exitTime = value('exitTime')
    this.#pendingTrades.push([
      this.#scenario.data[market.index]?.name ?? `d${market.index}`,
      this.#broker.orders.tradeId[value('entryOrder') - 1],
      closed ? 'Closed' : 'Open',
      trade.size,
      trade.price,
      trade.value,
      trade.fees,
      trade.gross,
      trade.gross - trade.fees,
      value('side') > 0,
      value('entryTime'),
      Number.isNaN(exitTime) ? null : exitTime,
      market.sequence - trade.openedSequence,
    ])
  }

  #statusName(row: number): string {
    const { orders } = this.#broker
    const margin = orders.reason[row] === orderReasonCode.margin
    switch (orders.status[row]) {
      case statusCode.submitted:
        return 'Submitted'
      case statusCode.accepted:
      case statusCode.triggered:
        return 'Accepted'
      case statusCode['partially-filled']:
        return 'Partial'
      case statusCode.filled:
        return 'Completed'
      case statusCode.cancelled:
        return margin ? 'Margin' : 'Canceled'
      case statusCode.expired:
        return 'Expired'
      default:
        return margin ? 'Margin' : 'Rejected'
    }
  }

  #deliver(first: Market): void {
    const bar = first.sequence
    const now = first.closeTime
    const { orders } = this.#broker
    for (const [row, ...rest] of this.#pending.splice(0) as [number, ...unknown[]][]) {
      // Upstream's notified copy shares the created prices with the order: a trail of this cycle already shows
      const created = [orders.price[row], orders.limit[row]]
      this.#seen.notifications.push([bar, now, ensureDefined(this.#keyByRow[row], 'key'), ...rest, ...created])
    }
    for (const trade of this.#pendingTrades.splice(0)) this.#seen.trades.push([bar, ...trade])
    const { account } = this.#broker
    const fund = this.#withFund ? [account.fundValue, account.fundShares] : []
    const positions = this.#markets.map(({ size, price }) => [size, price])
    this.#seen.bars.push([now, account.cash, account.value, positions, ...fund])
  }

  #act(action: Action): void {
    const market = ensureDefined(this.#markets[action.data ?? 0], 'feed')
    switch (action.op) {
      case 'buy':
        this.#order(market, 1, action, action.key)
        return
      case 'sell':
        this.#order(market, -1, action, action.key)
        return
      case 'close':
        this.#close(market, action)
        return
      case 'cancel':
        this.#cancel(String(action.target))
        return
      case 'add_cash':
        this.#broker.account.deposit(action.amount ?? 0)
        return
      case 'buy_bracket':
        this.#bracket(market, 1, action)
        return
      case 'sell_bracket':
        this.#bracket(market, -1, action)
        return
      case 'order_target_size':
        this.#targetSize(market, action)
        return
      case 'order_target_value':
        this.#targetValue(market, action, Number(action.target))
        return
      case 'order_target_percent':
        this.#targetValue(market, action, Number(action.target) * this.#broker.account.value)
        return
      default:
        throw new Error(`operation ${action.op} is not known`)
    }
  }

  #cancel(key: string): void {
    const row = this.#rowByKey.get(key)
    if (row !== undefined) this.#broker.cancel(row)
  }

  #close(market: Market, action: Action, price?: number): void {
    if (market.size === 0) return
    const size = Math.abs(action.size ?? market.size)
    this.#order(
      market,
      -Math.sign(market.size),
      { ...action, size, ...(price === undefined ? {} : { price }) },
      action.key,
    )
  }

  #targetSize(market: Market, action: Action): void {
    const target = Number(action.target)
    const missing = target - market.size
    if (target === 0 && market.size !== 0) this.#close(market, action)
    else if (missing !== 0) {
      this.#order(market, Math.sign(missing), { ...action, size: Math.abs(missing) }, action.key)
    }
  }

  #targetValue(market: Market, action: Action, target: number): void {
    if (target === 0 && market.size !== 0) {
      this.#close(market, action)
      return
    }
    const value = this.#broker.account.positionValue(market, market.close)
    const price = action.price ?? market.close
    const size = market.commission.affordable(price, Math.abs(target - value))
    if (target !== value) this.#order(market, Math.sign(target - value), { ...action, size, price }, action.key)
  }

  #bracket(market: Market, side: number, action: Action): void {
    const {
      oargs,
      stopprice,
      stopexec = 'Stop',
      stopargs,
      limitprice,
      limitexec = 'Limit',
      limitargs,
      ...main
    } = ensureDefined(action.bracket, 'bracket')
    const key = ensureDefined(action.key, 'key')
    const { valid, tradeid } = main
    const shared = { ...(valid === undefined ? {} : { valid }), ...(tradeid === undefined ? {} : { tradeid }) }
    const transmit = stopexec === null && limitexec === null
    const entry = { exectype: 'Limit', ...main, ...oargs, transmit }
    const parent = this.#order(market, side, entry, `${key}.main`)
    if (parent === undefined) return
    const size = this.#broker.orders.quantity[parent] as number
    const leg = { ...shared, size, parent: `${key}.main` }
    if (stopexec !== null) {
      const stop = { ...leg, exectype: stopexec, ...priced(stopprice), ...stopargs, transmit: limitexec === null }
      this.#order(market, -side, stop, `${key}.stop`)
    }
    if (limitexec !== null) {
      const limit = { ...leg, exectype: limitexec, ...priced(limitprice), ...limitargs, transmit: true }
      this.#order(market, -side, limit, `${key}.limit`)
    }
  }

  #order(market: Market, side: number, given: OrderArguments, key: string | undefined): number | undefined {
    const size = Math.abs(given.size ?? sizeOf(this.#scenario.sizer, market, this.#broker.account.cash))
    if (size === 0) return undefined
    const { orders } = this.#broker
    const row = orders.add(market.index, side, typeCodes[given.exectype ?? 'Market'] as number, size)
    orders.tradeId[row] = given.tradeid ?? 0
    orders.price[row] = given.price ?? Number.NaN
    orders.limit[row] = given.plimit ?? Number.NaN
    if (given.trailamount !== undefined) orders.setTrail(row, given.trailamount, Number.NaN)
    else if (given.trailpercent !== undefined) orders.setTrail(row, Number.NaN, given.trailpercent)
    orders.validUntil[row] = validUntil(given.valid, market.closeTime)
    const parent = given.parent === undefined ? undefined : this.#rowByKey.get(given.parent)
    if (parent !== undefined) orders.parent[row] = parent
    this.#broker.stamp(row)
    this.#keyByRow[row] = key ?? `#${row + 1}`
    const other = given.oco === undefined ? -1 : (this.#rowByKey.get(given.oco) ?? -1)
    if (key !== undefined) this.#rowByKey.set(key, row)
    this.#broker.submit(row, other, given.transmit ?? true)
    return row
  }
}

function priced(price: number | undefined): { price?: number } {
  return price === undefined ? {} : { price }
}
