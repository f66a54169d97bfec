import type { WireColumns } from '../../core/contract/define.ts'
import { lowerBound } from '../../core/lib/columns.ts'
import { type ChartBars, indexOfTime } from './bars.ts'

/** Entries or exits in the order of the bars they fell on. */
interface Marks {
  /** Bar index, ascending. */
  readonly bar: Float64Array
  /** Which trade, as a position in the columns of TradeMarks. */
  readonly trade: Int32Array
}

/** The trades of one instrument, placed on its bars and counted so that any period is answered by subtraction. */
export interface TradeMarks {
  readonly length: number
  /** Row of the run's table of trades. */
  readonly row: Int32Array
  /** 1 long, −1 short. */
  readonly side: Float64Array
  readonly entryBar: Float64Array
  /** NaN while open. */
  readonly exitBar: Float64Array
  readonly entryTime: Float64Array
  readonly exitTime: Float64Array
  readonly entryPrice: Float64Array
  readonly exitPrice: Float64Array
  readonly quantity: Float64Array
  /** Net of fees, in the instrument's currency. */
  readonly pnl: Float64Array
  readonly fees: Float64Array
  /** Bars held. */
  readonly bars: Float64Array
  readonly entries: Marks
  readonly exits: Marks
  /** Latest exit among the entries up to here (open = +∞): tells where trades that span a period can begin. */
  readonly latestExit: Float64Array
  /** Running counts over entries and exits; element i counts the first i marks. */
  readonly sums: {
    readonly long: Float64Array
    readonly win: Float64Array
    readonly loss: Float64Array
    readonly pnl: Float64Array
  }
}

/** What happened in a period. */
export interface MarkCounts {
  readonly entries: number
  readonly longEntries: number
  readonly exits: number
  readonly wins: number
  readonly losses: number
  /** Sum of the net results of the exits. */
  readonly pnl: number
}

/** Where a run's trades are and which instrument's are wanted. */
export interface TradeTable {
  readonly columns: WireColumns
  readonly texts: Readonly<Record<string, readonly string[]>>
  readonly instrument: string
}

const columnNames = [
  'side',
  'entryTime',
  'exitTime',
  'entryPrice',
  'exitPrice',
  'quantity',
  'pnl',
  'fees',
  'bars',
] as const

/** Places the trades of an instrument on bars; trades that begin before the first bar are left out. */
export function indexTrades({ columns, texts, instrument }: TradeTable, bars: ChartBars): TradeMarks {
  const rows = rowsOf(columns, texts, instrument).filter(
    (row) => indexOfTime(bars, columns.entryTime?.[row] ?? Number.NaN) >= 0,
  )
  const picked = Object.fromEntries(
    columnNames.map((name) => [name, Float64Array.from(rows, (row) => columns[name]?.[row] ?? Number.NaN)]),
  ) as Record<(typeof columnNames)[number], Float64Array>
  const entryBar = picked.entryTime.map((time) => indexOfTime(bars, time))
  const exitBar = picked.exitTime.map((time) => (Number.isNaN(time) ? Number.NaN : indexOfTime(bars, time)))
  const entries = inBarOrder(entryBar)
  const exits = inBarOrder(exitBar)
  const { side, pnl } = picked
  return {
    ...picked,
    length: rows.length,
    row: Int32Array.from(rows),
    entryBar,
    exitBar,
    entries,
    exits,
    latestExit: runningLatest(entries, exitBar),
    sums: {
      long: running(entries, (trade) => (side[trade] === 1 ? 1 : 0)),
      win: running(exits, (trade) => ((pnl[trade] as number) > 0 ? 1 : 0)),
      loss: running(exits, (trade) => ((pnl[trade] as number) < 0 ? 1 : 0)),
      pnl: running(exits, (trade) => pnl[trade] as number),
    },
  }
}

function rowsOf(columns: WireColumns, texts: TradeTable['texts'], instrument: string): number[] {
  const code = texts.instrument?.indexOf(instrument) ?? -1
  const instruments = columns.instrument ?? new Float64Array(0)
  const rows: number[] = []
  for (let row = 0; row < instruments.length; row++) if (instruments[row] === code) rows.push(row)
  return rows
}

