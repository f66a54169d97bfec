import type { OrderTable } from '../broker/order-table.ts'
import { orderReasons, orderTypeCode, orderTypes } from '../domain/order.ts'
import { orderStatuses } from '../domain/order-state.ts'
import type { ResultTable } from './result-table.ts'

const plainColumns = [
  'instrument',
  'type',
  'side',
  'quantity',
  'createdTime',
  'updatedTime',
  'status',
  'reason',
] as const

/** Orders as the contract lists them (`run.orders`); prices that a type does not have are NaN. */
export function ordersTable(orders: OrderTable, instruments: readonly string[], tags: readonly string[]): ResultTable {
  const rows = orders.count
  const plain = Object.fromEntries(
    plainColumns.map((name) => [name, new Float64Array(orders[name].subarray(0, rows))]),
  ) as Record<(typeof plainColumns)[number], Float64Array<ArrayBuffer>>
  const { instrument, type, side, quantity, createdTime, updatedTime, status, reason } = plain
  return {
    rows,
    columns: {
      ...{ id: ids(rows), instrument, type, side, quantity },
      ...fillColumns(orders, rows),
      ...priceColumns(orders, rows),
      ...{ createdTime, updatedTime, status },
      ...groupColumns(orders, rows),
      reason,
    },
    texts: {
      instrument: instruments,
      type: orderTypes,
      status: orderStatuses,
      reason: orderReasons,
      tag: ['', ...tags],
    },
  }
}

function ids(rows: number): Float64Array<ArrayBuffer> {
  const id = new Float64Array(rows)
  for (let row = 0; row < rows; row++) id[row] = row + 1
  return id
}

function fillColumns(orders: OrderTable, rows: number) {
  const filled = new Float64Array(rows)
  const price = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    const size = orders.executedSize[row] as number
    filled[row] = Math.abs(size)
    price[row] = size === 0 ? Number.NaN : (orders.averagePrice[row] as number)
  }
  return { filled, price }
}

function priceColumns(orders: OrderTable, rows: number) {
  const limit = new Float64Array(rows).fill(Number.NaN)
  const stop = new Float64Array(rows).fill(Number.NaN)
  for (let row = 0; row < rows; row++) {
    const type = orders.type[row] as number
    if (type === orderTypeCode.limit) limit[row] = orders.price[row] as number
    if (type < orderTypeCode.stop || type > orderTypeCode.trailingStopLimit) continue
    stop[row] = orders.price[row] as number
    const limited = type === orderTypeCode.stopLimit || type === orderTypeCode.trailingStopLimit
    if (limited) limit[row] = orders.limit[row] as number
  }
  return { limit, stop }
}

/** Parent: id of a bracket's entry, NaN for none. Group: id of the first order of those that end together. */
function groupColumns(orders: OrderTable, rows: number) {
  const parent = new Float64Array(rows)
  const group = new Float64Array(rows)
  const tag = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    const entry = orders.parent[row] as number
    const others = orders.group[row] as number
    parent[row] = entry < 0 ? Number.NaN : entry + 1
    group[row] = (others >= 0 ? others : entry >= 0 ? entry : row) + 1
    tag[row] = (orders.tag[row] as number) + 1
  }
  return { parent, group, tag }
}
