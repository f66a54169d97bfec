import type { Market } from '../../broker/market.ts'
import { type OrderTable, orderFlag } from '../../broker/order-table.ts'
import { type OrderReason, type OrderType, orderReasons, orderTypeCode, orderTypes } from '../../domain/order.ts'
import { type OrderStatus, orderStatuses } from '../../domain/order-state.ts'
import type { Session } from '../session.ts'

/** One order as a replay shows it. */
export interface ReplayOrder {
  /** 1, 2, 3 … as in the table of orders. */
  readonly id: number
  readonly side: 'buy' | 'sell'
  readonly type: OrderType
  readonly quantity: number
  readonly filled: number
  /** Level of a limit, stop or trailing order; null at market. */
  readonly price: number | null
  /** Limit of a stop-limit order. */
  readonly limit: number | null
  /** Average fill price. */
  readonly averagePrice: number | null
  /** Entry of the bracket that it is an exit of. */
  readonly parent: number | null
  readonly status: OrderStatus
  /** What it is for, or why it ended. */
  readonly reason: OrderReason
  /** An exit that waits for its entry. */
  readonly sleeps: boolean
}

/** Where a replay stands. Money is the account's currency. */
export interface ReplayState {
  /** Bars seen, the current one included. */
  readonly bars: number
  /** True when there is no next bar. */
  readonly ended: boolean
  /** Open and close of the current bar, epoch milliseconds. */
  readonly time: number
  readonly now: number
  /** Close of the current bar. */
  readonly price: number
  readonly cash: number
  readonly equity: number
  readonly unrealised: number
  /** Gain of what has been closed, all fees and interest so far taken off. */
  readonly realised: number
  readonly fees: number
  /** Signed units. */
  readonly position: number
  readonly averagePrice: number | null
  /** Working orders, oldest first. */
  readonly orders: readonly ReplayOrder[]
  /** Orders that ended since the last answer. */
  readonly news: readonly ReplayOrder[]
  readonly counts: { readonly orders: number; readonly fills: number; readonly trades: number }
}

/** One row of the order table. */
export function viewOrder(orders: OrderTable, row: number): ReplayOrder {
  const type = orders.type[row] as number
  const size = orders.executedSize[row] as number
  const parent = orders.parent[row] as number
  const limited = type === orderTypeCode.stopLimit || type === orderTypeCode.trailingStopLimit
  return {
    id: row + 1,
    side: (orders.side[row] as number) > 0 ? 'buy' : 'sell',
    type: orderTypes[type] as OrderType,
    quantity: orders.quantity[row] as number,
    filled: Math.abs(size),
    price: type <= orderTypeCode.close ? null : finite(orders.price[row] as number),
    limit: limited ? finite(orders.limit[row] as number) : null,
    averagePrice: size === 0 ? null : finite(orders.averagePrice[row] as number),
    parent: parent < 0 ? null : parent + 1,
    status: orderStatuses[orders.status[row] as number] as OrderStatus,
    reason: orderReasons[orders.reason[row] as number] as OrderReason,
    sleeps: orders.isWorking(row) && orders.has(row, orderFlag.inactive),
  }
}

/** The account of a session, and what its position has won so far. */
export function viewAccount(session: Session, market: Market) {
  const { account } = session.broker
  const equity = account.value
  const unrealised = market.commission.gain(market.size, market.price, market.close)
  const paidIn = session.equity.flowColumn()?.reduce((total, amount) => total + amount, 0) ?? 0
  return {
    cash: account.cash,
    equity,
    unrealised,
    realised: equity - session.initialCash - paidIn - unrealised,
    position: market.size,
    averagePrice: market.size === 0 ? null : market.price,
  }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
