import { lowerBound } from '../../lib/columns.ts'
import type { ExposureSums } from '../metric.ts'
import { type MetricInput, runParts } from '../metric-facts.ts'
import { sum } from '../statistics.ts'
import type { OrderCounts, TradeColumns } from '../trade-facts.ts'
import { columnOf, type SheetInput, textAt } from './sheet-input.ts'

/** Every part of a run, from its stored tables. */
export function sheetParts(input: SheetInput) {
  const { equity, trades, benchmark, basis, run, trials } = input
  const metricInput: MetricInput = {
    equity: { time: columnOf(equity, 'time'), equity: columnOf(equity, 'equity') },
    exposure: exposureSums(columnOf(equity, 'exposure')),
    trades: tradeColumns(input),
    fees: sum(columnOf(input.fills, 'fee')) + sum(columnOf(input.rolls, 'fee')),
    initialCash: run.cash,
    flows: equity.columns.flows,
    fills: fillMoney(input),
    orders: orderCounts(input),
    basis,
    benchmark: benchmark?.series ?? null,
    seed: run.seed,
    ...(trials === null || trials === undefined ? {} : { trials: trials.count, trialVariance: trials.variance }),
  }
  return runParts({ ...metricInput, trades: trades.rows === 0 ? noTrades : metricInput.trades })
}

const none = new Float64Array()
const noTrades: TradeColumns = { pnl: none, fees: none, bars: none, open: none, gross: none }

function tradeColumns({ trades }: SheetInput): TradeColumns {
  const column = (name: string) => columnOf(trades, name)
  return {
    ...{ pnl: column('pnl'), fees: column('fees'), bars: column('bars'), open: column('open') },
    ...{ side: column('side'), entryTime: column('entryTime'), exitTime: column('exitTime') },
    ...{ entryPrice: column('entryPrice'), exitPrice: column('exitPrice'), gross: column('gross') },
    ...{ mae: column('mae'), mfe: column('mfe') },
  }
}

function exposureSums(exposure: Float64Array): ExposureSums {
  let rows = 0
  for (const used of exposure) if (used !== 0) rows++
  return { rows, sum: sum(exposure) }
}

/** Money of fills and rolls besides their fees; of continuous series in the prices of the contracts. */
function fillMoney({ fills, rolls, instruments }: SheetInput): NonNullable<MetricInput['fills']> {
  const hasContracts = fills.columns.contractPrice !== undefined
  const names = hasContracts ? ['contractPrice', 'contractSlippage'] : ['price', 'slippage']
  const [price, slippage, quantity, instrument] = [...names, 'quantity', 'instrument'].map((name) =>
    columnOf(fills, name),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array]
  let lost = 0
  let traded = 0
  for (let row = 0; row < fills.rows; row++) {
    const units = (quantity[row] as number) * multiplierOf(instruments, instrument[row] as number)
    lost += (slippage[row] as number) * units
    traded += Math.abs((price[row] as number) * units)
  }
  const [size, oldPrice, newPrice, rolled, rollLost] = (
    ['size', 'oldPrice', 'newPrice', 'instrument', 'slippage'] as const
  ).map((name) => columnOf(rolls, name)) as [...[Float64Array, Float64Array, Float64Array, Float64Array, Float64Array]]
  for (let row = 0; row < rolls.rows; row++) {
    const units = Math.abs(size[row] as number) * multiplierOf(instruments, rolled[row] as number)
    lost += rollLost[row] as number
    traded += units * (Math.abs(oldPrice[row] as number) + Math.abs(newPrice[row] as number))
  }
  return { slippage: lost, traded, count: fills.rows }
}

function multiplierOf(instruments: SheetInput['instruments'], code: number): number {
  return instruments[code]?.multiplier ?? 1
}

/** Orders that came to nothing; whether one would have opened or closed a position, its instrument’s fills tell. */
function orderCounts(input: SheetInput): OrderCounts {
  const { orders } = input
  const positionAt = positions(input)
  const counts = { rejected: 0, expiredEntries: 0, expiredExits: 0, cancelledEntries: 0 }
  const [side, parent, created, instrument] = ['side', 'parent', 'createdTime', 'instrument'].map((name) =>
    columnOf(orders, name),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array]
  for (let row = 0; row < orders.rows; row++) {
    const status = textAt(orders, 'status', row)
    if (status === 'rejected' || status === 'denied') counts.rejected++
    if (status !== 'expired' && status !== 'cancelled') continue
    const held = positionAt(instrument[row] as number, created[row] as number)
    const isExit = !Number.isNaN(parent[row]) || held * (side[row] as number) < 0
    if (status === 'expired') counts[isExit ? 'expiredExits' : 'expiredEntries']++
    else if (!isExit) counts.cancelledEntries++
  }
  return counts
}

/** The position of an instrument at a moment, from its fills. */
function positions({ fills }: SheetInput): (instrument: number, time: number) => number {
  const [codes, times, after] = ['instrument', 'time', 'positionAfter'].map((name) => columnOf(fills, name)) as [
    ...[Float64Array, Float64Array, Float64Array],
  ]
  const rows = new Map<number, number[]>()
  for (let row = 0; row < fills.rows; row++) {
    const own = rows.get(codes[row] as number) ?? []
    own.push(row)
    rows.set(codes[row] as number, own)
  }
  const columns = new Map(
    [...rows].map(([code, own]) => [code, { own, time: Float64Array.from(own, (row) => times[row] as number) }]),
  )
  return (instrument, time) => {
    const found = columns.get(instrument)
    if (found === undefined) return 0
    const last = found.own[lowerBound(found.time, time) - 1]
    return last === undefined ? 0 : (after[last] as number)
  }
}
