import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BarRows } from '../../core/data/bar-rows.ts'
import { replayColumns, resampleColumns } from '../../core/data/resample-columns.ts'
import { createResampler, type ResampleRules } from '../../core/data/resample-rules.ts'
import { timeframes } from '../../core/data/timeframe.ts'
import { createTradingCalendar } from '../../core/data/trading-calendar.ts'
import { zoneClock } from '../../core/data/zone-offsets.ts'
import { type BarSeries, barColumnNames, createBarSeries } from '../../core/domain/bar-series.ts'
import { parseInterval } from '../../core/domain/bar-spec.ts'

const minute = 60_000

/** Bars of one to thirty minutes with gaps from none to days, over clock changes, some without volume. */
const sources: fc.Arbitrary<BarSeries> = fc
  .record({
    start: fc.integer({ min: Date.UTC(2023, 0, 1) / minute, max: Date.UTC(2025, 0, 1) / minute }),
    length: fc.constantFrom(1, 5, 30),
    rows: fc.array(
      fc.record({
        gap: fc.oneof(fc.constant(0), fc.nat(12), fc.nat(3_000)),
        price: fc.double({ min: -50, max: 1e6, noNaN: true }),
        up: fc.double({ min: 0, max: 9, noNaN: true }),
        down: fc.double({ min: 0, max: 9, noNaN: true }),
        volume: fc.oneof(fc.constant(Number.NaN), fc.nat(1_000)),
      }),
      { maxLength: 80 },
    ),
  })
  .map(({ start, length, rows }) => {
    const bars = createBarSeries(rows.length)
    let at = start
    for (const [index, { gap, price, up, down, volume }] of rows.entries()) {
      at += gap * length
      bars.time[index] = at * minute
      bars.closeTime[index] = (at + length) * minute
      bars.open[index] = bars.close[index] = price
      bars.high[index] = price + up
      bars.low[index] = price - down
      bars.volume[index] = volume
      bars.openInterest[index] = index
      at += length
    }
    return bars
  })

const hour = 3_600_000
const rules: fc.Arbitrary<ResampleRules> = fc.oneof(
  fc.record({
    profile: fc.constant('default' as const),
    spec: fc
      .constantFrom('30m', '45m', '1h', '4h', '1d', '3d', '1w', '2w', '1M', '1y', '7tick', '3.5range')
      .map(parseInterval),
    zone: fc.constantFrom('UTC', 'America/New_York', 'Asia/Kolkata'),
    calendar: fc.constantFrom(
      undefined,
      createTradingCalendar({ open: 9.5 * hour, close: 16 * hour }, zoneClock('America/New_York')),
      createTradingCalendar({ open: 18 * hour, close: 17 * hour }, zoneClock('America/New_York')),
    ),
  }),
  fc.record({
    profile: fc.constant('backtrader' as const),
    timeframe: fc.constantFrom(...timeframes),
    compression: fc.integer({ min: 1, max: 90 }),
    bar2edge: fc.boolean(),
    adjbartime: fc.boolean(),
    rightedge: fc.boolean(),
    boundoff: fc.nat(20),
    takelate: fc.boolean(),
    zone: fc.constantFrom('UTC', 'Europe/Berlin'),
  }),
)

describe('resampling', () => {
  test('a stream, one bar at a time, ends with the bytes of the whole history', () => {
    fc.assert(
      fc.property(sources, rules, (source, given) => {
        const rows = new BarRows()
        const resampler = createResampler(given, (bar) => rows.add(bar))
        const one = createBarSeries(1)
        for (let index = 0; index < source.length; index++) {
          for (const name of barColumnNames) one[name][0] = source[name][index] as number
          resampler.push(one, 0)
        }
        resampler.flush()
        expect(rows.series()).toEqual(resampleColumns(source, given).bars)
      }),
      { numRuns: 300 },
    )
  })

  test('no print is lost or counted twice, and no bar is known before its last print', () => {
    fc.assert(
      fc.property(sources, rules, (source, given) => {
        const dropsLate = given.profile === 'backtrader' && given.takelate === false
        const { bars, deliveredAt } = resampleColumns(source, given)
        const sum = (column: Float64Array) => column.reduce((total, value) => total + (value || 0), 0)
        const known = source.volume.every((volume) => !Number.isNaN(volume))
        if (known && !dropsLate) expect(sum(bars.volume)).toBe(sum(source.volume))
        expect(deliveredAt).toEqual(deliveredAt.toSorted())
        if (dropsLate) return
        expect(Math.max(...bars.high)).toBe(Math.max(...source.high))
        expect(Math.min(...bars.low)).toBe(Math.min(...source.low))
      }),
      { numRuns: 300 },
    )
  })

  test('the last showing of a replayed bar is the resampled bar', () => {
    fc.assert(
      fc.property(sources, rules, (source, given) => {
        if (given.profile === 'backtrader') return
        const { bars } = resampleColumns(source, given)
        const replayed = replayColumns(source, given)
        const last = [...replayed.number.keys()].filter((row) => replayed.number[row] !== replayed.number[row + 1])
        expect(replayed.bars.length).toBe(source.length)
        for (const name of ['time', 'open', 'high', 'low', 'close', 'volume', 'openInterest'] as const)
          expect(last.map((row) => replayed.bars[name][row])).toEqual([...bars[name]])
      }),
      { numRuns: 200 },
    )
  })
})
