import { civilDate, weekday } from '../civil-date.ts'
import { sum } from '../statistics.ts'
import { columnOf, type SheetInput, textAt } from './sheet-input.ts'

/** What the closed trades of one kind gave. */
export interface TradeGroup {
  /** A tag, symbol, hour …; the screen words the fixed ones. */
  readonly key: string
  readonly trades: number
  readonly winRate: number | null
  readonly net: number
  readonly average: number | null
  readonly profitFactor: number | null
  readonly largestWin: number | null
  readonly largestLoss: number | null
  readonly averageBars: number | null
  readonly fees: number
}

export const breakdownKinds = ['tag', 'exit', 'symbol', 'hour', 'weekday', 'month', 'year'] as const
export type BreakdownKind = (typeof breakdownKinds)[number]

export interface Breakdown {
  readonly by: BreakdownKind
  readonly groups: readonly TradeGroup[]
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const

/** The rows of the closed trades. */
export function closedRows({ trades }: SheetInput): number[] {
  const open = columnOf(trades, 'open')
  return Array.from(open.keys()).filter((row) => open[row] === 0)
}

/** All, long and short trades. */
export function sides(input: SheetInput): readonly TradeGroup[] {
  const side = columnOf(input.trades, 'side')
  const rows = closedRows(input)
  return [
    tradeGroup(input, 'all', rows),
    tradeGroup(
      input,
      'long',
      rows.filter((row) => side[row] === 1),
    ),
    tradeGroup(
      input,
      'short',
      rows.filter((row) => side[row] === -1),
    ),
  ]
}

/** The closed trades by each kind; times are those of the entry on the exchange’s clock. */
export function breakdowns(input: SheetInput): readonly Breakdown[] {
  const keyOf = keys(input)
  const rows = closedRows(input)
  return breakdownKinds.map((by) => {
    const found = new Map<string, number[]>()
    for (const row of rows) {
      const key = keyOf[by](row)
      const same = found.get(key)
      if (same === undefined) found.set(key, [row])
      else same.push(row)
    }
    const groups = [...found].map(([key, own]) => tradeGroup(input, key, own))
    return { by, groups: sorted(by, groups) }
  })
}

function keys(input: SheetInput): Readonly<Record<BreakdownKind, (row: number) => string>> {
  const { trades, orders, wallClock } = input
  const entry = columnOf(trades, 'entryTime')
  const [entryOrder, exitOrder] = [columnOf(trades, 'entryOrder'), columnOf(trades, 'exitOrder')]
  const local = (row: number) => wallClock(entry[row] as number)
  const two = (value: number) => String(value).padStart(2, '0')
  return {
    tag: (row) => textAt(orders, 'tag', (entryOrder[row] as number) - 1),
    exit: (row) => exitWord(input, (exitOrder[row] as number) - 1),
    symbol: (row) => textAt(trades, 'instrument', row),
    hour: (row) => two(Math.floor(local(row) / 3_600_000) % 24),
    weekday: (row) => weekdays[weekday(local(row))] as string,
    month: (row) => two(civilDate(local(row)).month),
    year: (row) => String(civilDate(local(row)).year),
  }
}

/** Why a trade ended: the reason of its last order where it has one, else the order’s type. */
function exitWord({ orders }: SheetInput, order: number): string {
  const reason = textAt(orders, 'reason', order)
  return reason === 'exit' || reason === 'target' || reason === 'stop' ? reason : textAt(orders, 'type', order)
}

/** Fixed keys in their natural order, names by what they gained. */
function sorted(by: BreakdownKind, groups: TradeGroup[]): TradeGroup[] {
  if (by === 'weekday') return groups.sort((a, b) => dayRank(a.key) - dayRank(b.key))
  if (by === 'tag' || by === 'exit' || by === 'symbol') return groups.sort((a, b) => b.net - a.net)
  return groups.sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** Monday first. */
function dayRank(key: string): number {
  return ((weekdays as readonly string[]).indexOf(key) + 6) % 7
}

function tradeGroup({ trades }: SheetInput, key: string, rows: readonly number[]): TradeGroup {
  const pick = (name: string) => {
    const column = columnOf(trades, name)
    return Float64Array.from(rows, (row) => column[row] as number)
  }
  const results = pick('pnl')
  const wins = results.filter((value) => value > 0)
  const losses = results.filter((value) => value < 0)
  const net = sum(results)
  const orNull = (value: number) => (Number.isFinite(value) ? value : null)
  return {
    key,
    trades: rows.length,
    winRate: orNull(wins.length / rows.length),
    net,
    average: orNull(net / rows.length),
    profitFactor: orNull(sum(wins) / -sum(losses)),
    largestWin: orNull(wins.reduce((best, value) => Math.max(best, value), Number.NEGATIVE_INFINITY)),
    largestLoss: orNull(losses.reduce((worst, value) => Math.min(worst, value), Number.POSITIVE_INFINITY)),
    averageBars: orNull(sum(pick('bars')) / rows.length),
    fees: sum(pick('fees')),
  }
}
