import type { ReactNode } from 'react'
import { missing } from './date-time.ts'

/** One column of a Table. Accessors take the row's index in the data, so that rows need no objects. */
export interface Column {
  readonly id: string
  readonly title: string
  /** Shown when the pointer rests on the header: what the figure means. */
  readonly about?: string
  /** Pixels, or a share of what is left, e.g. `1fr` (then `minWidth` pixels at least). */
  readonly width: number | `${number}fr`
  readonly minWidth?: number
  /** Numbers right, text left, sides and flags centred. Default left. */
  readonly align?: 'left' | 'right' | 'center'
  /** What is shown and, without `value`, copied. */
  text(row: number): string
  /** What it is sorted by and copied as; null and NaN sort last. Without it the column cannot be sorted. */
  value?(row: number): number | string | null
  /** A richer look than `text`. */
  cell?(row: number): ReactNode
  /** Colour by meaning, as a token name. */
  tone?(row: number): Tone | undefined
}

export type Tone = 'profit' | 'loss' | 'buy' | 'sell' | 'muted' | 'warn' | 'error' | 'accent' | 'live'

/** A column to sort by. */
export interface SortKey {
  readonly column: string
  readonly descending: boolean
}

/** Data row of each shown position, stable within equal values; undefined values last in both directions. */
export function sortedOrder(rows: number, columns: readonly Column[], keys: readonly SortKey[]): Int32Array {
  const order = Int32Array.from({ length: rows }, (_, row) => row)
  const compares = keys.flatMap((key) => {
    const value = columns.find((column) => column.id === key.column)?.value
    return value === undefined ? [] : [comparison(rows, value, key.descending)]
  })
  if (compares.length === 0) return order
  return order.sort((a, b) => {
    for (const compare of compares) {
      const result = compare(a, b)
      if (result !== 0) return result
    }
    return a - b
  })
}

type Compare = (a: number, b: number) => number

function comparison(rows: number, value: (row: number) => number | string | null, descending: boolean): Compare {
  const sign = descending ? -1 : 1
  const values: (number | string | null)[] = []
  let numeric = true
  for (let row = 0; row < rows; row++) {
    const one = value(row)
    values.push(one)
    numeric &&= typeof one !== 'string'
  }
  if (numeric)
    return compareNumbers(
      Float64Array.from(values, (one) => (one === null ? Number.NaN : Number(one))),
      sign,
    )
  const collator = new Intl.Collator(undefined, { numeric: true })
  return (a, b) => {
    const left = values[a] ?? null
    const right = values[b] ?? null
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    return sign * collator.compare(String(left), String(right))
  }
}

function compareNumbers(column: Float64Array, sign: number): Compare {
  return (a, b) => {
    const left = column[a] as number
    const right = column[b] as number
    if (left === right) return 0
    if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right))
    return left < right ? -sign : sign
  }
}

/** Sort keys after a click on a header: ascending → descending → unsorted; with `add` the earlier keys stay. */
export function nextSort(keys: readonly SortKey[], column: string, add: boolean): SortKey[] {
  const present = keys.find((key) => key.column === column)
  const others = add ? keys.filter((key) => key.column !== column) : []
  if (present === undefined) return [...others, { column, descending: false }]
  return present.descending ? others : [...others, { column, descending: true }]
}

/** Rows as tab-separated values with a header, ready for a spreadsheet: plain numbers, ASCII minus, nothing where undefined. */
export function toTsv(columns: readonly Column[], rows: Iterable<number>): string {
  const lines = [columns.map((column) => clean(column.title)).join('\t')]
  for (const row of rows) lines.push(columns.map((column) => cellTsv(column, row)).join('\t'))
  return lines.join('\n')
}

function cellTsv(column: Column, row: number): string {
  // A moment is sorted by its number and read as its text, so only right-aligned figures are copied by value.
  const value = column.align === 'right' ? column.value?.(row) : undefined
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const text = column.text(row)
  return text === missing ? '' : clean(text.replaceAll('\u2212', '-'))
}

function clean(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ')
}

/** The position a key moves to, or undefined when the key does not move. */
export function movedPosition(key: string, position: number, rows: number, page: number): number | undefined {
  const moves: Record<string, number> = {
    ArrowDown: position + 1,
    ArrowUp: position - 1,
    PageDown: position + page,
    PageUp: position - page,
    Home: 0,
    End: rows - 1,
  }
  const next = moves[key]
  return next === undefined ? undefined : Math.max(0, Math.min(rows - 1, next))
}

/** The keys of an event that a table looks at. */
interface TableKey {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** What a key does in a table: a position to move to, an act, or undefined when the key is not the table's. */
export function keyAction(
  event: TableKey,
  at: { readonly active: number | null; readonly rows: number; readonly page: number },
): number | 'copy' | 'all' | 'open' | undefined {
  if (event.altKey || at.rows === 0) return undefined
  if (event.ctrlKey || event.metaKey) return ({ c: 'copy', a: 'all' } as const)[event.key.toLowerCase()]
  if (event.key === 'Enter') return 'open'
  return movedPosition(event.key, at.active ?? -1, at.rows, at.page)
}
