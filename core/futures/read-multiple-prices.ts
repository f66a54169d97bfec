import { DomainError } from '../domain/errors.ts'
import type { MultiplePrices } from './multiple-prices.ts'

/** A file of multiple prices: its rows, and their dates as the file writes them. */
export interface MultiplePricesFile extends MultiplePrices {
  readonly dates: readonly string[]
}

/** Column → the names that files give it, lower case. */
const names = {
  date: ['date', 'datetime', 'time', 'index'],
  price: ['price'],
  contract: ['price_contract', 'contract'],
  forward: ['forward'],
} as const

/**
 * Reads rows of `date, price, price_contract, forward, …`: the price of the contract that is held and of the one that
 * follows it (pysystemtrade's multiple prices; columns in any order, further ones are not looked at). An empty cell or
 * `nan` is an undefined price. Throws `futures.malformed` with path, row (1 = the header), column and what stood there.
 */
export function readMultiplePrices(text: string, path: string): MultiplePricesFile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  while (lines.at(-1)?.trim() === '') lines.pop()
  const header = lines[0] ?? ''
  const separator = [',', ';', '\t'].find((mark) => header.includes(mark)) ?? ','
  const cellsOf = (line: string) => line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
  const columns = columnsOf(cellsOf(header), path)
  const rows = lines.slice(1).map(cellsOf)
  if (rows.length === 0) throw malformed(path, { row: 2, column: 'date', found: '' })
  const cell = (row: number, column: keyof typeof names) => rows[row]?.[columns[column]] ?? ''
  const number = (row: number, column: 'price' | 'forward') => {
    const found = cell(row, column)
    if (found === '' || /^(nan|null|na)$/i.test(found)) return Number.NaN
    const value = Number(found)
    if (!Number.isFinite(value)) throw malformed(path, { row: row + 2, column, found })
    return value
  }
  const time = Float64Array.from(rows, (_, row) => timeOf(cell(row, 'date')))
  for (const [row, value] of time.entries()) {
    const inOrder = row === 0 ? !Number.isNaN(value) : value >= (time[row - 1] as number)
    if (!inOrder) throw malformed(path, { row: row + 2, column: 'date', found: cell(row, 'date') })
    if (cell(row, 'contract') === '') throw malformed(path, { row: row + 2, column: 'contract', found: '' })
  }
  return {
    dates: rows.map((_, row) => cell(row, 'date')),
    time,
    price: Float64Array.from(rows, (_, row) => number(row, 'price')),
    forward: Float64Array.from(rows, (_, row) => number(row, 'forward')),
    contract: rows.map((_, row) => cell(row, 'contract')),
  }
}

function columnsOf(header: readonly string[], path: string): Record<keyof typeof names, number> {
  const lower = header.map((name) => name.toLowerCase())
  const find = (column: keyof typeof names) => {
    const at = names[column].map((name) => lower.indexOf(name)).find((index) => index >= 0)
    // pandas leaves the name of the dates empty
    if (at === undefined && column === 'date' && lower[0] === '') return 0
    if (at === undefined) throw malformed(path, { row: 1, column: names[column][0], found: header.join(' ') })
    return at
  }
  return { date: find('date'), price: find('price'), contract: find('contract'), forward: find('forward') }
}

/** A date, or a date and time, without a zone: UTC. NaN when it is none. */
function timeOf(text: string): number {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?(?:Z|\+00:?00)?$/.exec(text)
  if (found === null) return Number.NaN
  const [year, month, day, hour, minute, second] = found.slice(1).map((part) => Number(part ?? 0)) as number[]
  const [monthStart, monthEnd] = [
    Date.UTC(year as number, (month as number) - 1),
    Date.UTC(year as number, month as number),
  ]
  const time = Date.UTC(year as number, (month as number) - 1, day, hour, minute, second)
  return (month as number) >= 1 && (month as number) <= 12 && time >= monthStart && time < monthEnd ? time : Number.NaN
}

interface Place {
  readonly row: number
  readonly column: string
  readonly found: string
}

function malformed(path: string, { row, column, found }: Place): DomainError {
  return new DomainError('futures.malformed', { path, row, column, found: found.slice(0, 80) })
}
