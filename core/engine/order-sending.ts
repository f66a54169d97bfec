import type { Broker } from '../broker/broker.ts'
import { orderFlag } from '../broker/order-table.ts'
import { orderReasonCode, orderTypeCode } from '../domain/order.ts'

/** Stamps a finished draft and sends it with the exits that its chain asks for; `other`: whose pair it is, −1 for none. */
export function sendOrder(broker: Broker, row: number, other: number): void {
  const { orders } = broker
  broker.stamp(row)
  const target = orders.target[row] as number
  const stop = orders.stop[row] as number
  const hasTarget = !Number.isNaN(target)
  const hasStop = !Number.isNaN(stop)
  const held = orders.has(row, orderFlag.held)
  if (!hasTarget && !hasStop) {
    broker.submit(row, other, !held)
    return
  }
  broker.submit(row, other, false)
  if (hasStop) sendLeg(broker, row, { type: orderTypeCode.stop, price: stop, last: !hasTarget && !held })
  if (hasTarget) sendLeg(broker, row, { type: orderTypeCode.limit, price: target, last: !held })
}

function sendLeg(
  broker: Broker,
  parent: number,
  { type, price, last }: { readonly type: number; readonly price: number; readonly last: boolean },
): void {
  const { orders } = broker
  const side = -(orders.side[parent] as number)
  const row = orders.add(orders.instrument[parent] as number, side, type, orders.quantity[parent] as number)
  orders.price[row] = price
  orders.parent[row] = parent
  orders.tradeId[row] = orders.tradeId[parent] as number
  orders.tag[row] = orders.tag[parent] as number
  orders.reason[row] = type === orderTypeCode.stop ? orderReasonCode.stop : orderReasonCode.target
  broker.stamp(row)
  broker.submit(row, -1, last)
}
