import type { BarSeries } from '../../domain/bar-series.ts'
import { type BarSpec, barSpecMs } from '../../domain/bar-spec.ts'
import { statusCode } from '../../domain/order-state.ts'
import { upperBound } from '../../lib/columns.ts'
import type { AnalyzedInstrument, AnalyzedRun, FillColumns, FundColumns, RoundTripColumns } from './analyzed-run.ts'
import { changeHolding } from './holding.ts'
import type { TimeFrame } from './time-frames.ts'

type Columns = Readonly<Record<string, Float64Array>>

/** The tables of a finished run, as they are stored. */
export interface RunTables {
  readonly equity: Columns
  readonly fills: Columns
  readonly orders: Columns
  readonly trades: Columns
}

/** One instrument of the run. */
export interface InstrumentFacts {
  readonly name: string
  readonly interval: BarSpec
  /** Its bars in the run; undefined when they are not at hand any more. */
  readonly bars: BarSeries | undefined
  /** What `size` units bought or sold at `entry` are worth at a price. */
  worth(size: number, price: number, entry: number): number
}

/** What the tables do not say. */
export interface RunFacts {
  readonly upstream: boolean
  readonly initialCash: number
  readonly fundMode: boolean
  readonly fundStart: number
  /** Bars before the strategy first decided. */
  readonly warmup: number
  readonly instruments: readonly InstrumentFacts[]
  /** The exchange's clock at an instant, written as if it were UTC. */
  toWallClock(utc: number): number
}

/** Joins tables and facts into what the analyzers read. */
export function analyzedRun(tables: RunTables, facts: RunFacts): AnalyzedRun {
  const time = columnOf(tables.equity, 'time')
  const cash = columnOf(tables.equity, 'cash')
  const value = columnOf(tables.equity, 'equity')
  const rows = new RowFinder(time, facts.instruments)
  const fills = fillColumns(tables.fills, rows)
  const account = { cash, value, fills, only: facts.instruments.length === 1 }
  return {
    upstream: facts.upstream,
    time: time.map((utc) => facts.toWallClock(utc)),
    ...{ cash, cashAfter: cash, value, start: facts.initialCash },
    fund: fundColumns(value, tables.equity.flows, facts),
    instruments: facts.instruments.map((instrument, index) => seenFromRows(instrument, index, rows, account)),
    fills,
    brokenOff: brokenOff(tables.orders, rows),
    trades: roundTrips(tables.trades, tables.fills, rows),
    decisionRow: facts.warmup,
  }
}

function columnOf(table: Columns, name: string): Float64Array {
  return table[name] ?? new Float64Array()
}

/** Finds the row of a run in which something happened to an instrument. */
class RowFinder {
  readonly rows: number
  readonly #time: Float64Array
  readonly #instruments: readonly InstrumentFacts[]
  /** When the bars of each row closed; undefined when some bars are not at hand. */
  readonly steps: Float64Array | undefined

  constructor(time: Float64Array, instruments: readonly InstrumentFacts[]) {
    this.rows = time.length
    this.#time = time
    this.#instruments = instruments
    const steps = stepTimes(instruments)
    this.steps = steps?.length === time.length ? steps : undefined
  }

