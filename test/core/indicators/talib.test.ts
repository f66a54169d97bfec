import { describe, expect, it } from 'vitest'
import { indicatorCatalogue } from '../../../core/indicators/catalogue.ts'
import { computeIndicator, validateParams } from '../../../core/indicators/compute.ts'
import { LineGraph } from '../../../core/indicators/graph.ts'
import { resolveIndicator } from '../../../core/indicators/indicator-names.ts'
import { columnOf, Line } from '../../../core/indicators/line.ts'
import { talib } from '../../../core/indicators/lines.ts'
import { sourceLines } from '../../../core/indicators/sources.ts'

const length = 300
const wave = (phase: number) => Float64Array.from({ length }, (_, i) => 100 + 9 * Math.sin(i / 7 + phase) + (i % 5))
const close = wave(0)
const bars = {
  open: wave(0.3),
  high: close.map((value) => value + 3),
  low: close.map((value) => value - 2),
  close,
  volume: close.map((value) => value * 10),
}
const graph = new LineGraph(bars)

const columnsOf = (made: Line | Readonly<Record<string, Line>>) =>
  (made instanceof Line ? [made] : Object.values(made)).map((line) => columnOf(line))

/** What the catalogue computes of the series that a function reads unless told. */
function expectedOf(name: string): readonly Float64Array[] {
  const { definition } = resolveIndicator(`talib:${name}`)
  const lines = sourceLines(definition, [], bars)
  return Object.values(computeIndicator(`talib:${name}`, {}, { ...bars, lines }).lines)
}

const pairs = new Set(['ADD', 'SUB', 'MULT', 'DIV', 'BETA', 'CORREL'])

describe('A strategy that calls TA-Lib', () => {
  it('finds every function of it that the catalogue has, by its name there', () => {
    const known = indicatorCatalogue.flatMap((definition) => definition.aliases.talib)
    expect(Object.keys(talib).sort()).toEqual([...known].sort())
  })

  it.each(Object.keys(talib))('gets the lines of %s with its defaults', (name) => {
    const call = talib[name as keyof typeof talib] as (...lines: unknown[]) => Line | Readonly<Record<string, Line>>
    const takesBars = name.startsWith('CDL') || name in barFunctions
    const second = name === 'MAVP' ? graph.volume : graph.low
    const made = takesBars ? call(graph) : pairs.has(name) ? call(graph.high, second) : callLine(call, name, second)
    expect(columnsOf(made)).toEqual(expectedOf(name))
  })

  it('gives parameters in TA-Lib’s order and reads several lines by name', () => {
    const bands = talib.BBANDS(graph.close, 20, 2, 3, 'ema')
    const expected = computeIndicator('talib:BBANDS', { timeperiod: 20, nbdevdn: 3, matype: 1 }, bars).lines
    expect([bands.upper, bands.middle, bands.lower].map(columnOf)).toEqual(Object.values(expected))
  })

  it('can feed one function with another', () => {
    const line = talib.SMA(talib.RSI(graph.close, 14), 5)
    expect(line.warmup).toBe(14 + 4)
    expect(columnOf(line).findIndex((value) => !Number.isNaN(value))).toBe(18)
  })

  it('gets one line however often it asks', () => {
    expect(talib.CDLDOJI(graph)).toBe(talib.CDLDOJI(graph))
  })
})

function callLine(
  call: (...lines: unknown[]) => Line | Readonly<Record<string, Line>>,
  name: string,
  second: Line,
): Line | Readonly<Record<string, Line>> {
  return name === 'MAVP' ? call(graph.close, second) : call(graph.close)
}

/** Functions of whole bars that are no patterns: their entries read prices by name, and none of two lines is among them. */
const barFunctions = Object.fromEntries(
  indicatorCatalogue
    .filter(
      ({ inputs, aliases }) =>
        inputs.some((input) => input !== 'line') && !aliases.talib.some((name) => pairs.has(name)),
    )
    .flatMap(({ aliases }) => aliases.talib.map((name) => [name, true])),
)

describe('TA-Lib’s words', () => {
  it('are understood for its functions: period names, and numbers for average types', () => {
    expect(validateParams('talib:MACD', { fastperiod: 8 })).toEqual({ fast: 8, slow: 26, signal: 9 })
    expect(validateParams('talib:MA', { timeperiod: 9, matype: 8 })).toEqual({ period: 9, average: 't3' })
    expect(validateParams('STOCH', { slowd_matype: 1 })).toMatchObject({ k: 5, dAverage: 'ema' })
  })

  it('are known as qtpylib’s too, which hands on all but three of its functions', () => {
    expect(resolveIndicator('qtpylib:CDLDOJI').definition.id).toBe('talib-cdldoji')
    expect(() => resolveIndicator('qtpylib:IMI')).toThrow('indicator.unknown')
  })

  it('that name no average type are refused', () => {
    expect(() => validateParams('talib:MA', { matype: 9 })).toThrow('param.invalid')
  })
})

describe('A function of TA-Lib', () => {
  it('starts again after a gap, as it starts after missing bars', () => {
    const gap = close.slice()
    gap[50] = Number.NaN
    const { lines } = computeIndicator('talib:RSI', {}, { ...bars, close: gap })
    const rest = close.slice(51)
    const after = computeIndicator('talib:RSI', {}, { open: rest, high: rest, low: rest, close: rest, volume: rest })
    expect(lines.rsi?.slice(51)).toEqual(after.lines.rsi)
  })

  it('has no infinity: what cannot be divided is undefined', () => {
    const divisor = close.map((_, i) => (i === 7 ? 0 : 2))
    const { lines } = computeIndicator('talib:DIV', {}, { ...bars, lines: [close, divisor] })
    expect(lines.value?.[6]).toBe((close[6] as number) / 2)
    expect(lines.value?.[7]).toBeNaN()
  })
})
