import type { OrderPlace } from '../../domain/order-place.ts'
import type { PlaceIntent } from './venue-messages.ts'

/** One order as it was given to the venue. */
export interface Sending {
  readonly id: string
  readonly row: number
  /** As it was wanted; set when it is. */
  intent: PlaceIntent | undefined
  place: 'sending' | 'venue' | 'unknown'
  /** True once it was asked back. */
  isAsked: boolean
  /** What its end means for its order: that ends too, is sent again with its new price, or ends without its bracket. */
  after: 'end' | 'again' | 'alone'
  /** Why the order ends, if it ends as we asked. */
  reason: number
  event: 'cancel' | 'expire'
  isOver: boolean
  /** The venue's names of its fills so far. */
  readonly trades: Set<string>
}

/** What was given to the venue, by our own names and by order. Names are the same whenever the same events are applied. */
export class Sendings {
  readonly #prefix: string
  readonly #byId = new Map<string, Sending>()
  readonly #open = new Map<number, Sending>()
  readonly #counts = new Map<number, number>()

  constructor(prefix: string) {
    this.#prefix = prefix
  }

  /** Begins the next sending of an order. */
  begin(row: number): Sending {
    const count = (this.#counts.get(row) ?? 0) + 1
    this.#counts.set(row, count)
    const sending: Sending = {
      ...{
        id: `${this.#prefix}-${row + 1}-${count}`,
        row,
        intent: undefined,
        place: 'sending',
        isAsked: false,
        isOver: false,
      },
      ...{ after: 'end', reason: 0, event: 'cancel', trades: new Set() },
    }
    this.#byId.set(sending.id, sending)
    this.#open.set(row, sending)
    return sending
  }

  named(id: string): Sending | undefined {
    return this.#byId.get(id)
  }

  /** The sending of an order that is not over. */
  of(row: number): Sending | undefined {
    return this.#open.get(row)
  }

  end(sending: Sending): void {
    sending.isOver = true
    if (this.#open.get(sending.row) === sending) this.#open.delete(sending.row)
  }

  get open(): Iterable<Sending> {
    return this.#open.values()
  }

  placeOf(row: number): OrderPlace {
    const sending = this.#open.get(row)
    if (sending === undefined) return 'service'
    return sending.isAsked && sending.place !== 'unknown' ? 'cancelling' : sending.place
  }
}
