import type { WireColumns } from '../contract/define.ts'

/** One differing leaf of two configurations, as text; an absent side is empty. */
export interface Difference {
  readonly path: string
  readonly a: string
  readonly b: string
}

/** Differing leaves of two plain values, by path (`params.fast`, `commission.rate`), in path order. */
export function plainDifferences(a: unknown, b: unknown): Difference[] {
  const left = leaves(a)
  const right = leaves(b)
  const paths = [...new Set([...left.keys(), ...right.keys()])].sort()
  return paths
    .map((path) => ({ path, a: left.get(path) ?? '', b: right.get(path) ?? '' }))
    .filter((difference) => difference.a !== difference.b)
}

function leaves(value: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  if (typeof value === 'object' && value !== null) {
    for (const [key, part] of Object.entries(value)) leaves(part, path === '' ? key : `${path}.${key}`, found)
  } else found.set(path, String(value))
  return found
}

/** What became of a trade from run A to run B. */
export const tradeChange = { same: 0, added: 1, removed: 2, moved: 3 } as const

export interface TradeComparison {
  readonly counts: { readonly same: number; readonly added: number; readonly removed: number; readonly moved: number }
  /** One row per trade of either run: change (code of `tradeChange`), a and b (row in its run, NaN when absent). */
  readonly columns: WireColumns
}

/**
 * Pairs the trades of two runs. Same: instrument, side, entry and exit (time, price) and quantity agree.
 * Moved: same instrument, side and entry time, but something else differs. `instrumentsOf` maps a row to its name,
 * because codes of two runs need not agree.
 */
export function compareTrades(
  a: WireColumns,
  b: WireColumns,
  instrumentsOf: { readonly a: (code: number) => string; readonly b: (code: number) => string },
): TradeComparison {
  const byEntry = new Map<string, number[]>()
  for (let row = 0; row < length(b); row++) {
    const key = entryKey(b, row, instrumentsOf.b)
    const rows = byEntry.get(key)
    if (rows === undefined) byEntry.set(key, [row])
    else rows.push(row)
  }
  const pairs: [number, number, number][] = []
  for (let row = 0; row < length(a); row++) {
    const match = byEntry.get(entryKey(a, row, instrumentsOf.a))?.shift()
    if (match === undefined) pairs.push([tradeChange.removed, row, Number.NaN])
    else pairs.push([sameTrade(a, row, b, match) ? tradeChange.same : tradeChange.moved, row, match])
  }
  for (const rows of byEntry.values()) for (const row of rows) pairs.push([tradeChange.added, Number.NaN, row])
  const count = (change: number) => pairs.filter((pair) => pair[0] === change).length
  return {
    counts: {
      same: count(tradeChange.same),
      added: count(tradeChange.added),
      removed: count(tradeChange.removed),
      moved: count(tradeChange.moved),
    },
    columns: {
      change: Float64Array.from(pairs, (pair) => pair[0]),
      a: Float64Array.from(pairs, (pair) => pair[1]),
      b: Float64Array.from(pairs, (pair) => pair[2]),
    },
  }
}

const compared = ['exitTime', 'entryPrice', 'exitPrice', 'quantity', 'pnl'] as const

function length(columns: WireColumns): number {
  return columns.entryTime?.length ?? 0
}

function cell(columns: WireColumns, name: string, row: number): number {
  return columns[name]?.[row] ?? Number.NaN
}

function entryKey(columns: WireColumns, row: number, instrument: (code: number) => string): string {
  return `${instrument(cell(columns, 'instrument', row))} ${cell(columns, 'side', row)} ${cell(columns, 'entryTime', row)}`
}

function sameTrade(a: WireColumns, rowA: number, b: WireColumns, rowB: number): boolean {
  return compared.every((name) => Object.is(cell(a, name, rowA), cell(b, name, rowB)))
}
