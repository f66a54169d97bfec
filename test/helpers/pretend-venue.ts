import type { VenueIntent, VenueReport } from '../../core/broker/venue/venue-messages.ts'

interface Resting {
  readonly id: string
  readonly side: number
  readonly price: number | null
  readonly quantity: number
  filled: number
  isOpen: boolean
}

/** How a venue takes the next order; `lost` and `arrived`: no answer comes, and it was not, or was, carried out. */
export type Reception = 'accepts' | 'refuses' | 'lost' | 'arrived'

/**
 * A venue that is nothing but rules, for tests of the broker: what is given to it waits until it is told to work, and
 * what it says waits until somebody listens, once or twice.
 */
export class PretendVenue {
  readonly #orders = new Map<string, Resting>()
  readonly #inbox: VenueIntent[] = []
  readonly #outbox: VenueReport[] = []
  #trades = 0
  /** Signed units bought so far. */
  position = 0
  lowest = 0

  take(intents: readonly VenueIntent[]): void {
    this.#inbox.push(...intents)
  }

  get isQuiet(): boolean {
    return this.#inbox.length === 0 && this.#outbox.length === 0
  }

  get open(): Resting[] {
    return [...this.#orders.values()].filter(({ isOpen }) => isOpen)
  }

  /** Works on the oldest message. */
  work(reception: Reception, price: number, share: number): void {
    const intent = this.#inbox.shift()
    if (intent === undefined) return
    if (intent.kind === 'cancel') this.#cancel(intent.id)
    else this.#place(intent, reception, price, share)
  }

  /** Fills what rests and is reached, in parts. */
  match(price: number, share: number): void {
    for (const order of this.open) if (isReached(order, price)) this.#fill(order, price, share)
  }

  /** The oldest thing it has to say. */
  says(): VenueReport | undefined {
    return this.#outbox.shift()
  }

  /** Says what is known of an order that nobody had an answer about. */
  answer(id: string): void {
    const order = this.#orders.get(id)
    if (order === undefined) this.#outbox.push({ kind: 'ended', id, how: 'absent', detail: 'not there' })
    else if (order.isOpen) this.#outbox.push({ kind: 'accepted', id, venueOrder: id })
    else if (order.filled < order.quantity) this.#outbox.push({ kind: 'ended', id, how: 'cancelled', detail: '' })
  }

  #place(intent: VenueIntent & { kind: 'place' }, reception: Reception, price: number, share: number): void {
    const { id, side, quantity } = intent
    if (reception === 'refuses') {
      this.#outbox.push({ kind: 'ended', id, how: 'rejected', detail: 'refused' })
      return
    }
    if (reception === 'lost' || reception === 'arrived') this.#outbox.push({ kind: 'unknown', id, detail: 'timeout' })
    if (reception === 'lost') return
    const order = { id, side: side === 'buy' ? 1 : -1, price: intent.price, quantity, filled: 0, isOpen: true }
    this.#orders.set(id, order)
    if (reception === 'accepts') this.#outbox.push({ kind: 'accepted', id, venueOrder: id })
    if (order.price === null) this.#fill(order, price, 1)
    else if (isReached(order, price)) this.#fill(order, price, share)
  }

  #cancel(id: string): void {
    const order = this.#orders.get(id)
    if (order === undefined || !order.isOpen) return
    order.isOpen = false
    this.#outbox.push({ kind: 'ended', id, how: 'cancelled', detail: '' })
  }

  #fill(order: Resting, price: number, share: number): void {
    const rest = order.quantity - order.filled
    const quantity = Math.min(rest, Math.max(1, Math.round(order.quantity * share)))
    order.filled += quantity
    order.isOpen = order.filled < order.quantity
    this.position += order.side * quantity
    this.lowest = Math.min(this.lowest, this.position)
    const trade = `t${++this.#trades}`
    this.#outbox.push({
      ...{ kind: 'fill', id: order.id, trade, time: this.#trades, quantity, price },
      ...{ fee: quantity * price * 0.001, unitFee: 0, otherFee: '' },
    })
  }
}

function isReached({ side, price }: Resting, now: number): boolean {
  return price === null || (side > 0 ? now <= price : now >= price)
}
