import type { BarSeries } from '../domain/bar-series.ts'
import { GrowingColumn } from '../lib/columns.ts'
import { BarRows } from './bar-rows.ts'
import { createReplayer, createResampler, type ResampleRules } from './resample-rules.ts'

/** Coarser bars of a whole history, and when each became known. */
export interface Resampled {
  readonly bars: BarSeries
  /** Index of the source bar with which each bar was handed out; the source's length for one left over at the end. */
  readonly deliveredAt: Int32Array
}

/** Runs a history through the streaming resampler. */
export function resampleColumns(source: BarSeries, rules: ResampleRules): Resampled {
  const rows = new BarRows()
  const delivered = new GrowingColumn()
  let index = 0
  const resampler = createResampler(rules, (bar) => {
    rows.add(bar)
    delivered.push(index)
  })
  for (; index < source.length; index++) resampler.push(source, index)
  resampler.flush()
  return { bars: rows.series(), deliveredAt: Int32Array.from(delivered.view()) }
}

/** Every state of every coarse bar of a history. */
export interface Replayed {
  /** One row a delivery, not one a coarse bar: `time` repeats while a bar grows. */
  readonly bars: BarSeries
  /** Which coarse bar each row shows, from 0. */
  readonly number: Int32Array
  /** Source bar with which each row was handed out. */
  readonly deliveredAt: Int32Array
}

/** Runs a history through the streaming replayer. */
export function replayColumns(source: BarSeries, rules: ResampleRules): Replayed {
  const rows = new BarRows()
  const numbers = new GrowingColumn()
  const delivered = new GrowingColumn()
  let index = 0
  const replayer = createReplayer(rules, (bar, number) => {
    rows.add(bar)
    numbers.push(number)
    delivered.push(index)
  })
  for (; index < source.length; index++) replayer.push(source, index)
  return {
    bars: rows.series(),
    number: Int32Array.from(numbers.view()),
    deliveredAt: Int32Array.from(delivered.view()),
  }
}
