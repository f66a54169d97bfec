import { expect, test } from 'vitest'
import { checkBars } from '../../../core/data/integrity.ts'
import { createBarSeries } from '../../../core/domain/bar-series.ts'

const minute = 60_000

/** Minute bars at the given minutes, all prices 10. */
function minutesAt(...minutes: number[]) {
  const bars = createBarSeries(minutes.length)
  for (const [index, at] of minutes.entries()) {
    bars.time[index] = at * minute
    bars.closeTime[index] = (at + 1) * minute
  }
  for (const column of [bars.open, bars.high, bars.low, bars.close]) column.fill(10)
  return bars
}

test('a sound series has no findings', () => {
  expect(checkBars(minutesAt(0, 1, 2, 9), { gapMs: Number.POSITIVE_INFINITY })).toEqual([])
})

test('repeated, earlier and overlapping bars and long silence are found where they are', () => {
  const bars = minutesAt(5, 5, 4, 10, 12)
  bars.closeTime[3] = 12.5 * minute
  expect(checkBars(bars, { gapMs: 3 * minute })).toEqual([
    { kind: 'duplicate', bar: 1, time: 5 * minute, missingMs: 0 },
    { kind: 'disorder', bar: 2, time: 4 * minute, missingMs: 0 },
    { kind: 'gap', bar: 3, time: 10 * minute, missingMs: 5 * minute },
    { kind: 'overlap', bar: 4, time: 12 * minute, missingMs: 0 },
  ])
})

test('impossible and infinite prices are found', () => {
  const bars = minutesAt(0, 1, 2)
  bars.high[0] = 9
  bars.low[1] = 11
  bars.close[2] = Number.NaN
  expect(checkBars(bars, { gapMs: minute }).map(({ kind, bar }) => [kind, bar])).toEqual([
    ['ohlc', 0],
    ['ohlc', 1],
    ['not-finite', 2],
  ])
})

test('no more findings than asked for', () => {
  expect(checkBars(minutesAt(...Array(50).fill(3)), { gapMs: minute, maxFindings: 7 }).length).toBe(7)
})
