import type { BarSeries } from '../domain/bar-series.ts'
import { formatInterval, isMeasureSpec } from '../domain/bar-spec.ts'
import { DomainError } from '../domain/errors.ts'
import { GrowingColumn } from '../lib/columns.ts'
import { BarRows } from './bar-rows.ts'
import { isoText } from './civil.ts'
import { createReplayer, createResampler, type ResampleRules } from './resample-rules.ts'

/** Coarser bars of a whole history, and when each became known. */
export interface Resampled {
  readonly bars: BarSeries
  /** Index of the source bar with which each bar was handed out; the source's length for one left over at the end. */
  readonly deliveredAt: Int32Array
}

/**
 * Runs a history through the streaming resampler. Throws `bars.disorder` when a bar is earlier than the one before it,
 * `interval.no-volume` for bars of volume or money from a source that knows none.
 */
export function resampleColumns(source: BarSeries, rules: ResampleRules): Resampled {
  checkSource(source, rules)
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

/** Runs a history through the streaming replayer. Throws like `resampleColumns`, and `interval.no-replay` for bricks. */
export function replayColumns(source: BarSeries, rules: ResampleRules): Replayed {
  checkSource(source, rules)
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

function checkSource({ time, volume, length }: BarSeries, rules: ResampleRules): void {
  for (let index = 1; index < length; index++)
    if ((time[index] as number) < (time[index - 1] as number))
      throw new DomainError('bars.disorder', { bar: index + 1, time: isoText(time[index] as number) })
  if (rules.profile === 'backtrader' || !isMeasureSpec(rules.spec) || length === 0) return
  const counts = rules.spec.measure === 'volume' || rules.spec.measure === 'value'
  if (counts && !volume.some((units) => units > 0))
    throw new DomainError('interval.no-volume', { interval: formatInterval(rules.spec) })
}
