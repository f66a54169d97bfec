import { describe, expect, it } from 'vitest'
import { DomainError } from '../../../core/domain/errors.ts'
import { backtraderAliases } from '../../../core/indicators/backtrader-aliases.ts'
import { findIndicator, indicatorCatalogue } from '../../../core/indicators/catalogue.ts'
import { computeIndicator, validateParams } from '../../../core/indicators/compute.ts'
import { type IndicatorDefinition, type IndicatorParam, indicatorGroups } from '../../../core/indicators/definition.ts'
import { aliasesOf, namingSystems, resolveIndicator } from '../../../core/indicators/indicator-names.ts'
import { sourceLines } from '../../../core/indicators/sources.ts'

const bars = (...closes: readonly number[]) => {
  const column = Float64Array.from(closes)
  return { open: column, high: column, low: column, close: column, volume: column }
}

function failureOf(action: () => unknown): unknown {
  try {
    return action()
  } catch (failure) {
    return failure instanceof DomainError ? [failure.code, failure.data] : failure
  }
}

/** What pickers, documents and the terminal need of every entry. */
const complete: Readonly<Record<string, (entry: IndicatorDefinition) => boolean>> = {
  'a lower-case id': ({ id }) => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id),
  'an English title': ({ title }) => title.en.length > 1,
  'a Chinese title': ({ title }) => /\p{Script=Han}/u.test(title.zh),
  'a family': ({ group }) => indicatorGroups.includes(group),
  'parameters with limits or choices': ({ params }) => params.every(isBounded),
  'outputs with names of their own': ({ outputs }) => isDistinct(outputs.map(({ name }) => name)) && outputs.length > 0,
  'a pane': ({ pane }) => pane === 'price' || pane === 'own',
  'a formula': ({ formula }) => formula.length > 1,
  'a source': ({ source }) => source.length > 1,
  'a warm-up': (entry) => entry.warmup(validateParams(entry.id)) >= 0,
  'lists of its names elsewhere': (entry) => namingSystems.every((system) => isDistinct(aliasesOf(entry)[system])),
}

function isBounded(param: IndicatorParam): boolean {
  if (param.kind === 'flag') return true
  if (param.kind === 'choice') return param.choices.length > 1 && isDistinct(param.choices)
  return param.min < param.max && param.step > 0
}

function isDistinct(names: readonly string[]): boolean {
  return new Set(names).size === names.length
}

describe('the catalogue', () => {
  it('has every id once', () => expect(isDistinct(indicatorCatalogue.map(({ id }) => id))).toBe(true))

  it.each(Object.entries(complete))('gives every entry %s', (_what, has) => {
    expect(indicatorCatalogue.filter((entry) => !has(entry)).map(({ id }) => id)).toEqual([])
  })

  it('has defaults that its own limits allow', () => {
    for (const each of indicatorCatalogue) expect(Object.keys(validateParams(each.id))).toHaveLength(each.params.length)
  })

  it('knows the lines and parameters that backtrader’s names are mapped to', () => {
    for (const { parts, defaults } of backtraderAliases) {
      for (const part of parts) {
        const { params, outputs } = findIndicator(part.id)
        const names = params.map((param) => param.name)
        expect(names).toEqual(expect.arrayContaining([...Object.values(part.params).flat(), ...Object.keys(defaults)]))
        expect(outputs.map((output) => output.name)).toEqual(expect.arrayContaining(Object.values(part.lines)))
      }
    }
  })
})

describe('a name', () => {
  const idOf = (name: string) => resolveIndicator(name).definition.id

  it('is an id, or what another system calls the same thing', () => {
    expect(['rsi', 'CommodityChannelIndex', 'MovingAverageWilder', 'backtrader:SMA'].map(idOf)).toEqual([
      'rsi',
      'cci',
      'smma',
      'sma',
    ])
  })

  it('brings the defaults of that system, and its words for parameters', () => {
    expect(validateParams('RSI_Cutler')).toMatchObject({ period: 14, average: 'sma' })
    expect(validateParams('RelativeMomentumIndex', { period: 10 })).toMatchObject({ period: 10, lookback: 5 })
    expect(validateParams('PercentagePriceOscillator', { period1: 5 })).toMatchObject({ fast: 5, slow: 26 })
  })

  it('of one system means one entry', () => {
    for (const system of namingSystems) {
      const names = indicatorCatalogue.flatMap((entry) => aliasesOf(entry)[system])
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
    }
  })

  it('that several systems have for different things is refused with the choices', () => {
    expect(failureOf(() => idOf('CCI'))).toEqual([
      'indicator.ambiguous',
      { indicator: 'CCI', choices: 'backtrader:CCI (cci), talib:CCI (talib-cci), qtpylib:CCI (talib-cci)' },
    ])
    expect([idOf('backtrader:CCI'), idOf('talib:CCI')]).toEqual(['cci', 'talib-cci'])
  })

  it('computes, whichever of its names is asked for', () => {
    const length = 400
    const wave = Float64Array.from({ length }, (_, i) => 100 + 8 * Math.sin(i / 9) + (i % 7))
    const shifted = (by: number) => wave.map((value) => value + by)
    const localTime = () => Float64Array.from({ length }, (_, i) => Date.UTC(2024, 0, 1) + i * 86_400_000)
    const ofBars = { open: shifted(0.5), high: shifted(2), low: shifted(-2), close: wave, volume: wave, localTime }
    for (const entry of indicatorCatalogue) {
      const system = namingSystems.flatMap((each) => aliasesOf(entry)[each].map((name) => `${each}:${name}`))
      for (const name of [entry.id, ...system]) {
        const { lines } = computeIndicator(name, {}, { ...ofBars, lines: sourceLines(entry, [], ofBars) })
        expect(
          Object.values(lines).map((line) => line.length),
          name,
        ).toEqual(entry.outputs.map(() => length))
      }
    }
  })

  it('that is none is refused; its case counts', () => {
    expect(failureOf(() => idOf('commoditychannelindex'))).toEqual([
      'indicator.unknown',
      { indicator: 'commoditychannelindex' },
    ])
  })
})

