import type { OrderReason, OrderSide, OrderType } from '../domain/order.ts'
import type { OrderStatus } from '../domain/order-state.ts'

/** One bar as it crosses to screens; undefined numbers are null. */
export interface ExplainedBar {
  readonly time: number
  readonly closeTime: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number | null
}

/** What an instrument, its lines and the account were like when a strategy decided. */
export interface Decision {
  /** When the bar closed on which it decided. */
  readonly time: number
  readonly instrument: string
  readonly bar: ExplainedBar
  /** Lines hung on the instrument with `use`: now and one bar before. */
  readonly lines: readonly { readonly name: string; readonly now: number | null; readonly before: number | null }[]
  /** Series written with `record` on that bar. */
  readonly recorded: readonly { readonly name: string; readonly value: number }[]
  readonly position: number
  readonly averagePrice: number | null
  readonly cash: number
  readonly equity: number
}

/** Something the broker asked before it went on. */
export interface ExplainedCheck {
  /** `cash`: enough at submission; `margin`: enough at the fill; `validity`: its time; `lot`: its quantity. */
  readonly kind: 'cash' | 'margin' | 'validity' | 'lot'
  readonly passed: boolean
  readonly time: number
  /** Money, a time or units, by kind; null where there is nothing to compare. */
  readonly needed: number | null
  readonly available: number | null
}

/** A change of an order. */
export interface ExplainedEvent {
  readonly time: number
  readonly status: OrderStatus
  readonly filled: number
  /** Its stop and limit at that moment; null where it has none. */
  readonly stop: number | null
  readonly limit: number | null
  readonly reason: OrderReason
}

/** Why a fill has its price. `gap`: the bar opened beyond the order's price. */
export type PriceRule = 'open' | 'gap' | 'limit' | 'stop' | 'close' | 'cheat' | 'history'

export interface ExplainedFill {
  readonly time: number
  /** The run's bar in which it happened. */
  readonly bar: ExplainedBar
  /** The finer bar, tick or quote that decided; null when the bar was matched as a whole. */
  readonly event: ExplainedBar | null
  readonly rule: PriceRule
  readonly policy: string
  /** Price before slippage, and adverse points added to it. */
  readonly reference: number
  readonly slippage: number
  readonly price: number
  /** Units (> 0), those that closed and those that opened a position. */
  readonly quantity: number
  readonly closed: number
  readonly opened: number
  readonly fee: number
  readonly gain: number
  /** After the fill. */
  readonly cash: number
  readonly position: number
}

/** The bars on which an order worked without filling. */
export interface ExplainedWaiting {
  readonly bars: number
  /** The price that came closest to the order's, and when; null for orders without a price. */
  readonly nearest: number | null
  readonly nearestTime: number | null
}

/** Why an order is what it is: found by running the capsule again and watching. */
export interface Explanation {
  readonly order: {
    readonly id: number
    readonly instrument: string
    readonly side: OrderSide
    readonly type: OrderType
    readonly quantity: number
    readonly filled: number
    readonly averagePrice: number | null
    readonly stop: number | null
    readonly limit: number | null
    readonly status: OrderStatus
    readonly reason: OrderReason
    readonly tag: string
    /** The entry of its bracket. */
    readonly parent: number | null
    readonly createdTime: number
  } | null
  /** The order's instrument first. */
  readonly decisions: readonly Decision[]
  readonly checks: readonly ExplainedCheck[]
  readonly events: readonly ExplainedEvent[]
  readonly waiting: ExplainedWaiting | null
  readonly fills: readonly ExplainedFill[]
}

/** What a traced run watches: an order, and what could be seen at a time. */
export interface TraceConfig {
  /** Order id; absent: none. */
  readonly order?: number | undefined
  /** Close of the bar whose view is kept. */
  readonly time?: number | undefined
}