  /** The row of the bar that began at `open` or, where there is none, last before it. */
  ofBar(instrument: number, open: number): number {
    const bars = this.#instruments[instrument]?.bars
    if (this.steps === undefined || bars === undefined) return upperBound(this.#time, open) - 1
    return this.ofClose(bars.closeTime[upperBound(bars.time, open) - 1] as number)
  }

  /** The row of a moment at which a bar closed. */
  ofClose(time: number): number {
    return upperBound(this.steps ?? this.#time, time) - 1
  }
}

/** Every distinct close time of the bars, ascending: the steps of a run. */
function stepTimes(instruments: readonly InstrumentFacts[]): Float64Array | undefined {
  const all = instruments.map(({ bars }) => bars?.closeTime)
  const [first] = all
  if (first === undefined || all.includes(undefined)) return undefined
  if (all.length === 1) return first
  const times = new Set<number>()
  for (const column of all as Float64Array[]) for (const time of column) times.add(time)
  return Float64Array.from(times).sort()
}

function fillColumns(table: Columns, rows: RowFinder): FillColumns {
  const instrument = columnOf(table, 'instrument')
  const side = columnOf(table, 'side')
  const time = columnOf(table, 'time')
  return {
    row: time.map((open, at) => rows.ofBar(instrument[at] as number, open)),
    instrument,
    size: columnOf(table, 'quantity').map((quantity, at) => quantity * (side[at] as number)),
    price: columnOf(table, 'price'),
    order: columnOf(table, 'order'),
  }
}

const ended: ReadonlySet<number | undefined> = new Set([statusCode.cancelled, statusCode.expired, statusCode.rejected])

function brokenOff(orders: Columns, rows: RowFinder): FillColumns {
  const [filled, price] = [columnOf(orders, 'filled'), columnOf(orders, 'price')]
  const [instrument, side] = [columnOf(orders, 'instrument'), columnOf(orders, 'side')]
  const found: number[] = []
  for (let at = 0; at < filled.length; at++) if (filled[at] !== 0 && ended.has(orders.status?.[at])) found.push(at)
  const pick = (value: (at: number) => number) => Float64Array.from(found, value)
  return {
    row: pick((at) => rows.ofClose(orders.updatedTime?.[at] as number)),
    instrument: pick((at) => instrument[at] as number),
    size: pick((at) => (filled[at] as number) * (side[at] as number)),
    price: pick((at) => price[at] as number),
    order: pick((at) => orders.id?.[at] as number),
  }
}

/** Closed ones by the fill that closed them, then the open ones. */
function roundTrips(trades: Columns, fills: Columns, rows: RowFinder): RoundTripColumns {
  const lastFill = new Map<number, number>()
  for (const [at, order] of columnOf(fills, 'order').entries()) lastFill.set(order, at)
  const open = columnOf(trades, 'open')
  const exit = columnOf(trades, 'exitOrder')
  const instrument = columnOf(trades, 'instrument')
  const rank = Array.from(open, (isOpen, at) =>
    isOpen === 1 ? Number.POSITIVE_INFINITY : (lastFill.get(exit[at] as number) ?? at),
  )
  const order = [...rank.keys()].sort((a, b) => compare(rank[a] as number, rank[b] as number) || a - b)
  const pick = (name: string) => {
    const column = columnOf(trades, name)
    return Float64Array.from(order, (at) => column[at] as number)
  }
  const exitTime = columnOf(trades, 'exitTime')
  const closeRow = Float64Array.from(order, (at) =>
    open[at] === 1 ? Number.NaN : rows.ofBar(instrument[at] as number, exitTime[at] as number),
  )
  return { closeRow, instrument: pick('instrument'), side: pick('side'), ...resultsOf(pick) }
}

function resultsOf(pick: (name: string) => Float64Array): Pick<RoundTripColumns, 'pnl' | 'gross' | 'bars'> {
  return { pnl: pick('pnl'), gross: pick('gross'), bars: pick('bars') }
}

/** Infinities compare too, which a difference does not. */
function compare(a: number, b: number): number {
  return a < b ? -1 : Number(a > b)
}

/** `flows`: money paid in or out that a row's value holds for the first time; its shares come at the value before. */
function fundColumns(value: Float64Array, flows: Float64Array | undefined, facts: RunFacts): FundColumns {
  const shares = new Float64Array(value.length)
  const perShare = new Float64Array(value.length)
  let issued = facts.initialCash / facts.fundStart
  let before = facts.fundStart
  for (let row = 0; row < value.length; row++) {
    const flow = flows?.[row] ?? 0
    if (flow !== 0) issued += flow / before
    before = (value[row] as number) / issued
    shares[row] = issued
    perShare[row] = before
  }
  return { on: facts.fundMode, value: perShare, shares, start: facts.fundStart }
}

interface AccountRows {
  readonly cash: Float64Array
  readonly value: Float64Array
  readonly fills: FillColumns
  readonly only: boolean
}

const frames: Readonly<Record<BarSpec['unit'], TimeFrame>> = {
  second: 'Seconds',
  minute: 'Minutes',
  hour: 'Minutes',
  day: 'Days',
  week: 'Weeks',
  month: 'Months',
  year: 'Years',
}

function seenFromRows(
  { name, interval, bars, worth }: InstrumentFacts,
  index: number,
  rows: RowFinder,
  account: AccountRows,
): AnalyzedInstrument {
  const prices = bars === undefined ? undefined : priceRows(bars, rows)
  const compression = interval.unit === 'hour' ? barSpecMs(interval) / 60_000 : interval.step
  const described = { name, timeframe: frames[interval.unit], compression, prices }
  if (prices === undefined) return { ...described, positionValue: restOf(account) }
  const { size, entry } = heldRows(account.fills, index, rows.rows)
  const positionValue = size.map((units, row) =>
    units === 0 ? 0 : worth(units, prices.close[row] as number, entry[row] as number),
  )
  return { ...described, positionValue }
}

/** Without bars, a single position is worth what is not cash; of several nobody knows. */
function restOf({ cash, value, only }: AccountRows): Float64Array {
  return value.map((amount, row) => (only ? amount - (cash[row] as number) : Number.NaN))
}

/** Units held in each row, and their average entry price. */
function heldRows(fills: FillColumns, instrument: number, rows: number): { size: Float64Array; entry: Float64Array } {
  const size = new Float64Array(rows)
  const entry = new Float64Array(rows)
  const held = { size: 0, price: 0 }
  let from = 0
  for (let at = 0; at < fills.row.length; at++) {
    if (fills.instrument[at] !== instrument) continue
    const row = fills.row[at] as number
    size.fill(held.size, from, row)
    entry.fill(held.price, from, row)
    from = row
    changeHolding(held, fills.size[at] as number, fills.price[at] as number)
  }
  size.fill(held.size, from)
  entry.fill(held.price, from)
  return { size, entry }
}

/** The last bar that had closed by each row. */
function priceRows(bars: BarSeries, { steps, rows }: RowFinder) {
  const names = ['open', 'high', 'low', 'close'] as const
  const own = steps === undefined || steps.length === bars.length
  const spread = (column: Float64Array) => {
    if (own) return column.subarray(0, rows)
    const wide = new Float64Array(rows).fill(Number.NaN)
    for (let bar = 0; bar < bars.length; bar++) {
      const from = upperBound(steps, bars.closeTime[bar] as number) - 1
      const to = bar + 1 < bars.length ? upperBound(steps, bars.closeTime[bar + 1] as number) - 1 : rows
      wide.fill(column[bar] as number, from, to)
    }
    return wide
  }
  const [open, high, low, close] = names.map((name) => spread(bars[name]))
  return { open, high, low, close } as Readonly<Record<(typeof names)[number], Float64Array>>
}
