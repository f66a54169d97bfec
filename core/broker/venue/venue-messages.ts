/** An order for the venue. `id` is our own name of one sending; an order that is changed is sent anew. */
export interface PlaceIntent {
  readonly kind: 'place'
  readonly id: string
  /** Number of the order in the run. */
  readonly order: number
  readonly instrument: number
  readonly side: 'buy' | 'sell'
  readonly type: 'market' | 'limit'
  /** Units, > 0. */
  readonly quantity: number
  /** Null at market. */
  readonly price: number | null
  /** What does not fill at once is cancelled. */
  readonly immediate: boolean
  /** With `immediate`: all of it or nothing. */
  readonly whole: boolean
  /** False: it only makes a position smaller. */
  readonly opens: boolean
  /** The run's time when it was wanted, epoch milliseconds. */
  readonly at: number
}

/** What a run wants of its venue. */
export type VenueIntent =
  | PlaceIntent
  | { readonly kind: 'cancel'; readonly id: string; readonly order: number; readonly instrument: number }

/** A sending of which no end is known. */
export interface OpenSending {
  readonly intent: PlaceIntent
  /** True: it was asked back. */
  readonly isAsked: boolean
}

/** One fill as the venue tells it. */
export interface VenueFill {
  readonly kind: 'fill'
  readonly id: string
  /** The venue's name of the execution: the same twice is one fill. */
  readonly trade: string
  readonly time: number
  /** Units, > 0. */
  readonly quantity: number
  readonly price: number
  /** In the money of the account. */
  readonly fee: number
  /** Fee that was taken in units of the instrument itself. */
  readonly unitFee: number
  /** A fee in anything else, in words; empty: none. It is in no figure. */
  readonly otherFee: string
}

/** What a venue, or whoever asks it for us, says of one sending besides its fills. */
export type VenueNews =
  | { readonly kind: 'accepted'; readonly id: string; readonly venueOrder: string }
  | {
      readonly kind: 'ended'
      readonly id: string
      /** `absent`: it never arrived; `stale`: we did not send it, because it was wanted too long ago. */
      readonly how: 'cancelled' | 'expired' | 'rejected' | 'absent' | 'stale'
      readonly detail: string
    }
  /** A cancel was refused: it works on. */
  | { readonly kind: 'kept'; readonly id: string; readonly detail: string }
  /** No answer came: it may work, or not. */
  | { readonly kind: 'unknown'; readonly id: string; readonly detail: string }

export type VenueReport = VenueFill | VenueNews