describe('parameters', () => {
  it.each([
    ['unknown', { length: 5 }, ['param.unknown', { indicator: 'sma', name: 'length', known: 'period' }]],
    ['too small', { period: 0 }, ['param.invalid', invalidPeriod(0)]],
    ['too large', { period: 1e9 }, ['param.invalid', invalidPeriod(1e9)]],
    ['not whole', { period: 2.5 }, ['param.invalid', invalidPeriod(2.5)]],
    ['not a number', { period: Number.NaN }, ['param.invalid', invalidPeriod('NaN')]],
    ['text', { period: '14' }, ['param.invalid', invalidPeriod('14')]],
  ])('that are %s are refused with name, value and range', (_case, params, failure) => {
    expect(failureOf(() => validateParams('sma', params))).toEqual(failure)
  })

  it('that choose an unknown average are refused with the choices', () => {
    expect(failureOf(() => validateParams('rsi', { average: 'dema' }))).toEqual([
      'param.invalid',
      { indicator: 'rsi', name: 'average', value: 'dema', rule: 'sma | ema | smma | wma' },
    ])
  })

  it('of an unknown indicator are refused', () => {
    expect(failureOf(() => validateParams('magic'))).toEqual(['indicator.unknown', { indicator: 'magic' }])
  })
})

function invalidPeriod(value: number | string) {
  return { indicator: 'sma', name: 'period', value: String(value), rule: 'a whole number, 1 … 100000' }
}

describe('one indicator over whole columns', () => {
  it('gives every output as long as the data, undefined during the warm-up', () => {
    const { warmup, lines } = computeIndicator('sma', { period: 3 }, bars(1, 2, 3, 7))
    expect([warmup, [...(lines.sma as Float64Array)]]).toEqual([2, [Number.NaN, Number.NaN, 2, 4]])
  })

  it('longer than the data is undefined everywhere', () => {
    const { warmup, lines } = computeIndicator('rsi', { period: 100 }, bars(1, 2, 3))
    expect([warmup, [...(lines.rsi as Float64Array)]]).toEqual([100, [Number.NaN, Number.NaN, Number.NaN]])
  })

  it('of no data is empty', () => {
    expect(computeIndicator('macd', {}, bars()).lines.histogram).toHaveLength(0)
  })

  it('takes any lines in place of the closes', () => {
    const lines = [Float64Array.from([1, 3, 1]), Float64Array.from([2, 2, 2])]
    const { cross } = computeIndicator('cross-over', {}, { ...bars(0, 0, 0), lines }).lines
    expect([...(cross as Float64Array)]).toEqual([Number.NaN, 1, -1])
    expect(failureOf(() => computeIndicator('cross-over', {}, bars(1, 2)))).toEqual([
      'indicator.input',
      { indicator: 'cross-over', reason: 'count', expected: 2, actual: 1 },
    ])
  })
})

describe('where a formula would divide by zero (X-08)', () => {
  const flat = bars(...new Array<number>(60).fill(5))
  const last = (id: string, data = flat) =>
    Object.values(computeIndicator(id, {}, data).lines).map((line) => line.at(-1))

  it('RSI is 50 without moves and 100 with gains only', () => {
    expect(last('rsi')).toEqual([50])
    expect(last('rsi', bars(...Array.from({ length: 40 }, (_, index) => index)))).toEqual([100])
  })

  it('stochastic, CCI and ADX are 0 in a flat market, %B is in the middle', () => {
    expect([last('stochastic'), last('cci'), last('dmi'), last('percent-b')]).toEqual([
      [0, 0],
      [0],
      [0, 0, 0, 0],
      [0.5],
    ])
  })
})
