import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { computeIndicator } from '../../core/indicators/compute.ts'
import type { IndicatorParams } from '../../core/indicators/definition.ts'
import { resolveIndicator } from '../../core/indicators/indicator-names.ts'

type Prices = 'open' | 'high' | 'low' | 'close' | 'volume'

interface TalibCase {
  readonly name: string
  readonly series: string
  readonly params: IndicatorParams
  readonly begin: number
  readonly outputs: readonly (readonly (number | null | readonly [number, number])[])[]
}

interface Vectors {
  readonly series: Readonly<Record<string, Readonly<Record<Prices, readonly number[]>>>>
  readonly cases: readonly TalibCase[]
}

const file = join(import.meta.dirname, 'talib', 'vectors.json.gz')
const vectors = JSON.parse(gunzipSync(readFileSync(file)).toString()) as Vectors
const names = [...new Set(vectors.cases.map(({ name }) => name))]

const pairs = new Set(['ADD', 'SUB', 'MULT', 'DIV', 'BETA', 'CORREL'])

/** The bars of a case, and the series it reads where a function takes any (see record.py). */
function barsOf({ name, series }: TalibCase) {
  const data = vectors.series[series] as Vectors['series'][string]
  const column = (price: Prices) => Float64Array.from(data[price])
  const close = column('close')
  const bars = { open: column('open'), high: column('high'), low: column('low'), close, volume: column('volume') }
  const first = name === 'ACOS' || name === 'ASIN' ? close.map((price) => price % 1) : close
  const lines = pairs.has(name) ? [bars.high, bars.low] : [first, bars.volume.map((volume) => volume % 40)]
  return { ...bars, lines }
}

/** What TA-Lib answered as a column: NaN before its first value and where it has no finite one. */
function columnsOf({ name, begin, outputs }: TalibCase, length: number): readonly Float64Array[] {
  return outputs.map((values) => {
    const column = new Float64Array(length).fill(Number.NaN)
    if (name.startsWith('CDL')) column.fill(0, begin)
    values.forEach((value, index) => {
      if (value === null) return
      if (typeof value === 'number') column[begin + index] = value
      else column[begin + value[0]] = value[1]
    })
    return column
  })
}

/** The first bar that differs by more than a billionth, or −1. */
function firstDifference(expected: Float64Array, made: Float64Array): number {
  return expected.findIndex((value, index) => {
    const other = made[index] as number
    if (Number.isNaN(value) || Number.isNaN(other)) return Number.isNaN(value) !== Number.isNaN(other)
    return Math.abs(value - other) > 1e-9 * Math.abs(value)
  })
}

describe('TA-Lib', () => {
  it('has 161 functions, 61 of them candle patterns, each an entry of the catalogue', () => {
    expect(names).toHaveLength(161)
    expect(names.filter((name) => name.startsWith('CDL'))).toHaveLength(61)
    const ids = names.map((name) => resolveIndicator(`talib:${name}`).definition.id)
    expect(new Set(ids).size).toBe(161)
  })

  it.each(names)('gives the numbers of %s that the catalogue gives, from the same bar on', (name) => {
    for (const each of vectors.cases.filter((entry) => entry.name === name)) {
      const bars = barsOf(each)
      const { lines, warmup } = computeIndicator(`talib:${name}`, each.params, bars)
      const where = `${name} of ${each.series} with ${JSON.stringify(each.params)}`
      expect(warmup, where).toBe(each.begin)
      const expected = columnsOf(each, bars.close.length)
      expect(Object.keys(lines), where).toHaveLength(expected.length)
      Object.values(lines).forEach((column, index) => {
        const wanted = expected[index] as Float64Array
        const bar = firstDifference(wanted, column)
        expect(bar, `${where}: TA-Lib ${wanted[bar]}, here ${column[bar]} on bar ${bar}`).toBe(-1)
      })
    }
  })
})
