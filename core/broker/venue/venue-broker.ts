import { orderReasonCode } from '../../domain/order.ts'
import type { OrderPlace } from '../../domain/order-place.ts'
import { eventCode, statusCode } from '../../domain/order-state.ts'
import { Account } from '../account.ts'
import type { Broker } from '../broker.ts'
import type { BrokerListener } from '../broker-listener.ts'
import type { BrokerOptions, Grid } from '../broker-options.ts'
import type { Market } from '../market.ts'
import { Matcher } from '../matching.ts'
import { OrderDesk } from '../order-desk.ts'
import { isExpired } from '../order-expiry.ts'
import { stampOrder, startTrail, trails } from '../order-stamp.ts'
import { type OrderTable, orderFlag } from '../order-table.ts'
import { areRivals, shareSide } from './rivals.ts'
import { type Sending, Sendings } from './sendings.ts'
import { VenueBooking } from './venue-booking.ts'
import type { OpenSending, VenueFill, VenueIntent, VenueNews, VenueReport } from './venue-messages.ts'
import { endAtVenue, goesAtOnce, goOn, placeIntent, wholeLots } from './venue-words.ts'
import { WaitingExits } from './waiting-exits.ts'

export interface VenueBrokerOptions extends BrokerOptions {
  /** Begins our names of orders at the venue; no other run may have it. */
  readonly prefix: string
  /** Hears what a person should know of an order. */
  note(text: string): void
}

const anyStep: Grid = { tickSize: 0, lotSize: 0 }

/**
 * Orders at a real venue. Market and limit orders go there; stops, trailing stops and orders for the close wait in the
 * service's own book until a price meets them, and then go as market or limit orders. It sends nothing itself: it says
 * what it wants (`takeIntents`), and what became of it must be told (`hear`). The same calls in the same order
 * give the same intents.
 *
 * Of a bracket or group only one exit is ever under way: a stop that is met first asks its rivals back, and goes when the
 * venue has let go of them, with what they have left of it.
 */
export class VenueBroker implements Broker {
  readonly walk = undefined
  readonly orders: OrderTable
  readonly account: Account
  readonly #markets: readonly Market[]
  readonly #listener: BrokerListener
  readonly #note: (text: string) => void
  readonly #grids: readonly Grid[]
  readonly #desk: OrderDesk
  readonly #matcher: Matcher
  readonly #booking: VenueBooking
  readonly #sendings: Sendings
  /** Orders of the book whose price was met. */
  readonly #due = new Set<number>()
  readonly #exits: WaitingExits
  #intents: VenueIntent[] = []
  #step = 0

  constructor(options: VenueBrokerOptions) {
    this.#markets = options.markets
    this.#grids = options.grids ?? []
    this.#listener = options.listener
    this.#note = (text) => options.note(text)
    this.account = new Account(options.markets, options.rules, options.cash, options.fundStart ?? 100)
    this.#desk = new OrderDesk(options)
    this.#desk.askBack = (row, reason) => this.#askBack(row, { reason })
    this.orders = this.#desk.orders
    this.#matcher = new Matcher(options.rules, this.orders)
    this.#booking = new VenueBooking(this.orders, this.account, options)
    this.#sendings = new Sendings(options.prefix)
    this.#exits = new WaitingExits(this.orders)
  }

  working(): number[] {
    return this.#desk.working()
  }

