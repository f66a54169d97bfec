import { inferDate, inferTime } from './infer-date.ts'
import type { CsvColumns } from './recipe.ts'

/** What the columns of a sample seem to be. */
export interface ColumnGuess {
  readonly columns: CsvColumns
  /** A column that names contracts, when it holds or may hold more than one. */
  readonly contract: number | null
  readonly kind: 'bars' | 'bid-bars' | 'prints' | 'bid-prints'
  readonly doubts: readonly string[]
}

/** Why a file holds no bars: a key under `import.reason.`. */
export type UnsupportedReason = 'open-interest-only' | 'one-sided-quotes' | 'no-prices' | 'not-prices'

export type ColumnInference =
  | { readonly ok: true; readonly value: ColumnGuess }
  | { readonly ok: false; readonly error: UnsupportedReason | 'no-columns' }

/** Names of columns in English, Chinese and German exports, as `headerNames` writes them. */
const patterns = {
  date: /^(date|datetime|timestamp|time|day|opentime|ts|localtime|gmttime|日期|时间|日期时间|交易日期|datum)$/,
  time: /^(time|timeofday|hour|timestamp|时间|zeit|uhrzeit)$/,
  open: /^(open|o|openprice|opening|first|bidopen|开盘|开盘价|eröffnung|eröffnungskurs|erster)$/,
  high: /^(high|h|highprice|max|bidhigh|最高|最高价|hoch|höchst|tageshoch)$/,
  low: /^(low|l|lowprice|min|bidlow|最低|最低价|tief|tiefst|tagestief)$/,
  close: /^(close|c|closeprice|closing|last|settle|bidclose|close\/last|收盘|收盘价|schluss|schlusskurs|letzter)$/,
  price: /^(price|trade|tradeprice|value|成交价|价格)$/,
  bid: /^(bid|bidprice)$/,
  ask: /^(ask|askprice|offer)$/,
  volume: /^(volume|vol|v|size|qty|quantity|amount|volumebtc|成交量|volumen|stück)$/,
  openInterest: /^(openinterest|openint|oi|open_interest|持仓量|持仓)$/,
  contract: /^(contract|expiration|expiry|symbol|ticker|instrument|合约|代码)$/,
}

/** Reads the header (an empty list when there is none) and the data rows of a sample. */
export function inferColumns(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  whole: boolean,
): ColumnInference {
  const column = (index: number) => rows.map((row) => row[index] ?? '')
  const width = rows[0]?.length ?? 0
  const names = headerNames(header, width, (index) => inferTime(column(index)) !== undefined)
  return names.length === 0 ? withoutHeader(rows, width) : withHeader(names, rows, whole)
}

