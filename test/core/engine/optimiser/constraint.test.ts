import { expect, test } from 'vitest'
import { parseConstraint } from '../../../../core/engine/optimiser/constraint.ts'

const names = ['fast', 'slow', 'mode', 'strict']
const allows = (text: string, values: Record<string, number | string | boolean>) => parseConstraint(text, names)(values)

test('no condition allows everything', () => {
  expect(allows('  ', { fast: 1 })).toBe(true)
})

test.each([
  ['fast < slow', true],
  ['fast >= slow', false],
  ['slow - fast > 15', true],
  ['slow / fast >= 3', true],
  ['fast * 2 + 1 == 21', true],
  ['fast = 10', true],
  ['slow % 7 != 2', false],
  ['5 < fast < slow <= 30', true],
  ['5 < fast < 8', false],
  ['not fast > slow', true],
  ['!(fast > slow) && slow > 1', true],
  ['fast > slow or slow == 30', true],
  ['fast > slow || slow ≠ 30', false],
  ['fast > slow or fast < slow and slow < 20', false],
  ['-fast < -5', true],
  ["mode == 'mean revert'", true],
  ['mode != "trend"', true],
  ['strict', true],
  ['not strict', false],
  ['strict == true AND fast < slow', true],
  ['fast ≤ 10 and slow ≥ 30', true],
])('%s is %s for fast 10, slow 30, mode “mean revert”, strict', (text, expected) => {
  expect(allows(text, { fast: 10, slow: 30, mode: 'mean revert', strict: true })).toBe(expected)
})

test.each([
  ['fast <', 7, ''],
  ['fast < slow)', 12, ')'],
  ['(fast < slow', 13, ''],
  ['fast < slwo', 8, 'slwo'],
  ['fast # slow', 6, '#'],
  ['fast slow', 6, 'slow'],
  ["mode == 'open", 9, "'"],
])('“%s” is refused at character %i', (text, position, found) => {
  expect(() => parseConstraint(text, names)).toThrow(
    expect.objectContaining({ code: 'constraint.invalid', data: expect.objectContaining({ text, position, found }) }),
  )
})

test('a condition is never run as code', () => {
  for (const text of ['constructor', '__proto__', 'fast.toString()', 'globalThis', 'fast = slow; x', 'eval(1)']) {
    expect(() => parseConstraint(text, names)).toThrow(expect.objectContaining({ code: 'constraint.invalid' }))
  }
})

test('a hostile depth of brackets is refused, not followed to the end of the stack', () => {
  const text = `${'('.repeat(100_000)}1${')'.repeat(100_000)}`
  expect(() => parseConstraint(text, names)).toThrow(expect.objectContaining({ code: 'constraint.invalid' }))
})