  stamp(row: number): void {
    stampOrder(this.orders, row, this.#marketOf(row), 0)
    if (trails(this.orders, row)) this.#matcher.trail(row, startTrail(this.orders, row))
  }

  submit(row: number, other = -1, transmit = true): void {
    this.#desk.submit(row, other, transmit)
  }

  isWorking(row: number): boolean {
    return this.orders.isWorking(row)
  }

  cancel(row: number, reason: number = orderReasonCode.user): boolean {
    return this.#desk.cancel(row, reason)
  }

  isIdle(): boolean {
    return false
  }

  reprice(row: number, price: number, limit: number): void {
    this.orders.price[row] = price
    this.orders.limit[row] = limit
    this.#askBack(row, { reason: orderReasonCode.none, after: 'again' })
  }

  /** Looks at the book's own orders with the market's new price, and values the account. */
  step(step: number): void {
    this.#step = step
    const { account } = this
    account.chargeInterest()
    for (const row of this.working()) this.#watch(row, this.#marketOf(row))
    account.settle()
    account.mark()
  }

  /** Decides what goes to the venue now; to be called after everything that may have changed an order. */
  dispatch(now: number): void {
    this.#desk.open(this.account.cash)
    for (const row of this.working()) if (this.#isReady(row)) this.#place(row, now)
  }

  /** What is to be sent, in this order; each thing once. */
  takeIntents(): VenueIntent[] {
    const intents = this.#intents
    this.#intents = []
    return intents
  }

  /** Hears what became of a sending. What is known already changes nothing; false for one that is not ours. */
  hear(report: VenueReport): boolean {
    const sending = this.#sendings.named(report.id)
    if (sending === undefined) return false
    if (report.kind === 'fill') {
      if (sending.trades.has(report.trade)) return true
      sending.trades.add(report.trade)
      this.#filled(sending, report)
    } else if (!sending.isOver) this.#changed(sending, report)
    return true
  }

  /** Where a working order lives. */
  placeOf(row: number): OrderPlace {
    return this.#sendings.placeOf(row)
  }

  /** What is at the venue as far as is known, or on its way there and back. */
  openSendings(): OpenSending[] {
    return [...this.#sendings.open].flatMap(({ intent, isAsked }) =>
      intent === undefined ? [] : [{ intent, isAsked }],
    )
  }

  /** True while nobody knows what became of an order at the venue. */
  get isUnresolved(): boolean {
    for (const { place } of this.#sendings.open) if (place === 'unknown') return true
    return false
  }

  #watch(row: number, market: Market): void {
    const { orders } = this
    if (isExpired(orders, row, market)) {
      if (!this.#askBack(row, { reason: orderReasonCode.expired, event: 'expire' })) this.#desk.expire(row)
      return
    }
    if (orders.has(row, orderFlag.inactive) || goesAtOnce(orders, row) || this.#due.has(row)) return
    const isNew = market.sequence <= (orders.createdSequence[row] as number)
    if (market.step !== this.#step || market.onlyShown || isNew) return
    const isTrailing = trails(orders, row)
    const isMet = !Number.isNaN(this.#matcher.match(row, market)) || orders.has(row, orderFlag.triggered)
    if (isMet) this.#due.add(row)
    else if (isTrailing) this.#matcher.trailAfter(row, market)
  }

  #isReady(row: number): boolean {
    if (!this.orders.isWorking(row)) return false
    if (this.orders.has(row, orderFlag.inactive) || this.#sendings.of(row) !== undefined) return false
    const isDue = this.#due.has(row)
    if (!isDue && !goesAtOnce(this.orders, row)) return false
    if (isDue && this.#asksRivals(row)) return false
    return this.#mayExit(row)
  }

  /** Asks back what would close the same units at the venue; true while any of it is there. */
  #asksRivals(row: number): boolean {
    const rivals = [...this.#sendings.open].filter(
      ({ row: other }) => other !== row && areRivals(this.orders, row, other),
    )
    for (const { row: rival } of rivals) this.#askBack(rival, { reason: orderReasonCode.bracket, after: 'alone' })
    return rivals.length > 0
  }

  /** An exit waits while others of its side are being asked back, which may fill on their way. */
  #mayExit(row: number): boolean {
    const isHeldUp = [...this.#sendings.open].some(
      ({ row: other, isAsked }) => isAsked && other !== row && shareSide(this.orders, row, other),
    )
    const verdict = this.#exits.decide(row, this.#marketOf(row).size, isHeldUp)
    if (verdict === 'needless') this.#desk.end(row, 'cancel', orderReasonCode.exit)
    return verdict === 'go'
  }

  #place(row: number, at: number): void {
    const market = this.#marketOf(row)
    const grid = this.#grids[market.index] ?? anyStep
    if (wholeLots(Math.abs(this.orders.remaining[row] as number), grid) === 0) {
      this.#desk.end(row, 'cancel', orderReasonCode.lot)
      return
    }
    const sending = this.#sendings.begin(row)
    sending.intent = placeIntent(this.orders, row, { id: sending.id, at, held: market.size, grid })
    this.#intents.push(sending.intent)
    this.#booking.sent(row, market)
    this.#listener.orderChanged(row)
  }

  /** Asks for an order that is at the venue; false when it is not there. */
  #askBack(row: number, wish: Partial<Pick<Sending, 'reason' | 'after' | 'event'>>): boolean {
    const sending = this.#sendings.of(row)
    if (sending === undefined) return false
    const { orders } = this
    // Whoever wants its end has the last word; a new price has not
    if (wish.after !== 'again' || !sending.isAsked) Object.assign(sending, { after: 'end', event: 'cancel', ...wish })
    if (sending.isAsked) return true
    sending.isAsked = true
    this.#intents.push({
      ...{ kind: 'cancel', id: sending.id, order: row + 1 },
      instrument: orders.instrument[row] as number,
    })
    if (sending.after !== 'again' && orders.isWorking(row)) orders.apply(row, eventCode['request-cancel'])
    this.#listener.orderChanged(row)
    return true
  }

  #filled(sending: Sending, fill: VenueFill): void {
    const { row } = sending
    const { orders } = this
    const wasWorking = orders.isWorking(row)
    if (sending.place !== 'venue' && !sending.isOver) sending.place = 'venue'
    if (fill.otherFee !== '') this.#note(`order ${row + 1}: a fee of ${fill.otherFee} is not in the figures`)
    if (!wasWorking) this.#note(`order ${row + 1} was filled at the venue after it had ended`)
    const execution = this.#booking.book(row, this.#marketOf(row), fill)
    this.#listener.executed(execution, this.#marketOf(row))
    this.#listener.orderChanged(row)
    if (!wasWorking) return
    this.#desk.cancelOthers(row)
    if (orders.status[row] === statusCode.filled) {
      this.#sendings.end(sending)
      // It was sent anew, and then its first sending filled after all
      this.#askBack(row, { reason: orderReasonCode.none })
      orders.clear(row, orderFlag.queued)
      this.#desk.finishEntry(row, this.#booking.receivedBy(row))
    } else this.#desk.resizeSiblings(row, fill.quantity)
  }

