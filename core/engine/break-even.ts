import { orderReasonCode } from '../domain/order.ts'
import type { Runtime } from './runtime.ts'

/**
 * After a fill: when it completed the target of an order that others follow, each of these that is open by then has its
 * stop moved to its average entry price. A stop that lies better already stays.
 */
export function moveFollowers(runtime: Runtime, row: number): void {
  const { orders } = runtime
  const first = orders.parent[row] as number
  if (first < 0 || orders.reason[row] !== orderReasonCode.target || orders.remaining[row] !== 0) return
  for (const follower of orders.rare(first).followers) {
    const entry = orders.averagePrice[follower] as number
    if (orders.executedSize[follower] === 0) continue
    for (let leg = orders.firstChild[follower] as number; leg >= 0; leg = orders.nextChild[leg] as number) {
      const isStop = orders.reason[leg] === orderReasonCode.stop && orders.isWorking(leg)
      const isBetter = (entry - (orders.price[leg] as number)) * (orders.side[follower] as number) > 0
      if (isStop && isBetter) runtime.handle(leg).move(entry)
    }
  }
}
