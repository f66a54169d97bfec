import { decimalsOf, type VenueMarket, type VenueSymbol } from './venue-market.ts'

/** An order at the stand-in. */
export interface StandInOrder {
  readonly id: number
  readonly clientId: string
  readonly symbol: VenueSymbol
  readonly side: 'BUY' | 'SELL'
  readonly type: 'LIMIT' | 'MARKET'
  readonly timeInForce: string
  readonly price: number
  readonly quantity: number
  readonly time: number
  filled: number
  paid: number
  status: 'NEW' | 'PARTIALLY_FILLED' | 'FILLED' | 'CANCELED' | 'EXPIRED' | 'REJECTED'
}

export interface StandInTrade {
  readonly id: number
  readonly order: StandInOrder
  readonly time: number
  readonly price: number
  readonly quantity: number
  readonly fee: number
  readonly feeIn: string
}

export interface Refusal {
  readonly code: number
  readonly msg: string
}

const feeRate = 0.001

/**
 * One account at the stand-in: balances, orders, executions. Fees are taken from what is received, as Binance does. It
 * is its own truth: tests compare what the workstation says with it.
 */
export class ExchangeAccount {
  readonly orders: StandInOrder[] = []
  readonly trades: StandInTrade[] = []
  readonly balances: Map<string, number>
  /** The share of an order that one match fills at most; 1: all of it. */
  share = 1
  /** Refuses new orders with this, until null. */
  refusal: Refusal | null = null
  readonly #market: VenueMarket
  readonly #onMargin: boolean
  readonly #told: ((order: StandInOrder, trade: StandInTrade | null) => void)[] = []

  /** `onMargin`: nothing is refused for want of money, and fees are taken in it. */
  constructor(market: VenueMarket, { currency = 'USDT', onMargin = false } = {}) {
    this.#market = market
    this.balances = new Map([[currency, 1_000_000]])
    this.#onMargin = onMargin
  }

  onChange(call: (order: StandInOrder, trade: StandInTrade | null) => void): void {
    this.#told.push(call)
  }

  balanceOf(currency: string): number {
    return this.balances.get(currency) ?? 0
  }

  lockedOf(currency: string): number {
    return this.open().reduce((sum, order) => {
      const { symbol, side, quantity, filled, price } = order
      if (side === 'SELL') return symbol.base === currency ? sum + quantity - filled : sum
      return symbol.quote === currency ? sum + (quantity - filled) * price : sum
    }, 0)
  }

  open(): StandInOrder[] {
    return this.orders.filter(({ status }) => status === 'NEW' || status === 'PARTIALLY_FILLED')
  }

  find({ orderId, clientId }: { readonly orderId?: string | null; readonly clientId?: string | null }) {
    return this.orders.find((order) => (orderId ? String(order.id) === orderId : order.clientId === clientId))
  }

  place(wanted: Omit<StandInOrder, 'id' | 'filled' | 'paid' | 'status'>): StandInOrder | Refusal {
    if (this.refusal !== null) return this.refusal
    if (this.open().some(({ clientId }) => clientId === wanted.clientId))
      return { code: -2010, msg: 'Duplicate order sent.' }
    const { symbol, side, quantity } = wanted
    const price = wanted.type === 'LIMIT' ? wanted.price : this.#market.quote(symbol, wanted.time).ask
    const [currency, amount] = side === 'BUY' ? [symbol.quote, quantity * price] : [symbol.base, quantity]
    if (!this.#onMargin && this.balanceOf(currency) - this.lockedOf(currency) < amount - 1e-12)
      return { code: -2010, msg: 'Account has insufficient balance for requested action.' }
    const order: StandInOrder = { ...wanted, id: 1000 + this.orders.length, filled: 0, paid: 0, status: 'NEW' }
    this.orders.push(order)
    this.#tell(order, null)
    this.#match(order, wanted.time)
    if (isOpen(order) && (order.type === 'MARKET' || order.timeInForce === 'IOC' || order.timeInForce === 'FOK'))
      this.#end(order, 'EXPIRED')
    return order
  }

  cancel(order: StandInOrder): boolean {
    if (!isOpen(order)) return false
    this.#end(order, 'CANCELED')
    return true
  }

  /** Matches what rests with the prices of now. */
  match(now: number): void {
    for (const order of this.open()) this.#match(order, now)
  }

  #match(order: StandInOrder, now: number): void {
    const { bid, ask } = this.#market.quote(order.symbol, now)
    const isBuy = order.side === 'BUY'
    const price = isBuy ? ask : bid
    if (order.type === 'LIMIT' && (isBuy ? order.price < price : order.price > price)) return
    const lot = order.symbol.lotSize
    const share = order.type === 'MARKET' ? 1 : this.share
    // All or nothing takes nothing where a part is all there is
    if (order.timeInForce === 'FOK' && share < 1) return
    const part = Math.max(lot, Math.floor((order.quantity * share) / lot + 1e-9) * lot)
    this.#fill(order, Number(Math.min(part, order.quantity - order.filled).toFixed(decimalsOf(lot))), price, now)
  }

  #fill(order: StandInOrder, quantity: number, price: number, time: number): void {
    const { symbol, side } = order
    const isBuy = side === 'BUY'
    const inUnits = isBuy && !this.#onMargin
    const feeIn = inUnits ? symbol.base : symbol.quote
    const fee = (inUnits ? quantity : quantity * price) * feeRate
    order.filled = Number((order.filled + quantity).toFixed(decimalsOf(symbol.lotSize)))
    order.paid += quantity * price
    order.status = order.filled >= order.quantity ? 'FILLED' : 'PARTIALLY_FILLED'
    this.#add(symbol.base, isBuy ? quantity : -quantity)
    this.#add(symbol.quote, isBuy ? -quantity * price : quantity * price)
    this.#add(feeIn, -fee)
    const trade = { id: 5000 + this.trades.length, order, time, price, quantity, fee, feeIn }
    this.trades.push(trade)
    this.#tell(order, trade)
  }

  #end(order: StandInOrder, status: 'CANCELED' | 'EXPIRED'): void {
    order.status = status
    this.#tell(order, null)
  }

  #add(currency: string, amount: number): void {
    this.balances.set(currency, this.balanceOf(currency) + amount)
  }

  #tell(order: StandInOrder, trade: StandInTrade | null): void {
    for (const call of this.#told) call(order, trade)
  }
}

function isOpen({ status }: StandInOrder): boolean {
  return status === 'NEW' || status === 'PARTIALLY_FILLED'
}