  #changed(sending: Sending, report: VenueNews): void {
    const { row } = sending
    switch (report.kind) {
      case 'accepted':
        sending.place = 'venue'
        break
      case 'unknown':
        sending.place = 'unknown'
        this.#note(`order ${row + 1}: it is not known whether it works at the venue (${report.detail})`)
        break
      case 'kept':
        sending.place = 'venue'
        sending.isAsked = false
        goOn(this.orders, row)
        this.#note(`order ${row + 1} works on: the venue refused to cancel it (${report.detail})`)
        break
      case 'ended':
        this.#ended(sending, report)
        return
    }
    this.#listener.orderChanged(row)
  }

  #ended(sending: Sending, { how, detail }: VenueReport & { readonly kind: 'ended' }): void {
    const { row, isAsked, after } = sending
    const { orders } = this
    this.#sendings.end(sending)
    if (!orders.isWorking(row)) return
    const isOurs = isAsked && how === 'cancelled'
    if (isOurs && after === 'again') {
      this.#listener.orderChanged(row)
      return
    }
    if (detail !== '') this.#note(`order ${row + 1}: ${detail}`)
    const received = this.#booking.receivedBy(row)
    if (!isOurs) {
      const { event, reason } = endAtVenue(orders, row, how)
      this.#desk.end(row, event, reason, received)
    } else if (after === 'alone') this.#desk.endAlone(row, sending.event, sending.reason)
    else this.#desk.end(row, sending.event, sending.reason, received)
  }

  #marketOf(row: number): Market {
    return this.#markets[this.orders.instrument[row] as number] as Market
  }
}
