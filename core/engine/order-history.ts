import type { Broker } from '../broker/broker.ts'
import type { Market } from '../broker/market.ts'
import { DomainError } from '../domain/errors.ts'
import { orderTypeCode } from '../domain/order.ts'
import type { HistoricalFill } from './cost-config.ts'
import type { InstrumentApi } from './instrument.ts'

/** A fill on its market. */
type DueFill = HistoricalFill & { readonly market: Market }

/**
 * Replays fills that happened elsewhere (backtrader's add_order_history): each is booked at its own price and time in
 * the first step whose bar of its instrument closes at or after it.
 */
export class OrderHistory {
  readonly #fills: readonly DueFill[]
  readonly #broker: Broker
  readonly #isDone: Uint8Array
  #first = 0

  constructor(
    history: readonly HistoricalFill[],
    broker: Broker,
    markets: readonly Market[],
    instruments: readonly InstrumentApi[],
  ) {
    this.#broker = broker
    this.#fills = history
      .filter(({ size }) => size !== 0)
      .map((fill) => {
        const index = instruments.findIndex(({ id, symbol }) => id === fill.instrument || symbol === fill.instrument)
        const market = markets[index]
        if (market === undefined) throw new DomainError('instrument.unknown', { instrument: fill.instrument })
        return { ...fill, market }
      })
      .sort((a, b) => a.time - b.time)
    this.#isDone = new Uint8Array(this.#fills.length)
  }

  /** Sends the orders whose time the markets of this step have reached. */
  send(step: number): void {
    for (let index = this.#first; index < this.#fills.length; index++) {
      const fill = this.#fills[index] as DueFill
      if (this.#isDone[index] === 1) continue
      if (fill.market.step !== step || fill.time > fill.market.closeTime) continue
      this.#isDone[index] = 1
      this.#send(fill, fill.market)
    }
    while (this.#isDone[this.#first] === 1) this.#first++
  }

  #send({ time, size, price }: HistoricalFill, market: Market): void {
    const { orders } = this.#broker
    const row = orders.add(market.index, Math.sign(size), orderTypeCode.historical, Math.abs(size))
    orders.price[row] = price
    this.#broker.stamp(row)
    orders.createdTime[row] = time
    // It matches in this very step
    orders.createdSequence[row] = market.sequence - 1
    this.#broker.submit(row)
  }
}
