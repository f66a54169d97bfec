import { describe, expect, it } from 'vitest'
import { exactExp, exactLog } from '../../../core/lib/exact-exp.ts'

describe('exponential and logarithm', () => {
  // Fifty digits of Python's decimal, rounded; Math.exp and Math.log of V8 are one place off in each of these
  it.each([
    [-0.4922773838043213, 0.61123279623722],
    [-2.579827308654785, 0.07578709066747512],
    [-12.690653800964355, 3.0797756610149847e-6],
  ])('e to the %d is the nearest double', (x, expected) => expect(exactExp(x)).toBe(expected))

  it.each([
    [1.6801992288298568, 0.5189123749732972],
    [2.6169684887383244, 0.9620165824890136],
    [0.4209983973088348, -0.8651262521743776],
  ])('the logarithm of %d is the nearest double', (x, expected) => expect(exactLog(x)).toBe(expected))

  it('end as the engine’s own do where there is nothing to gain', () => {
    expect([exactExp(0), exactExp(Number.NEGATIVE_INFINITY), exactExp(1000)]).toEqual([1, 0, Number.POSITIVE_INFINITY])
    expect([exactLog(1), exactLog(0), exactLog(-1)]).toEqual([0, Number.NEGATIVE_INFINITY, Number.NaN])
  })
})
