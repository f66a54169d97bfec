import { DomainError } from '../../domain/errors.ts'
import { createMarketColumns, type MarketSeriesByKind, toMarketSeries } from '../../domain/market-columns.ts'
import { compareKeys } from '../../stores/merge-market.ts'
import { dateTexts, type MarketText, readQuoteRows, readTickRows, severalContracts } from './market-file.ts'

type FileKind = 'tick' | 'quote'

/** Columns of one part of a file in the order of `marketColumnNames`; of ticks without numbers of trades the id is NaN. */
type Part = readonly Float64Array[]

/** Reads a file of ticks or quotes in parts: only numbers are kept, so its text may be far larger than memory. */
export interface MarketSeriesReader<Kind extends FileKind> {
  /** The next part of the text, whole lines; the first begins with the head line. */
  push(text: string): void
  /**
   * The rows as they are kept: by key, one a key. Of ticks without numbers of trades the id is the ordinal among the prints
   * of its time, so that reading the file again gives the same. A size that the file does not tell is NaN; a side that a
   * row leaves out repeats, and rows before both are known are left out.
   */
  finish(): MarketSeriesByKind[Kind]
}

export function createMarketSeriesReader<Kind extends FileKind>(
  kind: Kind,
  { path, zone }: Omit<MarketText, 'text' | 'part'>,
): MarketSeriesReader<Kind> {
  const parts: Part[] = []
  let head = ''
  let dates: string[] | null = null
  let [rowsBefore, contract] = [0, '']
  return {
    push(text) {
      const isFirst = dates === null
      const whole = isFirst ? text : `${head}\n${text}`
      if (dates === null) {
        head = text.slice(0, Math.max(0, text.indexOf('\n'))).trimEnd()
        dates = dateTexts({ text })
      } else if (text.trim() === '') return
      const source = { text: whole, path, zone, part: { dates, rowsBefore } }
      const read = kind === 'tick' ? tickPart(source) : quotePart(source)
      if (parts.length > 0 && read.contract !== contract) throw severalContracts(path)
      contract = read.contract
      parts.push(read.columns)
      rowsBefore += text.split('\n').length - (isFirst ? 2 : 1)
    },
    finish() {
      if (parts.length === 0) throw new DomainError('import.empty', { path })
      const joined = inTime(join(kind, parts))
      const columns = kind === 'tick' ? numbered(joined) : bothSides(joined)
      return toMarketSeries(kind, lastOfKeys(columns, kind === 'tick' ? 2 : 1))
    },
  }
}

/** The same of a whole text. */
export function readMarketSeries<Kind extends FileKind>(kind: Kind, source: MarketText): MarketSeriesByKind[Kind] {
  const reader = createMarketSeriesReader(kind, source)
  reader.push(source.text)
  return reader.finish()
}

function tickPart(source: MarketText): { readonly columns: Part; readonly contract: string } {
  const { ticks, ids, sides, contract } = readTickRows(source)
  const id = ids ?? new Float64Array(ticks.time.length).fill(Number.NaN)
  return { columns: [ticks.time, id, ticks.price, ticks.size.map(knownSize), sides], contract }
}

function quotePart(source: MarketText): { readonly columns: Part; readonly contract: string } {
  const { quotes, contract } = readQuoteRows(source)
  return { columns: [quotes.time, quotes.bid, quotes.ask, quotes.bidSize, quotes.askSize], contract }
}

/** Readers for the engine let an unknown size limit nothing; a store says that it is unknown. */
function knownSize(size: number): number {
  return size === Number.POSITIVE_INFINITY ? Number.NaN : size
}

function join(kind: FileKind, parts: readonly Part[]): Float64Array[] {
  const joined = createMarketColumns(
    kind,
    parts.reduce((sum, [time]) => sum + (time?.length ?? 0), 0),
  )
  let at = 0
  for (const part of parts) {
    for (const [index, column] of part.entries()) joined[index]?.set(column, at)
    at += part[0]?.length ?? 0
  }
  return joined
}

/** By time; rows of one time stay in the order of the file. */
function inTime(columns: Float64Array[]): Float64Array[] {
  return sorted(columns, columns.slice(0, 1))
}

function sorted(columns: Float64Array[], keys: readonly Float64Array[]): Float64Array[] {
  const [time] = columns as [Float64Array, ...Float64Array[]]
  let isSorted = true
  for (let row = 1; row < time.length && isSorted; row++) isSorted = compareKeys(keys, row - 1, keys, row) <= 0
  if (isSorted) return columns
  const order = Array.from(time, (_, row) => row).sort((a, b) => compareKeys(keys, a, keys, b) || a - b)
  return picked(columns, order)
}

function picked(columns: readonly Float64Array[], rows: readonly number[]): Float64Array[] {
  return columns.map((column) => Float64Array.from(rows, (row) => column[row] as number))
}

/** Ticks by time and id: the numbers of the trades when every row has one, else ordinals. */
function numbered(columns: Float64Array[]): Float64Array[] {
  const [time, id] = columns as [Float64Array, Float64Array, ...Float64Array[]]
  if (id.every(Number.isSafeInteger)) return sorted(columns, [time, id])
  id.fill(0)
  for (let row = 1; row < time.length; row++) if (time[row] === time[row - 1]) id[row] = (id[row - 1] as number) + 1
  return columns
}

/** Quotes from the first on that knows both sides, a side that is left out repeated with its size. */
function bothSides(columns: Float64Array[]): Float64Array[] {
  const [, bid, ask, bidSize, askSize] = columns as [Float64Array, ...Float64Array[]]
  let first = 0
  for (const [price, size] of [
    [bid, bidSize],
    [ask, askSize],
  ] as [Float64Array, Float64Array][]) {
    const begin = price.findIndex((value) => value > 0)
    first = Math.max(first, begin < 0 ? price.length : begin)
    for (let row = begin + 1; row > 0 && row < price.length; row++) {
      if ((price[row] as number) > 0) continue
      price[row] = price[row - 1] as number
      size[row] = size[row - 1] as number
    }
  }
  return columns.map((column) => column.subarray(first))
}

/** Of rows that share a key, the last. */
function lastOfKeys(columns: Float64Array[], keyColumns: number): Float64Array[] {
  const keys = columns.slice(0, keyColumns)
  const { length } = columns[0] as Float64Array
  const kept: number[] = []
  for (let row = 0; row < length; row++)
    if (row + 1 === length || compareKeys(keys, row, keys, row + 1) !== 0) kept.push(row)
  return kept.length === length ? columns : picked(columns, kept)
}
