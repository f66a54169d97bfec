import { parseBarSpec } from '../../../core/domain/bar-spec.ts'
import { collectResult } from '../../../core/engine/run-result.ts'
import { ensureDefined } from '../../../core/lib/assert.ts'
import type { AnalyzedRun } from '../../../core/reports/analyzers/analyzed-run.ts'
import { analyzedRun } from '../../../core/reports/analyzers/run-columns.ts'
import type { RecordedRun } from '../named-run.ts'
import { type BarRow, parseStamp } from '../order-case.ts'
import { seriesOf } from '../session-bars.ts'
import type { AnalyzerFile } from './format.ts'

/** The part of a file that says how its run was made. */
type RunNotes = Pick<AnalyzerFile, 'run' | 'analyzers'>

/** A run of the engine as the analyzers see it, with the notes of the file that the tables do not hold. */
export function engineRun(file: RunNotes, { session }: RecordedRun, rows: readonly BarRow[]): AnalyzedRun {
  const { fills, orders, trades, equity, counts } = collectResult(session)
  const bars = seriesOf(rows)
  const { commission } = ensureDefined(session.markets[0], 'market')
  const tables = {
    equity: equity.columns(),
    ...{ fills: fills.columns, orders: orders.columns, trades: trades.columns },
  }
  const run = analyzedRun(tables, {
    ...settingsOf(file),
    warmup: counts.warmup,
    instruments: [
      {
        name: file.run.feed,
        interval: parseBarSpec(intervalOf(bars.time)),
        bars,
        worth: (size, price) => commission.value(size, price),
      },
    ],
  })
  return depositsAtOnce(file) ? withEarlyDeposits(run, tables.equity.flows) : run
}

function settingsOf({ run }: RunNotes) {
  return {
    ...{ upstream: true, initialCash: run.cash, fundMode: run.fundmode ?? false },
    fundStart: Number(run.broker?.fundstartval ?? 100),
    toWallClock: (stamp: number) => stamp,
  }
}

/** Upstream books a deposit as soon as anyone asks for the value of a position; these analyzers do in every bar. */
function depositsAtOnce({ analyzers }: RunNotes): boolean {
  return analyzers.some(({ class: name }) => name === 'PositionsValue' || name === 'PyFolio')
}

/** Cash and shares of a row with the money that the next row's value holds. */
function withEarlyDeposits(run: AnalyzedRun, flows: Float64Array | undefined): AnalyzedRun {
  const cashAfter = run.cash.map((cash, row) => cash + (flows?.[row + 1] ?? 0))
  const shares = run.fund.shares.map((own, row) => run.fund.shares[row + 1] ?? own)
  return { ...run, cashAfter, fund: { ...run.fund, shares } }
}

const dayMs = 86_400_000
/** Shortest distance of two bars (holidays move them) and the interval that it tells, longest first. */
const intervals = [
  [360, '1y'],
  [26, '1M'],
  [4.5, '1w'],
  [0.9, '1d'],
] as const

/** The interval of bars by their smallest step. */
function intervalOf(time: Float64Array): string {
  let step = Number.POSITIVE_INFINITY
  for (let row = 1; row < time.length; row++) step = Math.min(step, (time[row] as number) - (time[row - 1] as number))
  if (step === Number.POSITIVE_INFINITY) return '1d'
  const long = intervals.find(([days]) => step >= days * dayMs)
  if (long !== undefined) return long[1]
  return step < 59_999 ? `${Math.round(step / 1000) || 1}s` : `${Math.round(step / 60_000)}m`
}

/** The run as the file itself tells it, for files whose bars nobody has: its analyzers can still be checked. */
export function toldRun(file: AnalyzerFile): AnalyzedRun {
  const { run, bars, orders, trades } = file
  const time = Float64Array.from(bars, ([stamp]) => parseStamp(stamp))
  const equity = {
    time,
    cash: Float64Array.from(bars, (bar) => bar[1]),
    equity: Float64Array.from(bars, (bar) => bar[2]),
  }
  const filled = orders.filter(([, , size]) => size !== 0)
  const isOpen = (bars.at(-1)?.[3] ?? 0) !== 0
  const trip = (pick: (trade: (typeof trades)[number]) => number) =>
    Float64Array.from([...trades.map(pick), ...(isOpen ? [Number.NaN] : [])])
  const tables = {
    equity: { ...equity, flows: toldFlows(file) },
    orders: {},
    fills: {
      time: Float64Array.from(filled, ([stamp]) => parseStamp(stamp)),
      side: Float64Array.from(filled, ([, , size]) => Math.sign(size)),
      quantity: Float64Array.from(filled, ([, , size]) => Math.abs(size)),
      price: Float64Array.from(filled, ([, , , price]) => price),
      order: Float64Array.from(filled, (_, at) => at),
      instrument: new Float64Array(filled.length),
    },
    trades: {
      open: trip(() => 0).map((open) => (Number.isNaN(open) ? 1 : 0)),
      exitTime: trip(([, close]) => parseStamp(close)),
      bars: trip(([, , length]) => length),
      side: trip(([, , , long]) => (long ? 1 : -1)),
      gross: trip(([, , , , , pnl]) => pnl),
      pnl: trip(([, , , , , , net]) => net),
      instrument: trip(() => 0).fill(0),
    },
  }
  const instrument = {
    name: run.feed,
    interval: parseBarSpec(intervalOf(time)),
    bars: undefined,
    worth: () => Number.NaN,
  }
  const told = analyzedRun(tables, {
    ...settingsOf(file),
    warmup: Number(run.params.period ?? 0),
    instruments: [instrument],
  })
  return depositsAtOnce(file) ? withEarlyDeposits(told, tables.equity.flows) : told
}

/** The deposits that the strategy's parameters name, by the row whose value holds them. */
function toldFlows({ run, bars }: AnalyzerFile): Float64Array {
  const flows = new Float64Array(bars.length)
  for (const [bar, amount] of (run.params.flows ?? []) as readonly (readonly [number, number])[])
    if (bar < flows.length) flows[bar] = (flows[bar] as number) + amount
  return flows
}
