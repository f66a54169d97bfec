import { expect, test } from 'vitest'
import { errorSentence } from '../../../core/domain/error-sentence.ts'

const messages: Readonly<Record<string, string>> = {
  'order.invalid': '{{file}}, line {{line}}: {{reason}}',
  'order.invalid.quantity': '{{file}}, line {{line}}: the quantity was {{value}}',
  'order.reason.lot': 'not a whole lot',
  'param.invalid': '{{name}} must be {{rule}}',
  'param.rule.a whole number': '整数',
  'strategy.exception': '{{message}}{{when}}',
  place: '{{file}}:{{line}} ',
}
const say = (code: string, data: Parameters<typeof errorSentence>[1]) =>
  errorSentence(code, data, (key) => messages[key])

test('a reason with a sentence of its own is told by that sentence, others by their words or as they are', () => {
  const place = { file: 'a.ts', line: 4 }
  expect(say('order.invalid', { ...place, reason: 'quantity', value: 0 })).toBe('a.ts, line 4: the quantity was 0')
  expect(say('order.invalid', { ...place, reason: 'lot' })).toBe('a.ts, line 4: not a whole lot')
  expect(say('order.invalid', { ...place, reason: 'EACCES' })).toBe('a.ts, line 4: EACCES')
})

test('each part of a rule is said in the language of the sentence', () => {
  expect(say('param.invalid', { name: 'fast', rule: 'a whole number, ≥ 2' })).toBe('fast must be 整数, ≥ 2')
})

test('the bar of an exception is told as a date, with the time of day where it has one', () => {
  const at = (time: number) => say('strategy.exception', { message: 'x', time })
  expect(at(Date.UTC(2020, 1, 5))).toBe('x (2020-02-05)')
  expect(at(Date.UTC(2020, 1, 5, 14, 30))).toBe('x (2020-02-05 14:30 UTC)')
  const zone = 'America/New_York'
  expect(say('strategy.exception', { message: 'x', time: Date.UTC(2020, 1, 5, 5), zone })).toBe('x (2020-02-05)')
  expect(say('strategy.exception', { message: 'x', time: Date.UTC(2020, 1, 5, 15), zone })).toBe(
    'x (2020-02-05 10:00 America/New_York)',
  )
  expect(say('strategy.exception', { message: 'x' })).toBe('x')
})

test('a place in the file is put before a sentence that does not name it', () => {
  expect(say('param.invalid', { name: 'period', rule: '> 0', file: 'a.ts', line: 7 })).toBe('a.ts:7 period must be > 0')
  expect(say('param.invalid', { name: 'period', rule: '> 0', file: 'a.ts', line: 0 })).toBe('period must be > 0')
})

test('what is not known is –, and a code without a sentence is shown as it is', () => {
  expect(say('param.invalid', {})).toBe('– must be –')
  expect(say('order.strange', {})).toBe('order.strange')
})
