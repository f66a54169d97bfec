import { describe, expect, it } from 'vitest'
import { agrees, describeDifference, findRealData, firstDifference, referenceNumber } from './reference-files.ts'

describe('real data', () => {
  it('that is absent says where it was looked for, and is only required on demand', () => {
    const absent = findRealData({ TICKWRIGHT_REFERENCE: '/nowhere' })
    const reason = 'no backtrader folder in /nowhere (TICKWRIGHT_REFERENCE)'
    expect(absent).toEqual({ present: false, reason, required: false })
    const environment = { TICKWRIGHT_REFERENCE: '/nowhere', TICKWRIGHT_REQUIRE_REFERENCE: '1' }
    expect(findRealData(environment)).toMatchObject({ present: false, required: true })
  })
})

describe('numbers of a reference file', () => {
  it('are null for NaN and words for infinities', () => {
    expect(['Infinity', '-Infinity', null, 1.5].map(referenceNumber)).toEqual([Infinity, -Infinity, NaN, 1.5])
    expect(() => referenceNumber('1.5')).toThrow('not a number')
  })

  it('agree within a billionth, relative', () => {
    expect([agrees(1e6, 1e6 + 9e-4), agrees(1e6, 1e6 + 2e-3), agrees(0, 1e-12)]).toEqual([true, false, false])
    expect([agrees(NaN, NaN), agrees(NaN, 0), agrees(Infinity, 1e300)]).toEqual([true, false, false])
  })
})

describe('the first difference', () => {
  const actual = Float64Array.from([NaN, 1, 2, 3])

  it('names line, bar and both values', () => {
    const difference = firstDifference({ line: 'sma', expected: [null, 1, 2.5, 9], actual })
    expect(difference && describeDifference(difference)).toBe('sma at bar 2: expected 2.5, got 2')
  })

  it('is counted in bars of the input where only some are kept', () => {
    expect(firstDifference({ line: 'sma', expected: [1, 3], actual, bars: [1, 3] })).toBeUndefined()
    expect(firstDifference({ line: 'sma', expected: [1, 4], actual, bars: [1, 3] })?.bar).toBe(3)
  })

  it('is a value that came too early or too late', () => {
    expect(firstDifference({ line: 'sma', expected: [0, 1], actual })?.bar).toBe(0)
    expect(firstDifference({ line: 'sma', expected: [null, null], actual })?.bar).toBe(1)
    expect(firstDifference({ line: 'sma', expected: [null, 1, 2, 3, 4], actual })?.bar).toBe(4)
  })
})
