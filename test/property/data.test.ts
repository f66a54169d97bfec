import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBarParser } from '../../core/data/csv/bar-parser.ts'
import { parseNumber } from '../../core/data/csv/bytes.ts'
import { inferRecipe } from '../../core/data/csv/infer-recipe.ts'
import { resampleBars } from '../../core/data/resample.ts'
import { type BarSeries, createBarSeries } from '../../core/domain/bar-series.ts'
import { parseBarSpec } from '../../core/domain/bar-spec.ts'

const encoder = new TextEncoder()

const minuteBars: fc.Arbitrary<BarSeries> = fc
  .tuple(
    fc.integer({ min: Date.UTC(2015, 0, 1) / 60_000, max: Date.UTC(2026, 0, 1) / 60_000 }),
    fc.array(
      fc.record({
        gap: fc.integer({ min: 1, max: 900 }),
        cents: fc.integer({ min: 100, max: 9_999 }),
        up: fc.nat(50),
        down: fc.nat(50),
        volume: fc.nat(1e6),
      }),
      { minLength: 3, maxLength: 60 },
    ),
  )
  .map(([start, rows]) => {
    const bars = createBarSeries(rows.length)
    let minute = start
    for (const [index, { gap, cents, up, down, volume }] of rows.entries()) {
      // Neighbours at first, so that the interval can be seen.
      minute += index < rows.length / 2 ? 1 : gap
      bars.time[index] = minute * 60_000
      bars.closeTime[index] = (minute + 1) * 60_000
      bars.open[index] = cents / 100
      bars.close[index] = (cents + up - Math.min(up, down)) / 100
      bars.high[index] = (cents + up) / 100
      bars.low[index] = (cents - down) / 100
      bars.volume[index] = volume
      bars.openInterest[index] = Number.NaN
    }
    return bars
  })

interface Style {
  readonly separator: string
  readonly decimal: string
  readonly lineEnd: string
  readonly backwards: boolean
  readonly quoted: boolean
  readonly stamp: (iso: string, time: number) => string
}

const styles: fc.Arbitrary<Style> = fc
  .record({
    separator: fc.constantFrom(',', ';', '\t', '|'),
    decimal: fc.constantFrom('.', ','),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    backwards: fc.boolean(),
    quoted: fc.boolean(),
    stamp: fc.constantFrom(
      (iso: string) => `${iso.slice(0, 19)}Z`,
      (iso: string) => iso.slice(0, 16).replace('T', ' '),
      (iso: string) =>
        iso
          .slice(0, 16)
          .replace(/[-T:]/g, '')
          .replace(/^(.{8})(.{4})$/, '$1 $2'),
      (_: string, time: number) => String(time),
      (_: string, time: number) => String(time / 1_000),
    ),
  })
  .filter(({ separator, decimal }) => separator !== decimal)

function write(bars: BarSeries, style: Style): string {
  const field = (text: string) => (style.quoted ? `"${text}"` : text)
  const price = (value: number) => field(value.toFixed(2).replace('.', style.decimal))
  const lines = Array.from(bars.time, (time, index) =>
    [
      field(style.stamp(new Date(time).toISOString(), time)),
      ...[bars.open, bars.high, bars.low, bars.close].map((column) => price(column[index] as number)),
      String(bars.volume[index]),
    ].join(style.separator),
  )
  if (style.backwards) lines.reverse()
  const header = ['Time', 'Open', 'High', 'Low', 'Close', 'Volume'].join(style.separator)
  return [header, ...lines, ''].join(style.lineEnd)
}

describe('files', () => {
  test('whatever way bars are written, inference reads the same bars back', () => {
    fc.assert(
      fc.property(minuteBars, styles, fc.integer({ min: 1, max: 200 }), (bars, style, pieceBytes) => {
        const text = write(bars, style)
        const { recipe } = inferRecipe(text, { path: 'x.csv', encoding: 'utf-8', whole: true })
        // Open or close cannot be told from the file alone.
        const parser = createBarParser({ ...recipe, stamp: 'open' })
        const bytes = encoder.encode(text)
        for (let at = 0; at < bytes.length; at += pieceBytes) parser.push(bytes.subarray(at, at + pieceBytes))
        const { series, badRowCount } = parser.finish()
        expect(badRowCount).toBe(0)
        expect(series).toEqual(bars)
      }),
      { numRuns: 150 },
    )
  })

  test('numbers are read as the language reads them, to the last bit', () => {
    const texts = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.integer({ min: 0, max: 24 })).map(([digits, decimals]) => {
        const padded = String(digits).padStart(decimals + 1, '0')
        return decimals === 0 ? padded : `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`
      }),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const bytes = encoder.encode(text)
        expect(parseNumber(bytes, 0, bytes.length, 46)).toBe(Number(text))
      }),
      { numRuns: 2_000 },
    )
  })

  test('no bytes make the parser fail otherwise than with rows or a designed error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const recipe = {
          separator: ',',
          encoding: 'utf-8',
          headerRows: 0,
          columns: { date: 0, time: null, open: 1, high: 2, low: 3, close: 4, volume: null, openInterest: null },
        } as const
        const parser = createBarParser({
          ...recipe,
          dateFormat: 'yyyyMMdd',
          decimal: '.',
          zone: 'UTC',
          stamp: 'day',
          interval: '1d',
          priceDivisor: 1,
          badRows: 'skip',
        })
        parser.push(bytes)
        const { series, rows, badRowCount } = parser.finish()
        expect(series.length + badRowCount).toBe(rows)
      }),
    )
  })
})

describe('resampling', () => {
  const specs = fc.constantFrom('2m', '5m', '7m', '1h', '4h', '1d', '3d', '1w', '1M', '1y')
  const zones = fc.constantFrom('UTC', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe')

  test('volume is kept, extremes are kept, periods hold their bars and never overlap', () => {
    fc.assert(
      fc.property(minuteBars, specs, zones, (bars, spec, zone) => {
        const coarse = resampleBars(bars, parseBarSpec(spec), zone)
        const sum = (column: Float64Array) => column.reduce((total, value) => total + value, 0)
        expect(sum(coarse.volume)).toBe(sum(bars.volume))
        expect(Math.max(...coarse.high)).toBe(Math.max(...bars.high))
        expect(Math.min(...coarse.low)).toBe(Math.min(...bars.low))
        expect([coarse.open[0], coarse.close[coarse.length - 1]]).toEqual([bars.open[0], bars.close[bars.length - 1]])
        for (let index = 0; index < coarse.length; index++) {
          expect(coarse.time[index]).toBeLessThan(coarse.closeTime[index] as number)
          if (index > 0) expect(coarse.time[index]).toBeGreaterThanOrEqual(coarse.closeTime[index - 1] as number)
        }
        for (const time of bars.time) {
          expect(coarse.time.some((from, index) => from <= time && time < (coarse.closeTime[index] as number))).toBe(
            true,
          )
        }
      }),
    )
  })

  test('by way of a finer interval or directly: the same bars', () => {
    fc.assert(
      fc.property(minuteBars, zones, (bars, zone) => {
        const hourly = resampleBars(bars, parseBarSpec('1h'), zone)
        expect(resampleBars(hourly, parseBarSpec('1d'), zone)).toEqual(resampleBars(bars, parseBarSpec('1d'), zone))
      }),
    )
  })
})
