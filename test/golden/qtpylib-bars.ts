import { readFileSync } from 'node:fs'
import type { BarColumns } from '../../core/indicators/graph.ts'
import { findMarketFile } from './collection.ts'
import { referenceNumber } from './reference-files.ts'

/** How a file says where its bars are: in the file itself, or in a market file below the root of the collection. */
export interface BarsOf {
  /** E.g. `market/equity/ibm-minute-trade.csv`. */
  readonly source?: string
  /** E.g. `ibm-minute-trade (first 400 bars)`. */
  readonly series?: string
  readonly input_columns?: readonly string[]
  readonly input?: readonly (readonly unknown[])[]
}

const names = ['open', 'high', 'low', 'close', 'volume'] as const

/** The bars that the reference file at `path` was computed on; undefined when they are nowhere. */
export function barsOf(content: BarsOf, path: string): BarColumns | undefined {
  if (content.input !== undefined && content.input_columns !== undefined)
    return columnsOf(content.input_columns, content.input)
  const file = content.source === undefined ? undefined : findMarketFile(content.source.split(' ')[0] ?? '', path)
  if (file === undefined) return undefined
  const rows = readRows(file)
  const count = Number(/first (\d+)/.exec(content.series ?? '')?.[1] ?? rows.length)
  return columnsOf(rows[0] ?? [], rows.slice(1, 1 + count))
}

function readRows(file: string): readonly (readonly string[])[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','))
}

function columnsOf(header: readonly unknown[], rows: readonly (readonly unknown[])[]): BarColumns {
  const at = (name: string) => header.findIndex((title) => String(title).trim().toLowerCase() === name)
  const column = (name: (typeof names)[number]) => {
    const index = at(name)
    return Float64Array.from(rows, (row) => (index < 0 ? Number.NaN : numberOf(row[index])))
  }
  const [open, high, low, close, volume] = names.map(column) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  return { open, high, low, close, volume }
}

function numberOf(value: unknown): number {
  return typeof value === 'string' && /\d/.test(value) ? Number(value) : referenceNumber(value === '' ? null : value)
}
