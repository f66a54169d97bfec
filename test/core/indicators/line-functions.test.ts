import { describe, expect, it } from 'vitest'
import { LineGraph } from '../../../core/indicators/graph.ts'
import { columnOf, type Line } from '../../../core/indicators/line.ts'
import {
  and,
  applyWindow,
  ceiling,
  compare,
  compareTo,
  equal,
  exponentialSmoothing,
  floor,
  greatest,
  least,
  logarithm,
  not,
  or,
  power,
  ratio,
  ratioOrZero,
  reduce,
  total,
  weightedAverage,
  when,
} from '../../../core/indicators/lines.ts'

const gap = Number.NaN

/** Two lines: opens 1, 2, 0, gap and closes 2, 2, −1, 5. */
function twoLines(): { readonly a: Line; readonly b: Line } {
  const open = Float64Array.of(1, 2, 0, gap)
  const close = Float64Array.of(2, 2, -1, 5)
  const graph = new LineGraph({ open, high: close, low: close, close, volume: close })
  return { a: graph.open, b: graph.close }
}

const values = (line: Line) => [...columnOf(line)]

/** A refusal of a parameter, as far as a test names it. */
const refused = (data: Readonly<Record<string, string>>) =>
  expect.objectContaining({ code: 'param.invalid', data: expect.objectContaining(data) })

describe('functions over lines', () => {
  const { a, b } = twoLines()

  it.each([
    ['when', when(a.above(0), b, 9), [2, 2, 9, gap]],
    ['and', and(a, b), [1, 1, 0, gap]],
    ['or', or(a, b.minus(b)), [1, 1, 0, gap]],
    ['not', not(a), [0, 0, 1, gap]],
    ['equal', equal(a, b), [0, 1, 0, gap]],
    ['greatest', greatest(a, b, 1.5), [2, 2, 1.5, gap]],
    ['least', least(a, b, 1.5), [1, 1.5, -1, gap]],
    ['total', total(a, b, 10), [13, 14, 9, gap]],
    ['reduce', reduce((left, right) => left.times(right), a, b, 3), [6, 12, -0, gap]],
    ['compare', compare(a, b), [-1, 0, 1, gap]],
    ['compareTo', compareTo(a, b, { below: 10, equal: 20, above: b }), [10, 20, -1, gap]],
    ['ratio', ratio(b, a, 7), [2, 1, 7, gap]],
    ['ratioOrZero', ratioOrZero(a.minus(2), a, 4, 5), [-1, 0, 4, gap]],
    ['power', power(a, 2), [1, 4, 0, gap]],
    ['floor', floor(b.over(4)), [0, 0, -1, 1]],
    ['ceiling', ceiling(b.over(4)), [1, 1, -0, 2]],
    ['logarithm', logarithm(b.times(50)), [2, 2, gap, Math.log10(250)]],
    ['a line’s power', a.power(b), [1, 4, Number.POSITIVE_INFINITY, gap]],
    ['a line’s floored', b.over(4).floored(), [0, 0, -1, 1]],
    ['equalTo', a.equalTo(b), [0, 1, 0, gap]],
    ['unequalTo', a.unequalTo(2), [1, 0, 1, gap]],
    ['a line’s and', a.above(0).and(b.above(0)), [1, 1, 0, gap]],
    ['a line’s or', a.below(0).or(b.below(0)), [0, 0, 1, gap]],
    ['a line’s not', a.above(1).not(), [1, 0, 1, gap]],
  ])('%s answers bar by bar, undefined where an operand is', (_name, line, expected) => {
    expect(values(line)).toEqual(expected)
  })

  it('a division by zero is undefined unless a value is named for it', () => {
    expect(values(ratio(b, a))).toEqual([2, 1, gap, gap])
    expect(values(ratioOrZero(a, a))).toEqual([1, 1, 0, gap])
  })
})

describe('windows of one’s own', () => {
  it('give the function the last values, oldest first, once the window is full', () => {
    const { b } = twoLines()
    const seen: number[][] = []
    const line = applyWindow(b, 2, (last) => {
      seen.push([...last])
      return Math.max(...last)
    })
    expect(values(line)).toEqual([gap, 2, 2, 5])
    expect(seen).toEqual([
      [2, 2],
      [2, -1],
      [-1, 5],
    ])
  })

  it('need a whole period', () => {
    const { b } = twoLines()
    expect(() => applyWindow(b, 0, (last) => last.length)).toThrow(refused({ name: 'period', value: '0' }))
  })

  it('weigh the oldest value first and divide by the weights unless told otherwise', () => {
    const { b } = twoLines()
    expect(values(weightedAverage(b, [1, 3]))).toEqual([gap, 2, -0.25, 3.5])
    expect(values(weightedAverage(b, [1, 3], 1))).toEqual([gap, 8, -1, 14])
    expect(() => weightedAverage(b, [])).toThrow(refused({ name: 'weights' }))
    expect(() => weightedAverage(b, [1, -1])).toThrow(refused({ value: '1, -1' }))
  })

  it('smooth by a number or by a line of weights', () => {
    const { b } = twoLines()
    const byNumber = values(exponentialSmoothing(b, 2, 0.5))
    expect(byNumber).toEqual([gap, 2, 0.5, 2.75])
    const weights = b.times(0).plus(0.5)
    expect(values(exponentialSmoothing(b, 2, weights))).toEqual(byNumber)
  })
})