function inBarOrder(bar: Float64Array): Marks {
  const trade = new Int32Array(bar.length)
  let known = 0
  for (let i = 0; i < bar.length; i++) if (!Number.isNaN(bar[i])) trade[known++] = i
  const sorted = trade.subarray(0, known).sort((a, b) => (bar[a] as number) - (bar[b] as number) || a - b)
  return { bar: Float64Array.from(sorted, (i) => bar[i] as number), trade: sorted }
}

function running(marks: Marks, value: (trade: number) => number): Float64Array {
  const sums = new Float64Array(marks.trade.length + 1)
  for (let i = 0; i < marks.trade.length; i++) sums[i + 1] = (sums[i] as number) + value(marks.trade[i] as number)
  return sums
}

function runningLatest(entries: Marks, exitBar: Float64Array): Float64Array {
  const latest = new Float64Array(entries.trade.length)
  let most = Number.NEGATIVE_INFINITY
  for (let i = 0; i < latest.length; i++) {
    const exit = exitBar[entries.trade[i] as number] as number
    most = Math.max(most, Number.isNaN(exit) ? Number.POSITIVE_INFINITY : exit)
    latest[i] = most
  }
  return latest
}

/** Exact counts of the marks on bars [from, to): two binary searches and subtractions. */
export function countMarks(marks: TradeMarks, from: number, to: number): MarkCounts {
  const { entries, exits, sums } = marks
  const firstEntry = lowerBound(entries.bar, from)
  const endEntry = lowerBound(entries.bar, to)
  const firstExit = lowerBound(exits.bar, from)
  const endExit = lowerBound(exits.bar, to)
  const between = (sum: Float64Array, first: number, end: number) => (sum[end] as number) - (sum[first] as number)
  return {
    entries: endEntry - firstEntry,
    longEntries: between(sums.long, firstEntry, endEntry),
    exits: endExit - firstExit,
    wins: between(sums.win, firstExit, endExit),
    losses: between(sums.loss, firstExit, endExit),
    pnl: between(sums.pnl, firstExit, endExit),
  }
}

/** Marks of the bars [from, to), drawn as one. */
export interface Cluster extends MarkCounts {
  readonly from: number
  readonly to: number
}

/**
 * The marks of [from, to) in cells of `size` bars that start at multiples of `size`: panning moves clusters, never regroups
 * them. Cells without marks are left out; the cells at the edges are whole, so counts are those of the cell.
 */
export function clusterMarks(marks: TradeMarks, from: number, to: number, size: number): Cluster[] {
  const clusters: Cluster[] = []
  for (let start = Math.floor(from / size) * size; start < to; start += size) {
    const counts = countMarks(marks, start, start + size)
    if (counts.entries + counts.exits > 0) clusters.push({ ...counts, from: start, to: start + size })
  }
  return clusters
}

/** How many trades that merely span a period are looked for; round trips of one account hardly overlap. */
const searchedSpans = 2_000

/** Trades with an entry, an exit or a part of their life on the bars [from, to), in order of entry. */
export function tradesIn(marks: TradeMarks, from: number, to: number): number[] {
  const { entries, exitBar, latestExit } = marks
  const first = lowerBound(entries.bar, from)
  const end = lowerBound(entries.bar, to)
  const spanning: number[] = []
  for (let i = first - 1; i >= 0 && first - i <= searchedSpans && (latestExit[i] as number) >= from; i--) {
    const trade = entries.trade[i] as number
    const exit = exitBar[trade] as number
    if (Number.isNaN(exit) || exit >= from) spanning.push(trade)
  }
  return [...spanning.reverse(), ...entries.trade.subarray(first, end)]
}

/** Position of a row of the run's table; −1 when it is not among these. */
export function tradeOfRow(marks: TradeMarks, row: number): number {
  return marks.row.indexOf(row)
}
