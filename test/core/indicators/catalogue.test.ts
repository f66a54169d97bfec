import { describe, expect, it } from 'vitest'
import { DomainError } from '../../../core/domain/errors.ts'
import { backtraderAliases } from '../../../core/indicators/backtrader-aliases.ts'
import { findIndicator, indicatorCatalogue } from '../../../core/indicators/catalogue.ts'
import { computeIndicator, validateParams } from '../../../core/indicators/compute.ts'

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

describe('the catalogue', () => {
  it('names everything once, in both languages, with formula and source', () => {
    expect(new Set(indicatorCatalogue.map((each) => each.id)).size).toBe(indicatorCatalogue.length)
    for (const each of indicatorCatalogue) {
      expect([each.id, each.title.en, each.formula, each.source].every((text) => text.length > 1)).toBe(true)
      expect(each.title.zh, each.id).toMatch(/\p{Script=Han}/u)
    }
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
