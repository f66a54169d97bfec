import type { AnalyzedInstrument, AnalyzedRun, FillColumns } from '../../../core/reports/analyzers/analyzed-run.ts'
import { type BarRow, parseStamp } from '../order-case.ts'
import type { AnalyzerFile } from './format.ts'
import { depositsAtOnce, type Recorded } from './run.ts'

/** A recorded run as the analyzers want it. `rows`: its bars, when they are at hand. */
export function analyzedRun(file: AnalyzerFile, seen: Recorded, rows: readonly BarRow[] | undefined): AnalyzedRun {
  const { run } = file
  const value = Float64Array.from(seen.value)
  const cash = Float64Array.from(seen.cash)
  const open = seen.trips_begun - seen.trips.length
  const trip = (pick: (trade: Recorded['trips'][number]) => number, last: number) =>
    Float64Array.from([...seen.trips.map(pick), ...Array.from({ length: open }, () => last)])
  return {
    upstream: true,
    time: Float64Array.from(seen.time),
    cash,
    cashAfter: Float64Array.from(seen.cashAfter),
    value,
    start: run.cash,
    fund: {
      on: run.fundmode ?? false,
      value: Float64Array.from(seen.fundValue),
      shares: Float64Array.from(seen.fundShares),
      start: run.fundstartval ?? 100,
    },
    instruments: [instrumentOf(file, rows, seen.time, worth(value, cash, seen.position))],
    fills: fillColumns(seen.fills),
    brokenOff: fillColumns(seen.brokenOff.map((end) => ({ ...end, price: Number.NaN }))),
    trades: {
      closeRow: trip(({ row }) => row, Number.NaN),
      instrument: trip(() => 0, 0),
      side: trip(({ long }) => (long ? 1 : -1), 0),
      pnl: trip(({ pnl, fees }) => pnl - fees, Number.NaN),
      gross: trip(({ pnl }) => pnl, Number.NaN),
      bars: trip(({ bars }) => bars, Number.NaN),
    },
    decisionRow: seen.decisionRow,
  }
}

/** The account without its cash; exactly nothing without a position. */
function worth(value: Float64Array, cash: Float64Array, position: readonly number[]): Float64Array {
  return value.map((amount, row) => (position[row] === 0 ? 0 : amount - (cash[row] as number)))
}

function instrumentOf(
  { run }: AnalyzerFile,
  rows: readonly BarRow[] | undefined,
  time: readonly number[],
  positionValue: Float64Array,
): AnalyzedInstrument {
  const column = (index: 1 | 2 | 3 | 4) => Float64Array.from(rows ?? [], (row) => row[index])
  const prices = { open: column(1), high: column(2), low: column(3), close: column(4) }
  return {
    name: run.feed,
    ...intervalOf(time),
    prices: rows === undefined ? undefined : prices,
    positionValue,
  }
}

/** Days when all bars end at one time of the day, otherwise the smallest step in minutes or seconds. */
function intervalOf(time: readonly number[]): Pick<AnalyzedInstrument, 'timeframe' | 'compression'> {
  const steps = time.slice(1).map((now, row) => now - (time[row] as number))
  const step = steps.reduce((least, next) => Math.min(least, next), Number.POSITIVE_INFINITY)
  if (!(step < 86_000_000)) return { timeframe: 'Days', compression: 1 }
  if (step < 59_999) return { timeframe: 'Seconds', compression: Math.round(step / 1000) || 1 }
  return { timeframe: 'Minutes', compression: Math.round(step / 60_000) }
}

function fillColumns(events: readonly { row: number; order: number; size: number; price: number }[]): FillColumns {
  const column = (name: 'row' | 'order' | 'size' | 'price') => Float64Array.from(events, (event) => event[name])
  return {
    row: column('row'),
    order: column('order'),
    size: column('size'),
    price: column('price'),
    instrument: new Float64Array(events.length),
  }
}

/** The run as the file itself tells it, for files whose bars nobody has: its analyzers can still be checked. */
export function toldRun(file: AnalyzerFile): Recorded {
  const { run, bars, orders, trades } = file
  const time = bars.map(([stamp]) => parseStamp(stamp))
  const rowOf = new Map(bars.map(([stamp], row) => [stamp, row]))
  const value = bars.map((bar) => bar[2])
  const fund = toldFund(file, value)
  const isOpen = (bars.at(-1)?.[3] ?? 0) !== 0
  return {
    decisionRow: Number(run.params.period ?? 0),
    ...{ time, value, cash: bars.map((bar) => bar[1]), position: bars.map((bar) => bar[3]) },
    ...fund,
    fills: orders.flatMap(([stamp, , size, price], order) =>
      size === 0 ? [] : [{ row: rowOf.get(stamp) ?? 0, order, size, price }],
    ),
    brokenOff: [],
    orders: [],
    trips: trades.map(([open, close, length, long, price, pnl, , fees]) => ({
      ...{ row: rowOf.get(close) ?? 0, openTime: parseStamp(open), closeTime: parseStamp(close) },
      ...{ bars: length, long, price, pnl, fees },
    })),
    trips_begun: trades.length + (isOpen ? 1 : 0),
  }
}

/** Fund figures from the deposits that the strategy's parameters name. */
function toldFund(
  file: AnalyzerFile,
  value: readonly number[],
): Pick<Recorded, 'fundValue' | 'fundShares' | 'cashAfter'> {
  const { run, bars } = file
  const flows = (run.params.flows ?? []) as readonly (readonly [number, number])[]
  const atOnce = depositsAtOnce(file)
  let shares = run.cash / (run.fundstartval ?? 100)
  const rows = value.map((amount, row) => {
    const share = amount / shares
    const before = shares
    const deposited = flows.reduce((sum, [bar, flow]) => (bar === row + 1 ? sum + flow : sum), 0)
    shares += deposited / share
    return { share, shares: atOnce ? shares : before, cash: (bars[row]?.[1] ?? 0) + (atOnce ? deposited : 0) }
  })
  return {
    fundValue: rows.map(({ share }) => share),
    fundShares: rows.map((row) => row.shares),
    cashAfter: rows.map(({ cash }) => cash),
  }
}
