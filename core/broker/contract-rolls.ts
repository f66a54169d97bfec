import type { ContractSpan } from '../domain/contract-span.ts'
import { lowerBound } from '../lib/columns.ts'
import type { Account } from './account.ts'
import type { Broker } from './broker.ts'
import type { BrokerListener } from './broker-listener.ts'
import type { BrokerOptions } from './broker-options.ts'
import type { Commission } from './commission.ts'
import { ContractRoll } from './contract-roll.ts'
import type { Market } from './market.ts'
import type { SlippageRules } from './slippage.ts'

interface RollingMarket {
  readonly market: Market
  /** Row at which each span begins. */
  readonly starts: readonly number[]
  at: number
}

/**
 * Carries positions from contract to contract where the run is over a continuous series: sold at the last price of the
 * old contract and bought at that plus the gap of the roll (the other way round for short ones), at the costs of two
 * trades, before anything else happens on the first bar of the new one. Where the two never had a price together, the
 * first open of the new one stands for it.
 */
export class ContractRolls {
  readonly #rolling: readonly RollingMarket[]
  readonly #slippage: SlippageRules
  readonly #listener: BrokerListener
  readonly #broker: Pick<Broker, 'orders' | 'working' | 'reprice'>
  readonly #roll = new ContractRoll()

  constructor(
    { markets, rules, listener }: Pick<BrokerOptions, 'markets' | 'rules' | 'listener'>,
    broker: Pick<Broker, 'orders' | 'working' | 'reprice'>,
  ) {
    this.#slippage = rules.slippage
    this.#listener = listener
    this.#broker = broker
    this.#rolling = markets.filter(({ spans }) => spans.length > 0).map(begin)
  }

  get isEmpty(): boolean {
    return this.#rolling.length === 0
  }

  /** To be called when the markets have moved, before orders are tried. */
  run(account: Account): void {
    for (const rolling of this.#rolling) {
      while ((rolling.starts[rolling.at + 1] ?? Number.POSITIVE_INFINITY) <= rolling.market.bar) {
        rolling.at++
        this.#enter(rolling, account)
      }
    }
  }

  #enter({ market, starts, at }: RollingMarket, account: Account): void {
    const span = market.spans[at] as ContractSpan
    const row = starts[at] as number
    const from = market.commission
    const to = from.at(span)
    const oldPrice = from.traded(market.bars.close[row - 1] as number)
    const roll = this.#roll
    roll.start(from, to, oldPrice, span.gap ?? to.traded(market.bars.open[row] as number) - oldPrice)
    roll.span = at
    roll.time = market.bars.time[row] as number
    market.commission = to
    this.#charge(roll, market, account)
    if (from.isAlike(to)) this.#moveOrders(market, roll.newPrice - roll.oldPrice)
    this.#listener.rolled?.(roll, market)
  }

  /** Where the series itself jumps with the contract, the levels of waiting orders go with it. */
  #moveOrders({ index }: Market, points: number): void {
    const { orders } = this.#broker
    for (const row of this.#broker.working()) {
      if (orders.instrument[row] !== index) continue
      this.#broker.reprice(row, (orders.price[row] as number) + points, (orders.limit[row] as number) + points)
      orders.target[row] = (orders.target[row] as number) + points
      orders.stop[row] = (orders.stop[row] as number) + points
    }
  }

  #charge(roll: ContractRoll, market: Market, account: Account): void {
    const { from, to, oldPrice, newPrice } = roll
    const { size } = market
    roll.size = size
    roll.worse = this.#slip(oldPrice) + this.#slip(newPrice)
    roll.fee = 0
    roll.slippage = 0
    if (size === 0 || from === undefined || to === undefined) return
    roll.fee = from.fee(size, from.shown(oldPrice)) + to.fee(size, to.shown(newPrice))
    roll.slippage = Math.abs(size) * roll.worse * to.multiplier
    const tiedUp = paid(from, size, market.price)
    market.price = roll.carried(market.price, Math.sign(size))
    market.settledPrice = roll.moved(market.settledPrice)
    account.cash += tiedUp - paid(to, size, market.price) - roll.fee - (to.stockLike ? 0 : roll.slippage)
  }

  /** Points that one side of a roll is worse by: it is a market order. */
  #slip(price: number): number {
    const { ratio, points, atOpen } = this.#slippage
    if (!atOpen) return 0
    return ratio === 0 ? points : ratio * Math.abs(price)
  }
}

function begin(market: Market): RollingMarket {
  const starts = market.spans.map(({ first }) => lowerBound(market.columns.time, first))
  let at = 0
  while (starts[at + 1] === 0) at++
  market.commission = market.commission.at(market.spans[at] as ContractSpan)
  return { market, starts, at }
}

/** Cash that a position ties up, leverage taken into account; negative for stock sold short. */
function paid(commission: Commission, size: number, price: number): number {
  const value = commission.value(size, price)
  return value > 0 ? value / commission.leverage : value
}
