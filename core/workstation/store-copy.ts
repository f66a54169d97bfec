import { type BarSeries, sliceBars } from '../domain/bar-series.ts'
import type { SeriesKind } from '../domain/market-columns.ts'
import type { Coverage } from '../stores/bar-store.ts'
import type { MarketCoverage } from '../stores/market-store.ts'
import type { Stores } from '../stores/stores.ts'
import { copyOptimisations, copyRuns } from './store-copy-runs.ts'
import { type Copy, type CopyControl, type CopyReport, step } from './store-copy-state.ts'

const atOnce = 100_000

/**
 * Copies everything but settings, which belong to a machine, from one store into another, and proves it: each series
 * by its hash, each run by the hashes of its tables. Nothing is removed at the target. A copy that was cut off or
 * cancelled goes on where it stopped when it is started again. Run ids, times and notes stay what they were.
 */
export async function copyStores(from: Stores, to: Stores, control: CopyControl): Promise<CopyReport> {
  const [series, market] = await Promise.all([from.bars.coverage(), from.market.coverage()])
  const total = sum(series.map(({ bars }) => bars)) + sum(market.map(({ rows }) => rows))
  const counts = { series: 0, bars: 0, market: 0, rows: 0, instruments: 0, runs: 0, optimisations: 0, kept: 0 }
  const copy: Copy = { from, to, control, report: { ...counts, different: [] }, done: 0, total }
  for (const instrument of await from.instruments.list()) {
    await to.instruments.put(instrument)
    copy.report.instruments++
  }
  const there = await to.bars.coverage()
  for (const one of series) await copyBars(copy, one, there)
  for (const one of market) await copyMarket(copy, one)
  await copyRuns(copy)
  await copyOptimisations(copy)
  return copy.report
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function advance(copy: Copy, count: number): void {
  copy.done += count
  copy.control.progress(copy.done, copy.total)
}

async function copyBars(copy: Copy, one: Coverage, there: readonly Coverage[]): Promise<void> {
  const { instrument, interval, hash, bars: count } = one
  const before = there.find((other) => other.instrument === instrument && other.interval === interval)
  if (before?.hash === hash) {
    copy.report.kept++
    return advance(copy, count)
  }
  const bars: BarSeries = await copy.from.bars.read(instrument, interval, null, null)
  let stored = ''
  for (let from = 0; from < bars.length; from += atOnce) {
    step(copy)
    const part = sliceBars(bars, from, Math.min(bars.length, from + atOnce))
    stored = (await copy.to.bars.upsert(instrument, interval, part, one.source)).hash
    advance(copy, part.length)
  }
  copy.report.series++
  copy.report.bars += count
  if (stored !== hash) copy.report.different.push(`${instrument} ${interval}`)
}

async function copyMarket(copy: Copy, { kind, instrument, rows, source }: MarketCoverage): Promise<void> {
  const { from, to } = copy
  const hash = await from.market.hash(kind, instrument, null, null)
  if ((await to.market.hash(kind, instrument, null, null)) === hash) {
    copy.report.kept++
    return advance(copy, rows)
  }
  for (const { day, rows: held } of await from.market.days(kind, instrument, null, null)) {
    step(copy)
    await copyDay(copy, { kind, instrument, source, day })
    advance(copy, held)
  }
  copy.report.market++
  copy.report.rows += rows
  if ((await to.market.hash(kind, instrument, null, null)) !== hash) copy.report.different.push(`${instrument} ${kind}`)
}

interface Day {
  readonly kind: SeriesKind
  readonly instrument: string
  readonly source: string
  readonly day: number
}

const dayMs = 86_400_000

async function copyDay({ from, to }: Copy, { kind, instrument, source, day }: Day): Promise<void> {
  const rows = await from.market.read(kind, instrument, day, day + dayMs)
  await to.market.upsert(kind, instrument, rows, source)
}
