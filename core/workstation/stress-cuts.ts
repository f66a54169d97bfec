import { type BarSeries, barColumnNames, createBarSeries } from '../domain/bar-series.ts'
import { computeMetrics } from '../reports/metrics.ts'
import type { RunConfig } from '../stores/run-records.ts'
import type { Stores } from '../stores/stores.ts'
import type { BarsUsed } from './bars.ts'

/** Of the closed trades, this share of the best is taken away; at least one. */
const bestShare = 0.05

/** Bars without a share of them, chosen by the seed; the first and the last stay. */
export function withoutBars(used: BarsUsed, share: number, seed: number): BarsUsed {
  const random = mulberry32(seed)
  const kept: number[] = []
  const last = used.bars.length - 1
  for (let row = 0; row <= last; row++) {
    const goes = random() < share
    if (!goes || row === 0 || row === last) kept.push(row)
  }
  return { ...used, bars: rowsOf(used.bars, kept) }
}

function rowsOf(bars: BarSeries, rows: readonly number[]): BarSeries {
  const picked = createBarSeries(rows.length)
  for (const name of barColumnNames) {
    const [from, to] = [bars[name], picked[name]]
    for (const [k, row] of rows.entries()) to[k] = from[row] as number
  }
  return picked
}

/** Numbers in [0, 1) that a seed determines. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** The figures of a stored run as if its best trades had not been made: their results leave the curve when they closed. */
export async function withoutBestTrades(stores: Stores, run: string, config: RunConfig) {
  const [curve, trades] = await Promise.all([stores.runs.columns(run, 'equity'), stores.runs.columns(run, 'trades')])
  const column = (name: string) => trades.columns[name] ?? new Float64Array(trades.rows)
  const pnl = column('pnl')
  const closed = Array.from({ length: trades.rows }, (_, row) => row).filter((row) => column('open')[row] === 0)
  const count = closed.length === 0 ? 0 : Math.max(1, Math.round(closed.length * bestShare))
  const best = closed.sort((a, b) => (pnl[b] as number) - (pnl[a] as number)).slice(0, count)
  const kept = Array.from({ length: trades.rows }, (_, row) => row).filter((row) => !best.includes(row))
  const time = curve.columns.time ?? new Float64Array()
  const equity = Float64Array.from(curve.columns.equity ?? [])
  for (const row of best) {
    const from = firstAtOrAfter(time, column('exitTime')[row] as number)
    for (let step = from; step < equity.length; step++) equity[step] = (equity[step] as number) - (pnl[row] as number)
  }
  const pick = (values: Float64Array) => Float64Array.from(kept, (row) => values[row] as number)
  const remaining = Object.fromEntries(Object.entries(trades.columns).map(([name, values]) => [name, pick(values)]))
  const fees = (remaining.fees ?? new Float64Array()).reduce((sum, fee) => sum + fee, 0)
  const metrics = computeMetrics({
    equity: { time, equity },
    exposure: exposureOf(curve.columns.exposure ?? new Float64Array()),
    trades: remaining as never,
    fees,
    initialCash: config.cash,
  })
  return {
    change: [{ path: 'trades', from: String(trades.rows), to: String(kept.length) }],
    trades: kept.length,
    metrics,
  }
}

function firstAtOrAfter(times: Float64Array, time: number): number {
  const row = times.findIndex((each) => each >= time)
  return row < 0 ? times.length : row
}

function exposureOf(column: Float64Array): { rows: number; sum: number } {
  let rows = 0
  let sum = 0
  for (const share of column) {
    if (share === 0) continue
    rows++
    sum += share
  }
  return { rows, sum }
}
