import type { OrderTable } from './order-table.ts'
import { orderFlag } from './order-table.ts'

/** The first row of the bracket an order belongs to: its parent, or itself. */
export function rootOf(orders: OrderTable, row: number): number {
  const parent = orders.parent[row] as number
  return parent < 0 ? row : parent
}

/** True for members of brackets and of one-cancels-other groups. */
export function isGrouped(orders: OrderTable, row: number): boolean {
  return (orders.parent[row] as number) >= 0 || (orders.group[row] as number) >= 0
}

/** Adds an order to its parent's bracket; false when the parent has ended and the child must be refused (K-06). */
export function joinBracket(orders: OrderTable, row: number): boolean {
  const parent = orders.parent[row] as number
  if (parent < 0) {
    orders.set(row, orderFlag.openGroup)
    return true
  }
  if (!orders.has(parent, orderFlag.openGroup)) return false
  orders.set(row, orderFlag.inactive)
  let last = orders.firstChild[parent] as number
  if (last < 0) {
    orders.firstChild[parent] = row
    return true
  }
  while ((orders.nextChild[last] as number) >= 0) last = orders.nextChild[last] as number
  orders.nextChild[last] = row
  return true
}

/** Puts an order into the one-cancels-other group of `other`, which opens one if it has none (7.4). */
export function joinOco(orders: OrderTable, row: number, other: number): void {
  if ((orders.group[other] as number) < 0) {
    orders.group[other] = other
    if (!hasEnded(orders, other)) orders.firstMember[other] = other
  }
  const root = orders.group[other] as number
  orders.group[row] = root
  orders.nextMember[row] = orders.firstMember[root] as number
  orders.firstMember[root] = row
}

/** Notes that the stop of order `row` goes to its entry price once the target of order `first` has filled. */
export function followTarget(orders: OrderTable, first: number, row: number): void {
  const terms = orders.rare(first)
  terms.followers = [...terms.followers, row]
  orders.hasFollowers = true
}

/** True when `row` is a member of the live one-cancels-other group of `root`. */
export function isOcoMember(orders: OrderTable, root: number, row: number): boolean {
  for (let member = orders.firstMember[root] as number; member >= 0; member = orders.nextMember[member] as number) {
    if (member === row) return true
  }
  return false
}

function hasEnded(orders: OrderTable, row: number): boolean {
  return orders.executedSize[row] !== 0 || (orders.status[row] !== 0 && !orders.isWorking(row))
}
