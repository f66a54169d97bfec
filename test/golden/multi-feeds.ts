import { ensureDefined } from '../../core/lib/assert.ts'
import { barsWithCloses, type KnownClose } from './known-series.ts'
import { type BarRow, parseStamp } from './order-case.ts'

/** Length, stamp and close of one data in one call of the strategy. */
export type Seen = readonly [number, string | null, number | null]

export interface MultiCase {
  readonly id: string
  readonly note?: string
  readonly strategy: string
  readonly cash?: number
  readonly commission?: Readonly<Record<string, number>> | null
  readonly cerebro?: Readonly<Record<string, boolean>>
  readonly rows: readonly (readonly [string, readonly Seen[], readonly (number | null)[]])[]
  readonly orders: readonly (readonly [string, number, number, number])[]
  readonly values: readonly unknown[]
  readonly final_value: number
}

/** How a data comes about that is made from the first one. */
export interface DerivedFeed {
  readonly interval: string
  readonly replay: boolean
}

const idPattern = /^\w+\+(\d*)([a-z]+?)s?(\d*)-(resampled|replayed|coupled)$/
const unitLetters: Readonly<Record<string, string>> = {
  second: 's',
  sec: 's',
  minute: 'm',
  min: 'm',
  hour: 'h',
  day: 'd',
  week: 'w',
  month: 'M',
  year: 'y',
}

/** The files do not name their feeds; the id says whether and how the second data is made from the first. */
export function derivedFeed({ id }: MultiCase): DerivedFeed | undefined {
  const [, before = '', unit = '', after = '', how] = idPattern.exec(id) ?? []
  if (how === undefined) return undefined
  return { interval: `${before || after || '1'}${ensureDefined(unitLetters[unit], unit)}`, replay: how === 'replayed' }
}

/**
 * The bars of a data. Its stamps and closes are in the rows; the rest comes from the series of the collection with those
 * closes. Where the collection has none, the price of each order opens its bar: then what is proved are times, sizes,
 * phases, indicators and money, not the price of a fill.
 */
export function feedBars(multiCase: MultiCase, data: number, path: string): readonly BarRow[] {
  const closes = closesOf(multiCase, data)
  return barsWithCloses(path, closes) ?? barsOfCloses(closes, pricesOf(multiCase, data))
}

function closesOf({ rows }: MultiCase, data: number): KnownClose[] {
  const closes: KnownClose[] = []
  for (const [, seen] of rows) {
    const [length, stamp, close] = ensureDefined(seen[data], 'data')
    if (stamp !== null && close !== null && length > closes.length) closes.push({ stamp, close })
  }
  return closes
}

function pricesOf({ orders }: MultiCase, data: number): Map<string, number> {
  return new Map(orders.filter(([, traded]) => traded === data).map(([stamp, , , price]) => [stamp, price]))
}

function barsOfCloses(closes: readonly KnownClose[], opens: ReadonlyMap<string, number>): BarRow[] {
  return closes.map(({ stamp, close }, index) => {
    const open = opens.get(stamp) ?? closes[index - 1]?.close ?? close
    return [stamp, open, Math.max(open, close), Math.min(open, close), close, 0, 0]
  })
}

/** The interval of bars as their stamps tell it: `5m`, `1d`, `1w`, `1M`. */
export function intervalOf(rows: readonly BarRow[]): string {
  const stamps = rows.map(([stamp]) => parseStamp(stamp))
  const steps = stamps.slice(1).map((stamp, index) => stamp - (stamps[index] as number))
  const step = Math.min(...steps.filter((one) => one > 0), 366 * dayMs)
  if (step < dayMs * 0.9) return `${Math.max(1, Math.round(step / 60_000))}m`
  if (step < 4 * dayMs) return '1d'
  return step < 20 * dayMs ? '1w' : step < 300 * dayMs ? '1M' : '1y'
}

const dayMs = 86_400_000
