import { describe, expect, test } from 'vitest'
import { commonPeriod, parseQtpylibResolution, resampleQtpylib } from '../../../core/data/qtpylib-resample.ts'
import { type BarSeries, createBarSeries } from '../../../core/domain/bar-series.ts'
import { barsOf, type Candle } from '../../helpers/bars-of.ts'
import { codeOf } from '../../helpers/code-of.ts'

const second = 1_000
const midnight = Date.UTC(2024, 0, 2)

/** Prints: seconds after midnight, price, size. */
function prints(...rows: readonly (readonly [number, number, number])[]): BarSeries {
  const bars = createBarSeries(rows.length)
  for (const [index, [at, price, size]] of rows.entries()) {
    bars.time[index] = bars.closeTime[index] = midnight + at * second
    bars.open[index] = bars.high[index] = bars.low[index] = bars.close[index] = price
    bars.volume[index] = size
  }
  return bars
}

const ticks = (source: BarSeries, resolution: string) => resampleQtpylib(source, resolution, { shape: 'ticks' })
const labels = ({ time }: BarSeries) => Array.from(time, (label) => (label - midnight) / second)

describe('qtpylib’s resampling', () => {
  const five = prints([1, 10, 1], [2, 12, 2], [7, 9, 3], [8, 11, 4], [21, 13, 5])

  test('by time is labelled by the start of the period; a period without prints is left out', () => {
    const bars = ticks(five, '5S')
    expect(labels(bars)).toEqual([0, 5, 20])
    expect([[...bars.open], [...bars.high], [...bars.low], [...bars.close], [...bars.volume]]).toEqual([
      [10, 9, 13],
      [12, 11, 13],
      [10, 9, 13],
      [12, 11, 13],
      [3, 7, 5],
    ])
  })

  test('is refused where it would fill decades of empty periods', () => {
    const years = barsOf([[1, 1, 1, 1] as Candle, [2, 2, 2, 2] as Candle], midnight, 40 * 365 * 86_400 * second)
    expect(codeOf(() => resampleQtpylib(years, '1T', { shape: 'bars' }))).toBe('resample.too-many')
    expect(resampleQtpylib(years, '1T', { shape: 'bars', fill: false }).length).toBe(2)
  })

  test('by ticks takes every so many prints, labelled by the first', () => {
    const bars = ticks(five, '2K')
    expect(labels(bars)).toEqual([1, 7, 21])
    expect([...bars.volume]).toEqual([3, 7, 5])
  })

  test('by volume begins a bar where the rounded count of steps goes up', () => {
    // Totals 1 3 6 10 15 in steps of 4: 0.25 0.75 1.5 2.5 3.75, rounded to even 0 1 2 2 4.
    expect([...ticks(five, '4V').volume]).toEqual([1, 2, 7, 5])
  })

  test('one tick and one unit of volume leave the data as it is', () => {
    expect(ticks(five, '1K')).toBe(five)
    expect(ticks(five, 'V')).toBe(five)
  })

  test('of prints at one moment only the first counts', () => {
    expect([...ticks(prints([1, 10, 1], [1, 11, 9], [2, 12, 2]), '1T').volume]).toEqual([3])
  })

  test('bars with gaps are filled with the last close and volume 0, or not', () => {
    const minutes = (rows: readonly Candle[]) => barsOf(rows, midnight, 60_000)
    const source = minutes([
      [1, 2, 1, 2, 10],
      [2, 3, 2, 3, 10],
    ])
    source.time[1] = midnight + 180_000
    const filled = resampleQtpylib(source, '1T', { shape: 'bars' })
    expect([labels(filled), [...filled.close], [...filled.volume]]).toEqual([
      [0, 60, 120, 180],
      [2, 2, 2, 3],
      [10, 0, 0, 10],
    ])
    expect(labels(resampleQtpylib(source, '1T', { shape: 'bars', fill: false }))).toEqual([0, 180])
    // Nothing is filled when no more bars come out than went in.
    expect(labels(resampleQtpylib(source, '2T', { shape: 'bars' }))).toEqual([0, 120])
  })

  test('periods that do not divide a day are counted from the first day’s midnight', () => {
    const source = prints([23 * 3_600, 1, 1], [25 * 3_600, 2, 1])
    expect(labels(ticks(source, '7H'))).toEqual([21 * 3_600])
  })

  test('no rows give no bars', () => {
    for (const resolution of ['1T', '5K', '10V']) expect(ticks(prints(), resolution).length).toBe(0)
  })

  test.each([
    ['5T', 'time', 300_000],
    ['30S', 'time', 30_000],
    ['1H', 'time', 3_600_000],
    ['2D', 'time', 172_800_000],
    ['20K', 'ticks', 20],
    ['1000V', 'volume', 1_000],
    ['T', 'time', 60_000],
  ] as const)('%s is %s in steps of %d', (text, by, step) => {
    expect(parseQtpylibResolution(text)).toEqual({ by, step })
  })

  test.each(['', '0T', '5X', '-1K', '1.5V'])('“%s” is no resolution', (text) => {
    expect(codeOf(() => parseQtpylibResolution(text))).toBe('interval.invalid')
  })

  test('several instruments are cut to what they have in common', () => {
    const [first, other] = commonPeriod([five, prints([2, 1, 1], [3, 1, 1], [8, 1, 1])])
    expect(labels(first as BarSeries)).toEqual([2, 7, 8])
    expect(labels(other as BarSeries)).toEqual([2, 3, 8])
  })
})
