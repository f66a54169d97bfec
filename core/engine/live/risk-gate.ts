import { dayNumber } from '../../broker/day-number.ts'
import { reduces } from '../../broker/execution.ts'
import type { Market } from '../../broker/market.ts'
import { orderReasonCode, orderTypeCode } from '../../domain/order.ts'
import type { Session } from '../session.ts'
import { noLimits, type RiskLimits } from './risk-limits.ts'

const minuteMs = 60_000

interface SentOrder {
  readonly at: number
  readonly key: string
}

/** How much may still be opened of one instrument; null: no limit says. */
export interface Headroom {
  readonly quantity: number | null
  /** True: nothing may be opened, whatever the size. */
  readonly closed: boolean
}

/** Checks every order of a live run against its limits; see RiskLimits. */
export class RiskGate {
  limits: RiskLimits = noLimits
  /** True: nothing new is opened. */
  paused = false
  /** Units of the order by hand that is being carried out, in however many parts; 0: none. */
  commandUnits = 0
  readonly #session: Session
  #sent: SentOrder[] = []
  #day = Number.NaN
  #dayEquity: number

  readonly #isUnresolved: () => boolean

  /** `isUnresolved`: nobody knows what became of an order; then nothing new is sent, exits neither. */
  constructor(session: Session, isUnresolved: () => boolean) {
    this.#session = session
    this.#isUnresolved = isUnresolved
    this.#dayEquity = session.initialCash
  }

  /** Equity at the beginning of the day, money. */
  get dayEquity(): number {
    return this.#dayEquity
  }

  /** Notes that a day has begun; to be called with every step, before anything is sent. */
  passTime(now: number, equity: number): void {
    const zone = this.#session.markets[0]?.zone ?? 'UTC'
    const day = dayNumber(now, zone)
    if (day === this.#day) return
    this.#day = day
    this.#dayEquity = equity
  }

  /** Why this draft must not be sent; 0: it may. An order that passes counts towards rate and repetition. */
  check(row: number): number {
    const { orders } = this.#session.broker
    const market = this.#session.markets[orders.instrument[row] as number] as Market
    const change = (orders.side[row] as number) * (orders.quantity[row] as number)
    if (this.#isUnresolved()) return orderReasonCode.unresolved
    if (reduces(market.size, change)) return 0
    const refusal = this.#refusal(row, market, change)
    if (refusal === 0) this.#sent.push({ at: this.#session.merge.now, key: this.#keyOf(row) })
    return refusal
  }

  /** What may still be opened on a side (1 or −1). */
  headroom(market: Market, side: number): Headroom {
    const { orderQuantity, position, exposure } = this.limits
    const waiting = Math.abs(this.#waiting(-1, market, side))
    const room = [
      ...(orderQuantity === null ? [] : [orderQuantity]),
      ...(position === null ? [] : [position - side * market.size - waiting]),
      ...(exposure === null
        ? []
        : [(exposure - this.#gross() - this.#waitingElsewhere(market)) / this.#unitValue(market) - waiting]),
    ]
    return {
      quantity: room.length === 0 ? null : Math.max(0, Math.min(...room)),
      closed: this.paused || this.#lossReached() || this.#isUnresolved(),
    }
  }

  #refusal(row: number, market: Market, change: number): number {
    const { limits } = this
    if (this.paused) return orderReasonCode.paused
    if (this.#lossReached()) return orderReasonCode.riskLoss
    if (exceeds(Math.max(Math.abs(change), this.commandUnits), limits.orderQuantity))
      return orderReasonCode.riskQuantity
    const waiting = this.#waiting(row, market, change)
    if (exceeds(Math.abs(market.size + waiting + change), limits.position)) return orderReasonCode.riskPosition
    const added = Math.abs(waiting + change) * this.#unitValue(market)
    if (exceeds(this.#gross() + this.#waitingElsewhere(market) + added, limits.exposure))
      return orderReasonCode.riskExposure
    if (this.#isFarOff(row, market)) return orderReasonCode.riskCollar
    return this.#refusalByHistory(row)
  }

  /** Units, signed, that entries of the same side may still fill: several that pass one by one must not pass together. */
  #waiting(row: number, market: Market, change: number): number {
    const { broker } = this.#session
    const { orders } = broker
    let units = 0
    for (const other of broker.working()) {
      if (other === row || orders.instrument[other] !== market.index) continue
      if (orders.side[other] === Math.sign(change)) units += this.#opens(other, market)
    }
    return units
  }

  /** What waiting entries of other instruments would be worth, money; before a price is heard, by their own. */
  #waitingElsewhere(market: Market): number {
    const { broker, markets } = this.#session
    return broker.working().reduce((sum, row) => {
      const own = markets[broker.orders.instrument[row] as number] as Market
      if (own === market) return sum
      const { close, commission } = own
      const price = Number.isNaN(close) ? (broker.orders.price[row] as number) : close
      return sum + Math.abs(this.#opens(row, own) * (price || 0)) * commission.multiplier
    }, 0)
  }

  /** Units, signed, that a working order may still add to a position; 0 for exits and for what makes it smaller. */
  #opens(row: number, { size }: Market): number {
    const { orders } = this.#session.broker
    const rest = orders.remaining[row] as number
    return (orders.parent[row] as number) >= 0 || reduces(size, rest) ? 0 : rest
  }

  #refusalByHistory(row: number): number {
    const { ordersPerMinute, repeatMs } = this.limits
    const { now } = this.#session.merge
    const window = Math.max(minuteMs, repeatMs ?? 0)
    this.#sent = this.#sent.filter(({ at }) => at > now - window)
    if (ordersPerMinute !== null && this.#sent.filter(({ at }) => at > now - minuteMs).length >= ordersPerMinute)
      return orderReasonCode.riskRate
    const key = this.#keyOf(row)
    if (repeatMs !== null && this.#sent.some((sent) => sent.key === key && sent.at > now - repeatMs))
      return orderReasonCode.riskDuplicate
    return 0
  }

  #lossReached(): boolean {
    const { dailyLoss } = this.limits
    return dailyLoss !== null && this.#dayEquity - this.#session.broker.account.value >= dailyLoss
  }

  #isFarOff(row: number, market: Market): boolean {
    const { pricePercent } = this.limits
    const { orders } = this.#session.broker
    const type = orders.type[row] as number
    if (pricePercent === null || type <= orderTypeCode.close) return false
    const furthest = (pricePercent / 100) * Math.abs(market.close)
    return [orders.price[row], orders.limit[row]].some(
      (price) => price !== undefined && Math.abs(price - market.close) > furthest,
    )
  }

  #gross(): number {
    return this.#session.markets.reduce(
      (sum, market) => sum + (market.size === 0 ? 0 : Math.abs(market.size) * this.#unitValue(market)),
      0,
    )
  }

  #unitValue({ close, commission }: Market): number {
    return Math.abs(close) * commission.multiplier
  }

  #keyOf(row: number): string {
    const { instrument, side, quantity, type, price, target } = this.#session.broker.orders
    return [instrument[row], side[row], quantity[row], type[row], price[row], target[row]].join(' ')
  }
}

function exceeds(value: number, limit: number | null): boolean {
  return limit !== null && value > limit
}
