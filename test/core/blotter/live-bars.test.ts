import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LiveBars } from '../../../core/blotter/live-bars.ts'
import { resampleColumns } from '../../../core/data/resample-columns.ts'
import { barColumnNames, createBarSeries } from '../../../core/domain/bar-series.ts'
import { isMeasureSpec, parseInterval } from '../../../core/domain/bar-spec.ts'
import type { BarMessage } from '../../../core/domain/market-message.ts'
import { bar, gold } from './messages.ts'

const start = Date.UTC(2024, 2, 8, 14, 30)

function live(intervals: readonly string[], heardFrom = Number.NEGATIVE_INFINITY, zone = 'America/New_York') {
  const told: BarMessage[] = []
  const bars = new LiveBars({ instrument: gold, intervals, zone, graceMs: 500 }, heardFrom, (each) => told.push(each))
  return { bars, told }
}

describe('bars while the market trades', () => {
  test('end with the first print after them, or by the clock when the market is quiet', () => {
    const { bars, told } = live(['1m'])
    bars.tick(start + 1_000, 10, 5)
    bars.tick(start + 59_000, 12, 1)
    bars.closeBy(start + 60_400)
    expect(told).toEqual([])
    bars.closeBy(start + 60_500)
    expect(told).toMatchObject([
      { time: start, closeTime: start + 60_000, open: 10, high: 12, close: 12, volume: 6, closed: true },
    ])
    bars.tick(start + 61_000, 13, 1)
    expect(bars.forming('1m')).toMatchObject({ time: start + 60_000, close: 13, closed: false })
    bars.tick(start + 125_000, 14, 1)
    expect(told).toHaveLength(2)
  })

  test('are the same in whatever order the prints of a bar come', () => {
    const prints = fc.uniqueArray(
      fc.record({ second: fc.integer({ min: 0, max: 59 }), price: fc.integer({ min: 1, max: 99 }) }),
      {
        ...{ minLength: 1, maxLength: 12, selector: ({ second }: { second: number }) => second },
      },
    )
    const barOf = (all: readonly { readonly second: number; readonly price: number }[]) => {
      const { bars, told } = live(['1m'])
      for (const { second, price } of all) bars.tick(start + second * 1000, price, 1)
      bars.closeBy(start + 61_000)
      return told
    }
    fc.assert(
      fc.property(prints, (all) => {
        expect(barOf(all)).toEqual(barOf([...all].sort((a, b) => a.second - b.second)))
      }),
    )
  })

  test('are told again, corrected, when a print comes after their end', () => {
    const { bars, told } = live(['1m'])
    bars.tick(start + 10_000, 10, 5)
    bars.tick(start + 20_000, 11, 1)
    bars.closeBy(start + 61_000)
    bars.tick(start + 59_900, 8, 2)
    bars.tick(start + 5_000, 12, 3)
    expect(told.slice(1)).toMatchObject([
      { time: start, open: 10, high: 11, low: 8, close: 8, volume: 8, closed: true },
      { time: start, open: 12, high: 12, low: 8, close: 8, volume: 11, closed: true },
    ])
    bars.tick(start + 62_000, 13, 1)
    bars.tick(start + 58_000, 14, 1)
    bars.tick(start - 1_000, 99, 1)
    expect(told).toHaveLength(4)
    expect(told[3]).toMatchObject({ time: start, high: 14, close: 8, volume: 12 })
    expect(bars.forming('1m')).toMatchObject({ open: 13, high: 13, volume: 1 })
  })

  test('of which something may be missing are not told', () => {
    const { bars, told } = live(['1m', '5m'], start + 20_000)
    for (let second = 20; second < 200; second += 10) bars.tick(start + second * 1_000, 10, 1)
    expect(told.map(({ time }) => (time - start) / 60_000)).toEqual([1, 2])
    bars.interrupted(start + 250_000)
    bars.tick(start + 255_000, 10, 1)
    bars.tick(start + 301_000, 10, 1)
    bars.tick(start + 361_000, 10, 1)
    expect(told.map(({ interval, time }) => `${interval} ${(time - start) / 60_000}`)).toEqual(['1m 1', '1m 2', '1m 5'])
    expect(bars.partial).toBe(4)
  })

  test('are made of a source’s finer bars where it has no prints', () => {
    const { bars, told } = live(['1m', '5m'])
    for (let minute = 0; minute < 5; minute++) bars.bar(bar(start + minute * 60_000, { high: 1 + minute }))
    bars.closeBy(start + 301_000)
    expect(told.map(({ interval, high, volume }) => [interval, high, volume])).toEqual([['5m', 5, 5]])
  })

  test('are those that the engine makes of the same prints, however they come and whatever the clock does in between', () => {
    const print = fc.record({
      gap: fc.integer({ min: 0, max: 90_000 }),
      price: fc.integer({ min: 50, max: 150 }),
      size: fc.integer({ min: 1, max: 50 }),
      looks: fc.integer({ min: 0, max: 3 }),
      /** How far ahead of the next print the clock may have been looked at. */
      ahead: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60_000 })),
    })
    const interval = fc.constantFrom('1s', '1m', '5m', '1h', '1d', '7tick', '100volume', '5000value', '10range')
    fc.assert(
      fc.property(fc.array(print, { minLength: 1, maxLength: 120 }), interval, (prints, wanted) => {
        const { bars, told } = live([wanted])
        const source = createBarSeries(prints.length)
        let time = start
        for (const [index, { gap, price, size, looks, ahead }] of prints.entries()) {
          // The clock may be looked at while nothing is printed, and even when the next print is under way
          for (let look = 1; look <= looks; look++) bars.closeBy(time + ((gap + ahead) * look) / (looks + 1))
          time += gap
          for (const name of ['time', 'closeTime'] as const) source[name][index] = time
          for (const name of ['open', 'high', 'low', 'close'] as const) source[name][index] = price
          source.volume[index] = size
          source.openInterest[index] = Number.NaN
          bars.tick(time, price, size)
        }
        const { bars: whole } = resampleColumns(source, {
          profile: 'default',
          spec: parseInterval(wanted),
          zone: 'America/New_York',
        })
        const last = [
          ...new Map(told.map((each, at) => [isMeasureSpec(parseInterval(wanted)) ? at : each.time, each])).values(),
        ]
        for (const [index, each] of last.entries()) {
          for (const name of barColumnNames) expect([name, each[name]]).toEqual([name, whole[name][index]])
        }
        // The engine also hands out the bar that the end of the data cut off
        expect(whole.length - last.length).toBeLessThanOrEqual(1)
      }),
    )
  })
})
