import { DomainError } from '../../domain/errors.ts'
import type { QuoteColumns, TickColumns } from '../../domain/market-columns.ts'
import { sharedColumn } from '../../lib/columns.ts'
import { zoneClock } from '../zone-offsets.ts'
import { bytesOf } from './bytes.ts'
import { compileDateFormat } from './date-format.ts'
import { inferDate } from './infer-date.ts'

/** Names under which files keep a column; the first that a file has counts. */
const names = {
  time: ['time', 'timestamp', 'datetime', 'date'],
  clock: ['clock', 'time'],
  price: ['price', 'last', 'close', 'trade'],
  size: ['size', 'volume', 'qty', 'quantity', 'vol'],
  bid: ['bid', 'bidprice', 'bid_price'],
  ask: ['ask', 'askprice', 'ask_price', 'offer'],
  bidSize: ['bid_size', 'bidsize', 'bidvolume', 'bid_volume', 'vol bid'],
  askSize: ['ask_size', 'asksize', 'askvolume', 'ask_volume', 'vol offer'],
  id: ['id', 'trade_id', 'tradeid', 'trade id', 'agg_trade_id'],
  side: ['side', 'aggressor', 'taker_side', 'takerside'],
  buyerMade: ['is_buyer_maker', 'isbuyermaker'],
  suspicious: ['suspicious'],
  contract: ['expiration', 'contract', 'symbol', 'ticker'],
} as const

type Column = keyof typeof names
const columnNames = Object.keys(names) as Column[]

/** Columns whose name must be one of theirs as a whole: `identifier` is no trade number. */
const wholeWords: readonly Column[] = ['id', 'side', 'buyerMade']

/** A file of ticks or quotes taken apart: its rows, and where its columns are. */
interface MarketRows {
  readonly path: string
  readonly rows: readonly (readonly string[])[]
  readonly at: (column: Column) => number
  /** UTC milliseconds by row. */
  readonly times: readonly number[]
  /** The contract that all rows are of; empty when the file names none. */
  readonly contract: string
}

/** A file's text, where it is, and the zone of times that name none. */
export interface MarketText {
  readonly text: string
  readonly path: string
  readonly zone: string
  /** Of a part of a file: date texts of its beginning, by which the way of writing dates is told, and rows before the part. */
  readonly part?: { readonly dates: readonly string[]; readonly rowsBefore: number }
}

/** Texts from which the way of writing dates is inferred. */
const dateSample = 200

/** The date texts at the beginning of a file, for its parts. */
export function dateTexts({ text }: Pick<MarketText, 'text'>): string[] {
  const { rows, at } = cellsOf(text)
  return rows.slice(0, dateSample).map((row) => (row[at('time')] ?? '').trim())
}

/** Reads ticks from a CSV text with a head line: a time, a price and (if there is one) a size. */
export function readTicks(source: MarketText): TickColumns {
  return readTickRows(source).ticks
}

/** Ticks with what else a file may say of a print. */
interface TickRows {
  readonly ticks: TickColumns
  /** The venue's numbers of the trades; null when the file has none, or not for all. */
  readonly ids: Float64Array | null
  /** As `TickSeries.side`. */
  readonly sides: Float64Array
  readonly contract: string
}

export function readTickRows(source: MarketText): TickRows {
  const file = takeApart(source, ['price'])
  const kept = file.rows.map((_, row) => row).filter((row) => value(file, 'price', row) > 0 && !isSuspicious(file, row))
  const order = inTime(file, kept)
  const ids = file.at('id') < 0 ? null : fill(order, (row) => value(file, 'id', row))
  return {
    ticks: {
      time: fill(order, (row) => file.times[row] as number),
      price: fill(order, (row) => value(file, 'price', row)),
      size: sizes(order, (row) => value(file, 'size', row)),
    },
    ids: ids?.every(Number.isSafeInteger) === true ? ids : null,
    sides: fill(order, (row) => takerOf(file, row)),
    contract: file.contract,
  }
}

/** Quotes as a file states them, by time: NaN where a row leaves a side out. */
export function readQuoteRows(source: MarketText): { readonly quotes: QuoteColumns; readonly contract: string } {
  const file = takeApart(source, ['bid', 'ask'])
  const order = inTime(
    file,
    file.rows.map((_, row) => row).filter((row) => !isSuspicious(file, row)),
  )
  const column = (name: Column) => fill(order, (row) => value(file, name, row))
  const prices = { bid: column('bid'), ask: column('ask'), bidSize: column('bidSize'), askSize: column('askSize') }
  return { quotes: { time: fill(order, (row) => file.times[row] as number), ...prices }, contract: file.contract }
}

/** 1 when the buyer took, −1 the seller, 0 when the file does not say. */
function takerOf({ rows, at }: MarketRows, row: number): number {
  const word = (column: Column) => (at(column) < 0 ? '' : (rows[row]?.[at(column)] ?? '').trim().toLowerCase())
  const side = word('side')
  if (['buy', 'b', 'buyer', '1', '+1'].includes(side)) return 1
  if (['sell', 's', 'seller', '-1'].includes(side)) return -1
  const maker = word('buyerMade')
  return maker === '' ? 0 : ['true', '1', 't'].includes(maker) ? -1 : 1
}

