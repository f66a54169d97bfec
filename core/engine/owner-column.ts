import type { ResultTable } from './result-table.ts'
import type { Session } from './session.ts'
import { ownerOf } from './strategy-books.ts'

/** A table with the column `strategy` in a run of several strategies; `order` is the column that names an order. */
export function withOwners(table: ResultTable, { broker, hosts }: Session, order: string): ResultTable {
  if (hosts.length === 1) return table
  const ids = table.columns[order] as Float64Array
  const strategy = Float64Array.from(ids, (id) => ownerOf(broker.orders, id - 1))
  const names = hosts.map(({ runtime }) => runtime.label)
  return { ...table, columns: { ...table.columns, strategy }, texts: { ...table.texts, strategy: names } }
}
