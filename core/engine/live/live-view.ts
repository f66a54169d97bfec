import { fillColumns } from '../../broker/fill-table.ts'
import { VenueBroker } from '../../broker/venue/venue-broker.ts'
import type { OpenSending, VenueIntent } from '../../broker/venue/venue-messages.ts'
import { orderTypeCode } from '../../domain/order.ts'
import type { OrderPlace } from '../../domain/order-place.ts'
import type { InstrumentApi } from '../instrument.ts'
import { type ReplayOrder, viewOrder } from '../replay/view.ts'
import type { LogLine } from '../run-log.ts'
import type { Session } from '../session.ts'

/** One order of a live run. Times are epoch milliseconds. */
export interface LiveOrder extends ReplayOrder {
  readonly instrument: string
  readonly createdTime: number
  readonly updatedTime: number
  /** Label that the strategy gave; empty: none. */
  readonly tag: string
  /** Where it lives while it works; on paper always in the service. */
  readonly place: OrderPlace
}

/** One fill of a live run. `slippage`: adverse price points a unit. */
export interface LiveFill {
  /** 1, 2, 3 … in the order of the fills. */
  readonly id: number
  readonly order: number
  readonly instrument: string
  readonly side: 'buy' | 'sell'
  readonly time: number
  readonly price: number
  readonly quantity: number
  readonly fee: number
  readonly slippage: number
  readonly positionAfter: number
}

/** One instrument's part of a live run; money is the account's currency. */
export interface LivePosition {
  readonly instrument: string
  /** Signed units. */
  readonly size: number
  readonly averagePrice: number | null
  /** The last price and when it was, null before the first. */
  readonly last: number | null
  readonly at: number | null
  /** Gain of the open position at the last price, and what was won so far besides, fees taken off. */
  readonly unrealised: number
  readonly realised: number
  readonly value: number
}

/** Where a live run stands. */
export interface LiveState {
  /** Time of the last event of the market, null before the first. */
  readonly now: number | null
  /** Bars since the run began, over all instruments. */
  readonly bars: number
  readonly cash: number
  readonly equity: number
  readonly initialCash: number
  /** Equity at the beginning of the day. */
  readonly dayEquity: number
  readonly unrealised: number
  readonly realised: number
  readonly fees: number
  /** Gross value of the positions. */
  readonly exposure: number
  /** Loss from the highest equity so far, ratio ≥ 0. */
  readonly drawdown: number
  readonly paused: boolean
  /** True while nobody knows what became of an order at the venue: nothing new is sent. */
  readonly unresolved: boolean
  readonly sendings: readonly OpenSending[]
  readonly positions: readonly LivePosition[]
  /** Working orders, oldest first. */
  readonly orders: readonly LiveOrder[]
  readonly counts: { readonly orders: number; readonly fills: number; readonly trades: number }
  /** The last value of each series that the strategy records. */
  readonly recorded: Readonly<Record<string, number | null>>
  /** Bars that the lines still need before the strategy decides; 0: it does. */
  readonly missingBars: number
}

/** What an event brought: each thing once. */
export interface LiveNews {
  /** Orders that are new or have changed. */
  readonly orders: readonly LiveOrder[]
  readonly fills: readonly LiveFill[]
  readonly log: readonly LogLine[]
  /** What is to be sent to the venue; empty on paper. */
  readonly intents: readonly VenueIntent[]
}

export function liveOrder(session: Session, row: number): LiveOrder {
  const { broker, runtime } = session
  const { orders } = broker
  return {
    ...viewOrder(orders, row),
    instrument: idOf(session, orders.instrument[row] as number),
    createdTime: orders.createdTime[row] as number,
    updatedTime: orders.updatedTime[row] as number,
    tag: runtime.tags[orders.tag[row] as number] ?? '',
    place: placeOf(session, row),
  }
}

const fill = Object.fromEntries(fillColumns.map((name, index) => [name, index])) as Record<
  (typeof fillColumns)[number],
  number
>

export function liveFill(session: Session, row: number): LiveFill {
  const { rows } = session.fills
  const at = (name: (typeof fillColumns)[number]) => rows.at(row, fill[name])
  return {
    id: row + 1,
    order: at('order'),
    instrument: idOf(session, at('instrument')),
    side: at('side') > 0 ? 'buy' : 'sell',
    time: at('time'),
    price: at('price'),
    quantity: at('quantity'),
    fee: at('fee'),
    slippage: at('slippage'),
    positionAfter: at('positionAfter'),
  }
}

/** Two states of an order differ for whoever follows it; the stop that trails by itself does not count. */
export function orderStamp(session: Session, row: number): string {
  const { status, executedSize, type, price, limit, quantity } = session.broker.orders
  const trails = (type[row] as number) >= orderTypeCode.trailingStop
  const levels = trails ? [] : [price[row], limit[row]]
  return [status[row], executedSize[row], quantity[row], placeOf(session, row), ...levels].join(' ')
}

function placeOf({ broker }: Session, row: number): OrderPlace {
  return broker instanceof VenueBroker ? broker.placeOf(row) : 'service'
}

function idOf({ runtime }: Session, index: number): string {
  return (runtime.instruments[index] as InstrumentApi).id
}