/**
 * Reads quotes: a time, bid and ask, and their sizes if there are any. A row that states one side only repeats the other
 * side's last; rows before both sides are known are left out.
 */
export function readQuotes(source: MarketText): QuoteColumns {
  const file = takeApart(source, ['bid', 'ask'])
  const order = inTime(
    file,
    file.rows.map((_, row) => row).filter((row) => !isSuspicious(file, row)),
  )
  const bids = lastKnown(file, order, 'bid')
  const asks = lastKnown(file, order, 'ask')
  const kept = order.map((_, k) => k).filter((k) => (bids[k] ?? -1) >= 0 && (asks[k] ?? -1) >= 0)
  const sided = (column: Column, from: readonly number[]) => (k: number) => value(file, column, from[k] as number)
  return {
    time: fill(kept, (k) => file.times[order[k] as number] as number),
    bid: fill(kept, sided('bid', bids)),
    ask: fill(kept, sided('ask', asks)),
    bidSize: sizes(kept, sided('bidSize', bids)),
    askSize: sizes(kept, sided('askSize', asks)),
  }
}

/** Lines as cells, and where a column is. */
function cellsOf(text: string): Pick<MarketRows, 'rows' | 'at'> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const [head = '', ...body] = lines
  const separator = [',', ';', '\t'].find((mark) => head.includes(mark)) ?? ','
  const heads = head.split(separator).map((cell) => cell.trim().toLowerCase())
  // Found once: it is asked for every cell.
  const places = new Map(columnNames.map((column) => [column, placeOf(heads, column)]))
  const at = (column: Column) => places.get(column) ?? -1
  return { rows: body.map((line) => line.split(separator)), at }
}

/** Where a column stands; −1 when the file does not have it. */
function placeOf(heads: readonly string[], column: Column): number {
  const known: readonly string[] = names[column]
  for (const name of known) if (heads.includes(name)) return heads.indexOf(name)
  if (wholeWords.includes(column)) return -1
  return heads.findIndex((cell) => known.some((name) => cell.startsWith(name) && !cell.includes('_')))
}

function takeApart(source: MarketText, needed: readonly Column[]): MarketRows {
  const { text, path } = source
  const { rows, at } = cellsOf(text)
  if (rows.length === 0) throw new DomainError('import.empty', { path })
  if (at('time') < 0 || needed.some((column) => at(column) < 0)) throw new DomainError('import.no-columns', { path })
  const contracts =
    at('contract') < 0 ? new Set<string>() : new Set(rows.map((row) => (row[at('contract')] ?? '').trim()))
  if (contracts.size > 1) throw severalContracts(path)
  const [contract = ''] = contracts
  const timeAt = at('time')
  const texts = rows.map((row) => (row[timeAt] ?? '').trim())
  return { path, rows, at, times: timesOf(texts, source), contract }
}

export function severalContracts(path: string): DomainError {
  return new DomainError('import.unsupported', { path, reason: 'several-contracts' })
}

function timesOf(texts: readonly string[], { path, zone, part }: MarketText): number[] {
  const sample = part?.dates ?? texts.slice(0, dateSample)
  const format = compileDateFormat(inferDate(sample.map(withMilliseconds))?.format ?? '')
  const clock = zoneClock(zone)
  return texts.map((text, index) => {
    const bytes = bytesOf(withMilliseconds(text))
    const time = format?.date(bytes, 0, bytes.length) ?? Number.NaN
    if (Number.isNaN(time)) {
      const row = index + 2 + (part?.rowsBefore ?? 0)
      throw new DomainError('import.bad-rows', { path, row, column: 'time', reason: 'date', text, count: 1 })
    }
    return format?.absolute === true ? time : clock.toUtc(time)
  })
}

/** Finer than milliseconds in a text with an offset: the pattern takes any digits, so nothing is lost. */
function withMilliseconds(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)$/, '$1 $2.000').replace('T', ' ')
}

function value({ rows, at }: MarketRows, column: Column, row: number): number {
  const cell = rows[row]?.[at(column)]
  return cell === undefined || cell.trim() === '' ? Number.NaN : Number(cell)
}

function isSuspicious(file: MarketRows, row: number): boolean {
  return file.at('suspicious') >= 0 && value(file, 'suspicious', row) === 1
}

/** Rows by time; equal times stay as they were. */
function inTime({ times }: MarketRows, rows: readonly number[]): number[] {
  return [...rows].sort((a, b) => (times[a] as number) - (times[b] as number) || a - b)
}

/** For each place of `order` the row that last stated a price of this side; −1 before the first. */
function lastKnown(file: MarketRows, order: readonly number[], side: 'bid' | 'ask'): number[] {
  let last = -1
  return order.map((row) => {
    if (value(file, side, row) > 0) last = row
    return last
  })
}

function fill(rows: readonly number[], of: (row: number) => number): Float64Array {
  const column = sharedColumn(rows.length)
  for (const [k, row] of rows.entries()) column[k] = of(row)
  return column
}

/** Sizes; a source without any says nothing of them, so nothing limits. */
function sizes(rows: readonly number[], of: (row: number) => number): Float64Array {
  const column = fill(rows, of)
  return column.some((size) => size > 0) ? column : column.fill(Number.POSITIVE_INFINITY)
}
