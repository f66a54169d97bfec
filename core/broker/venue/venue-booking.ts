import type { Account } from '../account.ts'
import type { BrokerOptions } from '../broker-options.ts'
import { book, Execution } from '../execution.ts'
import type { Market } from '../market.ts'
import type { OrderTable } from '../order-table.ts'
import type { VenueFill } from './venue-messages.ts'

/** Parts that miss the whole by less than this share of it are the whole: sums of floats. */
const tolerance = 1e-9

/**
 * Books what a venue says. A fee taken in units of the instrument makes the position that much smaller, and is money at
 * the price of the fill; what an exit then leaves that is less than a lot cannot be traded and is written off with it,
 * so that flat is flat.
 */
export class VenueBooking {
  readonly #orders: OrderTable
  readonly #account: Account
  readonly #options: Pick<BrokerOptions, 'rules' | 'grids'>
  readonly #execution = new Execution()
  /** The last price when an order was sent: what its slippage is measured from. */
  readonly #references = new Map<number, number>()
  /** Units that each order has brought, less fees. */
  readonly #received = new Map<number, number>()

  constructor(orders: OrderTable, account: Account, options: Pick<BrokerOptions, 'rules' | 'grids'>) {
    this.#orders = orders
    this.#account = account
    this.#options = options
    this.#execution.isForced = true
  }

  sent(row: number, market: Market): void {
    this.#references.set(row, market.i < 0 ? Number.NaN : market.close)
  }

  /** Changes order, position and money; the record is reused. */
  book(row: number, market: Market, { time, quantity, price, fee, unitFee }: VenueFill): Execution {
    const { rules } = this.#options
    const execution = this.#execution
    const side = this.#orders.side[row] as number
    const received = this.#netOf(side, quantity, unitFee, market)
    execution.row = row
    execution.time = time
    execution.price = price
    execution.size = side * received
    execution.reference = this.#referenceOf(row, price)
    // What is missing in units is there in money
    execution.givenFee = fee + side * (quantity - received) * price * market.commission.multiplier
    this.#account.cash = book(execution, market, rules, this.#account.cash)
    this.#account.mark()
    const net = execution.size
    this.#received.set(row, this.receivedBy(row) + received)
    execution.size = side * quantity
    this.#settleRest(row, quantity, this.#lotOf(market))
    this.#orders.addFill(execution)
    execution.size = net
    return execution
  }

  /** Units that the position changes by: less the fee of a purchase, more the dust of an exit. */
  #netOf(side: number, quantity: number, unitFee: number, market: Market): number {
    const after = market.size + side * (quantity - (side > 0 ? unitFee : 0))
    const lot = this.#lotOf(market)
    const isExit = market.size !== 0 && Math.sign(market.size) !== side
    if (isExit && Math.abs(after) < lot * (1 - tolerance)) return Math.abs(market.size)
    return quantity - (side > 0 ? unitFee : 0)
  }

  /** A rest that is nothing but rounding, less than a lot, or less than nothing, is none. */
  #settleRest(row: number, quantity: number, lot: number): void {
    const { remaining, side } = this.#orders
    const rest = Math.abs(remaining[row] as number) - quantity
    if (rest <= tolerance * quantity || rest < lot * (1 - tolerance)) remaining[row] = (side[row] as number) * quantity
  }

  /** Units that an order has brought so far, less what was taken of them as a fee. */
  receivedBy(row: number): number {
    return this.#received.get(row) ?? 0
  }

  #lotOf({ index }: Market): number {
    return this.#options.grids?.[index]?.lotSize ?? 0
  }

  #referenceOf(row: number, price: number): number {
    const known = this.#references.get(row)
    return known === undefined || Number.isNaN(known) ? price : known
  }
}
