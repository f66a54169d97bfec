import { expect, test } from 'vitest'
import { checkParams } from '../../../core/workstation/params.ts'
import type { ParamSpec } from '../../../core/workstation/ports.ts'

const fast: ParamSpec = {
  name: 'fast',
  kind: 'int',
  default: 10,
  min: 2,
  max: 100,
  step: 1,
  choices: [],
  group: '',
  help: '',
}
const side: ParamSpec = { ...fast, name: 'side', kind: 'choice', default: 'long', choices: ['long', 'short'] }

test('what was not given takes its declared default', () => {
  expect(checkParams([fast, side], { side: 'short' })).toEqual({ fast: 10, side: 'short' })
})

test.each([
  [{ fast: 1 }, { name: 'fast', value: '1', rule: '≥ 2' }],
  [{ fast: 101 }, { name: 'fast', value: '101', rule: '≤ 100' }],
  [{ fast: 2.5 }, { name: 'fast', value: '2.5', rule: 'a whole number' }],
  [{ fast: 'ten' }, { name: 'fast', value: 'ten', rule: 'a number' }],
  [{ side: 'both' }, { name: 'side', value: 'both', rule: 'long | short' }],
])('%j is refused with the rule that it breaks', (given, data) => {
  expect(() => checkParams([fast, side], given)).toThrow(
    expect.objectContaining({ code: 'param.invalid', data }) as unknown as Error,
  )
})

test('a misspelt parameter is refused with the known ones', () => {
  expect(() => checkParams([fast, side], { fsat: 3 })).toThrow(
    expect.objectContaining({ code: 'param.unknown', data: { name: 'fsat', known: 'fast, side' } }) as unknown as Error,
  )
})
