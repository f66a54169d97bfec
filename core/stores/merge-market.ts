import {
  type MarketColumnList,
  marketColumnNames,
  marketKeyColumns,
  type SeriesKind,
} from '../domain/market-columns.ts'
import { invariant } from '../lib/assert.ts'
import type { MarketWrite } from './market-store.ts'

export interface MergedMarket extends MarketWrite {
  /** Base and incoming by key, incoming winning; `base` itself when nothing is added or changed. */
  readonly columns: MarketColumnList
}

/** Fails on what cannot be kept: columns of unequal length, a key that is not finite or does not ascend (a book's may repeat). */
export function assertMarketRows(kind: SeriesKind, columns: MarketColumnList): void {
  const rows = columns[0]?.length ?? 0
  for (const [index, name] of marketColumnNames[kind].entries()) {
    const length = columns[index]?.length
    if (length !== rows) invariant(false, `column ${name} has ${length} of ${rows} rows`)
  }
  const keys = columns.slice(0, marketKeyColumns[kind])
  for (let row = 0; row < rows; row++) {
    if (!keys.every((key) => Number.isFinite(key[row]))) invariant(false, `the key of row ${row} is not finite`)
    if (row === 0) continue
    const order = compareKeys(keys, row - 1, keys, row)
    if (order > 0 || (order === 0 && kind !== 'book')) invariant(false, `the key of row ${row} does not ascend`)
  }
}

/** Below 0 when the key of row `i` of `a` comes before that of row `j` of `b`, 0 when they are the same. */
export function compareKeys(a: MarketColumnList, i: number, b: MarketColumnList, j: number): number {
  for (let key = 0; key < a.length; key++) {
    const difference = (a[key]?.[i] as number) - (b[key]?.[j] as number)
    if (difference !== 0) return difference
  }
  return 0
}

/** The columns that are a kind's key. */
export function keysOf(kind: SeriesKind, columns: MarketColumnList): MarketColumnList {
  return columns.slice(0, marketKeyColumns[kind])
}

/** Where the rows that share the key of row `from` end. */
export function groupEnd(keys: MarketColumnList, from: number, length: number): number {
  let end = from + 1
  while (end < length && compareKeys(keys, from, keys, end) === 0) end++
  return end
}

/**
 * Merges two lists of rows that ascend by key; linear in both. Rows that share a key (a message of a book) are replaced
 * as one: they are unchanged only when all of them are the same.
 */
export function mergeMarket(
  kind: SeriesKind,
  base: MarketColumnList,
  incoming: MarketColumnList,
  create: (length: number) => Float64Array[],
): MergedMarket {
  const plan = planMerge(kind, base, incoming)
  const { added, changed, unchanged } = plan
  if (added + changed === 0) return { columns: base, added, changed, unchanged }
  const columns = create(plan.rows)
  let at = 0
  for (let part = 0; part < plan.parts.length; part += 3) {
    const [source, from, to] = plan.parts.slice(part, part + 3) as [number, number, number]
    const rows = source === 0 ? base : incoming
    for (const [index, column] of rows.entries()) columns[index]?.set(column.subarray(from, to), at)
    at += to - from
  }
  return { columns, added, changed, unchanged }
}

interface MergePlan extends MarketWrite {
  /** Runs of rows in order, three numbers each: 0 base or 1 incoming, from, to. */
  readonly parts: readonly number[]
  readonly rows: number
}

/** Runs rather than rows: an append or a prepend is one copy per column. */
function planMerge(kind: SeriesKind, base: MarketColumnList, incoming: MarketColumnList): MergePlan {
  const parts: number[] = []
  const counts = { added: 0, changed: 0, unchanged: 0 }
  let [taken, rows] = [0, 0]
  const take = (source: 0 | 1, from: number, to: number) => {
    if (from === to) return
    rows += to - from
    const last = parts.length - 3
    if (last >= 0 && parts[last] === source && parts[last + 2] === from) parts[last + 2] = to
    else parts.push(source, from, to)
  }
  compareMarket(marketKeyColumns[kind], base, incoming, ({ outcome, from, to, baseFrom, baseTo }) => {
    counts[outcome] += to - from
    take(0, taken, baseFrom)
    take(1, from, to)
    taken = baseTo
  })
  take(0, taken, base[0]?.length ?? 0)
  return { parts, rows, ...counts }
}

/** What becomes of incoming rows [from, to), which share a key; [baseFrom, baseTo) are those of the same key, or where they would be. */
export interface MarketChange {
  readonly outcome: 'added' | 'changed' | 'unchanged'
  readonly from: number
  readonly to: number
  readonly baseFrom: number
  readonly baseTo: number
}

/** Tells `visit` of each key of the incoming rows, in order; the object is used again. Both lists ascend by their first `keyColumns`. */
export function compareMarket(
  keyColumns: number,
  base: MarketColumnList,
  incoming: MarketColumnList,
  visit: (change: MarketChange) => void,
): void {
  const [baseKeys, newKeys] = [base.slice(0, keyColumns), incoming.slice(0, keyColumns)]
  const [baseRows, newRows] = [base[0]?.length ?? 0, incoming[0]?.length ?? 0]
  const change = { outcome: 'added' as MarketChange['outcome'], from: 0, to: 0, baseFrom: 0, baseTo: 0 }
  while (change.to < newRows) {
    change.from = change.to
    change.to = groupEnd(newKeys, change.from, newRows)
    let left = change.baseTo
    while (left < baseRows && compareKeys(baseKeys, left, newKeys, change.from) < 0) left++
    const isThere = left < baseRows && compareKeys(baseKeys, left, newKeys, change.from) === 0
    change.baseFrom = left
    change.baseTo = isThere ? groupEnd(baseKeys, left, baseRows) : left
    change.outcome = isThere ? outcomeOf(base, incoming, change) : 'added'
    visit(change)
  }
}

function outcomeOf(base: MarketColumnList, incoming: MarketColumnList, change: MarketChange): 'changed' | 'unchanged' {
  const { from, to, baseFrom, baseTo } = change
  const isSame = sameRows({ columns: base, from: baseFrom, to: baseTo }, { columns: incoming, from, to })
  return isSame ? 'unchanged' : 'changed'
}

/** Rows [from, to) of some columns. */
interface RowRange {
  readonly columns: MarketColumnList
  readonly from: number
  readonly to: number
}

/** True when both are the same rows, bit for bit; every NaN is the same. */
function sameRows(a: RowRange, b: RowRange): boolean {
  if (a.to - a.from !== b.to - b.from) return false
  return a.columns.every((column, index) => {
    const other = b.columns[index] as Float64Array
    for (let row = a.from; row < a.to; row++) if (!Object.is(column[row], other[b.from + row - a.from])) return false
    return true
  })
}
