import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { collectionOf, findAbove } from './collection.ts'
import type { BarRow } from './order-case.ts'
import { findReferenceFiles } from './reference/files.ts'
import { readReference, readReferenceOr } from './reference-files.ts'

/** Source rows of one series; `from` and `to` (ISO texts) when a file holds only a part of it. */
interface Holding {
  readonly series: string
  readonly rows: readonly BarRow[]
  readonly from?: string
  readonly to?: string
}

/** A part of a series: both ends are ISO texts without zone, both belong to it. */
export interface SourcePart {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

const holdings = new Map<string, readonly Holding[]>()

/**
 * The bars of a series that the reference file at `path` names but does not hold: from another file of its collection
 * (synthetic series are only there), else from the `market` folder beside the collection. Undefined when nobody has
 * all of the part that is asked for. Daily rows carry upstream's default stamp, 23:59:59.999989.
 */
export function sourceBars(path: string, series: string, part: SourcePart = {}): readonly BarRow[] | undefined {
  const held = collectionHoldings(collectionOf(path)).filter((holding) => holding.series === series)
  const found = held.find(({ from, to }) => from === undefined && to === undefined) ?? held.find((h) => covers(h, part))
  return found?.rows ?? marketBars(path, series)
}

function covers({ from, to }: Holding, part: SourcePart): boolean {
  return part.from !== undefined && part.to !== undefined && (from ?? '') <= part.from && part.to <= endOf(to ?? '9')
}

/** A date as an end means its last moment. */
function endOf(text: string): string {
  return text.length === 10 ? `${text}T23:59:59` : text
}

/** What the files of one collection hold, the longest of each series first. */
function collectionHoldings(folder: string): readonly Holding[] {
  const known = holdings.get(folder)
  if (known !== undefined) return known
  const found = findReferenceFiles(folder)
    .flatMap((file) => holdingsOf(readReferenceOr(file, null)))
    .sort((a, b) => b.rows.length - a.rows.length)
  holdings.set(folder, found)
  return found
}

function holdingsOf(content: unknown): Holding[] {
  const { input, series, run, data } = (content ?? {}) as {
    readonly input?: readonly BarRow[]
    readonly series?: string
    readonly run?: { readonly feed?: string }
    readonly data?: unknown
  }
  if (Array.isArray(input) && series !== undefined) return [{ series, rows: input }]
  if (!Array.isArray(data)) return []
  if (run?.feed !== undefined) return [{ series: run.feed, rows: data as BarRow[] }]
  return (data as readonly { spec?: { feed: string; from: string; to: string }; bars?: BarRow[] }[]).flatMap(
    ({ spec, bars }) =>
      spec === undefined || bars === undefined ? [] : [{ series: spec.feed, rows: bars, from: spec.from, to: spec.to }],
  )
}

/** The rows of `market/…/SERIES.txt|csv` of the nearest folder above `path` that has a market folder. */
function marketBars(path: string, series: string): readonly BarRow[] | undefined {
  const index = findAbove(join('market', 'index.json'), path)
  if (index === undefined) return undefined
  const folder = dirname(dirname(index))
  const { files } = readReference(index) as { readonly files: readonly { readonly file: string }[] }
  const file = files.find((entry) => basename(entry.file, extname(entry.file)) === series)?.file
  const found = file === undefined ? undefined : [join(folder, file), join(folder, 'market', file)].find(existsSync)
  return found === undefined ? undefined : readBars(readFileSync(found, 'utf8'))
}

/** Rows of a bar file in backtrader's own layout (date and time apart or together) or Yahoo's. */
export function readBars(text: string): BarRow[] | undefined {
  const [header = '', ...lines] = text.trim().split(/\r?\n/)
  const names = header.toLowerCase().split(',')
  if (!/^(date|time)/.test(names[0] ?? '')) return undefined
  const yahoo = names.includes('adj close')
  return lines.map((line) => (yahoo ? yahooRow(line.split(',')) : plainRow(line.split(','))))
}

function plainRow(cells: readonly string[]): BarRow {
  const apart = /^\d\d:\d\d/.test(cells[1] ?? '')
  const stamp = apart ? `${cells[0]}T${cells[1]}` : stampOf(cells[0] ?? '')
  const [open, high, low, close, volume, interest] = cells.slice(apart ? 2 : 1).map(Number)
  return [stamp, open ?? 0, high ?? 0, low ?? 0, close ?? 0, volume ?? 0, interest ?? 0]
}

/** As upstream reads Yahoo files: adjusted by Adj Close, prices rounded to cents, volume to units. */
function yahooRow(cells: readonly string[]): BarRow {
  const [open = 0, high = 0, low = 0, close = 0, adjusted = 0, volume = 0] = cells.slice(1).map(Number)
  const factor = close / adjusted
  const price = (value: number) => roundHalfEven(value / factor, 2)
  return [
    stampOf(cells[0] ?? ''),
    price(open),
    price(high),
    price(low),
    roundHalfEven(adjusted, 2),
    roundHalfEven(volume * factor, 0),
    0,
  ]
}

function stampOf(text: string): string {
  return text.length === 10 ? `${text}T23:59:59.999989` : text
}

/** Correctly rounded from the exact binary value, ties to even (Python's round). */
function roundHalfEven(value: number, digits: number): number {
  const rounded = Number(value.toFixed(digits))
  // 2^-k has k decimals: twenty show whether the value lies exactly between two neighbours
  const isTie = new RegExp(`^-?\\d+\\.\\d{${digits}}50*$`).test(value.toFixed(30))
  if (!isTie) return rounded
  const unit = 10 ** digits
  return (2 * Math.round((Math.floor(value * unit) + (Math.floor(value * unit) % 2)) / 2)) / unit
}
