import {
  type MarketColumnList,
  marketColumnNames,
  marketKeyColumns,
  type SeriesKind,
} from '../../domain/market-columns.ts'
import type { MarketWrite } from '../../stores/market-store.ts'
import { compareMarket, groupEnd, keysOf } from '../../stores/merge-market.ts'
import { type MarketTableRange, type MarketTransaction, marketTables } from './market-dialect.ts'

/** Keys named in one statement that removes replaced rows. */
const keysAtOnce = 500

interface MergeSql {
  readonly range: MarketTableRange
  readonly rows: MarketColumnList
  /** True: every row follows what is stored. */
  readonly isAppend: boolean
}

/** Merges rows into their table: reads what is stored of their period, removes what is replaced, adds what is new. */
export async function mergeSqlRows(
  transaction: MarketTransaction,
  { range, rows, isAppend }: MergeSql,
): Promise<MarketWrite & { readonly growth: number }> {
  const { length } = rows[0] as Float64Array
  if (isAppend) {
    await transaction.add(range, tableColumns(range.kind, rows))
    return { added: length, changed: 0, unchanged: 0, growth: length }
  }
  const time = rows[0] as Float64Array
  // The end belongs to it: a microsecond more is the next double but one.
  const period = { from: time[0] as number, to: (time[length - 1] as number) + 0.001, limit: 0 }
  const stored = await transaction.load({ ...range, ...period })
  const base = stored.slice(0, marketColumnNames[range.kind].length)
  const { kept, replaced, growth, ...counts } = compareRows(range, base, rows)
  await removeKeys(transaction, range, replaced)
  if (kept.length > 0) {
    const changed = rows.map((column) => Float64Array.from(kept, (row) => column[row] as number))
    await transaction.add(range, tableColumns(range.kind, changed))
  }
  return { ...counts, growth }
}

function compareRows({ kind }: MarketTableRange, base: MarketColumnList, rows: MarketColumnList) {
  const keys = keysOf(kind, rows)
  const counts = { added: 0, changed: 0, unchanged: 0 }
  const kept: number[] = []
  const replaced: number[][] = []
  let growth = 0
  compareMarket(marketKeyColumns[kind], base, rows, ({ outcome, from, to, baseFrom, baseTo }) => {
    counts[outcome] += to - from
    if (outcome === 'unchanged') return
    for (let row = from; row < to; row++) kept.push(row)
    if (outcome === 'changed') replaced.push(keys.map((key) => key[from] as number))
    growth += to - from - (baseTo - baseFrom)
  })
  return { ...counts, kept, replaced, growth }
}

async function removeKeys(
  transaction: MarketTransaction,
  { kind, series }: MarketTableRange,
  keys: readonly (readonly number[])[],
): Promise<void> {
  const { table, key } = marketTables[kind]
  const names = key.slice(0, marketKeyColumns[kind])
  for (let from = 0; from < keys.length; from += keysAtOnce) {
    const part = keys.slice(from, from + keysAtOnce)
    const one = `(${names.map((name) => `${name} = ?`).join(' AND ')})`
    const statement = `DELETE FROM ${table} WHERE series = ? AND (${part.map(() => one).join(' OR ')})`
    await transaction.run(statement, [series, ...part.flat()])
  }
}

/** The columns of a table of rows from those of the port: a book's get the ordinals of their levels. */
function tableColumns(kind: SeriesKind, rows: MarketColumnList): readonly Float64Array[] {
  if (marketTables[kind].columns.length === marketColumnNames[kind].length) return rows
  const keys = keysOf(kind, rows)
  const { length } = rows[0] as Float64Array
  const level = new Float64Array(length)
  for (let from = 0; from < length; ) {
    const to = groupEnd(keys, from, length)
    for (let row = from; row < to; row++) level[row] = row - from
    from = to
  }
  return [...rows, level]
}