/** Lower case without spaces and marks; a header that forgot its time column gets one (backtrader's volume-min sample). */
function headerNames(header: readonly string[], width: number, isTime: (index: number) => boolean): string[] {
  const names = header.map((name) => name.toLowerCase().replace(/[\s_<>."'-]/g, ''))
  const [first] = names
  const forgotten = names.length === width - 1 && !names.includes('time') && isTime(1)
  return forgotten && first !== undefined ? [first, 'time', ...names.slice(1)] : names
}

function withHeader(names: readonly string[], rows: readonly (readonly string[])[], whole: boolean): ColumnInference {
  const find = (key: keyof typeof patterns, except: readonly number[] = []) => {
    const index = names.findIndex((name, at) => patterns[key].test(name) && !except.includes(at))
    return index < 0 ? null : index
  }
  const date = find('date')
  if (date === null) return { ok: false, error: 'no-columns' }
  const second = find('time', [date])
  const time = second !== null && inferTime(rows.map((row) => row[second] ?? '')) !== undefined ? second : null
  const base = { date, time, volume: find('volume'), openInterest: find('openInterest') }
  const contract = contractColumn(find('contract'), rows, whole)
  const close = find('close')
  if (close === null)
    return withPrints({ price: find('price'), bid: find('bid'), ask: find('ask') }, { base, contract, rows })
  const [open, high, low] = [find('open'), find('high'), find('low')]
  const quotes = /^bid/.test(names[close] ?? '')
  const partial = open === null || high === null || low === null
  // The size of the last quote is not a traded volume.
  const columns = { ...base, open, high, low, close, ...(quotes ? { volume: null } : {}) }
  const doubts = [...(quotes ? ['quotes'] : []), ...(partial ? ['columns'] : [])]
  return { ok: true, value: { columns, contract, kind: quotes ? 'bid-bars' : 'bars', doubts } }
}

/** A column of several contracts. A longer file may name the next one only after the sample. */
function contractColumn(column: number | null, rows: readonly (readonly string[])[], whole: boolean): number | null {
  if (column === null || !whole) return column
  return new Set(rows.map((row) => row[column])).size > 1 ? column : null
}

interface PrintRows {
  readonly base: Pick<CsvColumns, 'date' | 'time' | 'volume' | 'openInterest'>
  readonly contract: number | null
  readonly rows: readonly (readonly string[])[]
}

function withPrints(
  { price, bid, ask }: { readonly price: number | null; readonly bid: number | null; readonly ask: number | null },
  { base, contract, rows }: PrintRows,
): ColumnInference {
  const flat = { ...base, open: null, high: null, low: null }
  if (price !== null) {
    return { ok: true, value: { columns: { ...flat, close: price }, contract, kind: 'prints', doubts: ['ticks'] } }
  }
  if (bid === null) return { ok: false, error: base.openInterest !== null ? 'open-interest-only' : 'no-prices' }
  if (oneSided(rows, bid, ask)) return { ok: false, error: 'one-sided-quotes' }
  const columns = { ...flat, close: bid, volume: null }
  return { ok: true, value: { columns, contract, kind: 'bid-prints', doubts: ['ticks', 'quotes'] } }
}

/** Half of the quotes state one side only: their bids alone would not be a price history. */
function oneSided(rows: readonly (readonly string[])[], bid: number, ask: number | null): boolean {
  if (ask === null) return false
  const states = (text: string | undefined) => text !== undefined && text !== '' && Number(text) !== 0
  return rows.filter((row) => !(states(row[bid]) && states(row[ask]))).length * 2 >= rows.length
}

/** Without names the usual order is assumed: date (time) open high low close volume open interest. */
function withoutHeader(rows: readonly (readonly string[])[], width: number): ColumnInference {
  const column = (index: number) => rows.map((row) => row[index] ?? '')
  const stamped = inferDate(column(0)) !== undefined || inferTime(column(0)) === 'ms-of-day'
  if (!stamped) return { ok: false, error: 'no-columns' }
  const time = width > 2 && column(1).every((text) => /:/.test(text)) && inferTime(column(1)) !== undefined ? 1 : null
  const first = time === null ? 1 : 2
  const numeric = (index: number) =>
    column(index).every((text) => /^[+-]?[\d.,]+(e[+-]?\d+)?$/i.test(text) || text === '')
  const numbers = Array.from({ length: width - first }, (_, at) => numeric(at + first))
  const found = numbers.indexOf(false) < 0 ? numbers.length : numbers.indexOf(false)
  if (found === 0) return { ok: false, error: 'no-prices' }
  const at = (offset: number) => (offset < found ? first + offset : null)
  const base = { date: 0, time }
  const value = (columns: CsvColumns): ColumnInference => ({
    ok: true,
    value: { columns, contract: null, kind: 'bars', doubts: ['columns'] },
  })
  if (found >= 4) {
    if (!looksLikeBars(rows, first)) return { ok: false, error: 'not-prices' }
    return value({
      ...base,
      open: first,
      high: first + 1,
      low: first + 2,
      close: first + 3,
      volume: at(4),
      openInterest: at(5),
    })
  }
  if (found > 1) return { ok: false, error: 'not-prices' }
  return value({ ...base, open: null, high: null, low: null, close: first, volume: null, openInterest: null })
}

/** Four nameless numbers are prices of a bar when the second is the highest and the third the lowest in nearly all rows. */
function looksLikeBars(rows: readonly (readonly string[])[], first: number): boolean {
  const fits = rows.filter((row) => {
    const [open = 0, high = 0, low = 0, close = 0] = row
      .slice(first, first + 4)
      .map((text) => Number(text.replace(',', '.')))
    return high >= Math.max(open, close) && low <= Math.min(open, close)
  })
  return fits.length >= rows.length * 0.9
}
