import type { WireColumns } from '../../../core/contract/define.ts'

/** Which trades a list shows. */
export const tradeFilters = ['all', 'long', 'short', 'win', 'loss', 'open'] as const
export type TradeFilter = (typeof tradeFilters)[number]

/** A value of a column; NaN where the column or the row is absent. */
export function cellOf(columns: WireColumns, name: string, row: number): number {
  return columns[name]?.[row] ?? Number.NaN
}

/** Text of a coded column; empty where there is none. */
export function textOf(
  columns: WireColumns,
  texts: Readonly<Record<string, readonly string[]>>,
  name: string,
  row: number,
): string {
  return texts[name]?.[cellOf(columns, name, row)] ?? ''
}

/** Rows that pass a filter, in stored order. A trade of exactly zero is neither win nor loss. */
export function filterTrades(columns: WireColumns, rows: number, filter: TradeFilter): Uint32Array {
  const kept = new Uint32Array(rows)
  let count = 0
  for (let row = 0; row < rows; row++) {
    if (passes(columns, row, filter)) kept[count++] = row
  }
  return kept.subarray(0, count)
}

function passes(columns: WireColumns, row: number, filter: TradeFilter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'long':
      return cellOf(columns, 'side', row) > 0
    case 'short':
      return cellOf(columns, 'side', row) < 0
    case 'win':
      return cellOf(columns, 'pnl', row) > 0
    case 'loss':
      return cellOf(columns, 'pnl', row) < 0
    case 'open':
      return cellOf(columns, 'open', row) === 1
  }
}

/** Count, net result and wins of some trades. */
export interface TradeTotals {
  readonly count: number
  readonly pnl: number
  readonly fees: number
  readonly wins: number
}

export function tradeTotals(columns: WireColumns, rows: Uint32Array): TradeTotals {
  let pnl = 0
  let fees = 0
  let wins = 0
  for (const row of rows) {
    const result = cellOf(columns, 'pnl', row)
    if (Number.isFinite(result)) pnl += result
    const fee = cellOf(columns, 'fees', row)
    if (Number.isFinite(fee)) fees += fee
    if (result > 0) wins += 1
  }
  return { count: rows.length, pnl, fees, wins }
}

/** Return of a trade on its entry value: (exit − entry) / entry in the direction of the trade; NaN while undefined. */
export function tradeReturn(columns: WireColumns, row: number): number {
  const entry = cellOf(columns, 'entryPrice', row)
  const exit = cellOf(columns, 'exitPrice', row)
  return entry > 0 ? (cellOf(columns, 'side', row) * (exit - entry)) / entry : Number.NaN
}
