import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mayKeepState } from '../../../../core/node/strategy/module-state.ts'
import { crossText } from '../../../helpers/strategies.ts'
import { resources } from '../../../helpers/test-build.ts'

const keeps = (text: string) => mayKeepState({ 'a.ts': text })
const strategy = (body: string, top = '') => `import { Strategy, param } from 'tickwright'
${top}
export default class Mine extends Strategy {
${body}
}`

test('ordinary strategies keep nothing: parameters, fixed values, functions, fields of the instance', () => {
  expect(keeps(crossText)).toBe(false)
  for (const name of ['sma-cross.ts', 'breakout-bracket.ts', 'rsi-reversion.ts']) {
    expect([name, keeps(readFileSync(join(resources, 'strategies', name), 'utf8'))]).toEqual([name, false])
  }
  const body = `  static title = 'Mine'
  static params = { fast: param.int(10) }
  seen = 0
  levels: number[] = []
  onBar(i) { this.seen += 1; this.levels.push(i.last); let sum = 0; for (let k = 0; k < 3; k++) sum += k; const part = { a: 1 }; part.a = 2 }`
  expect(
    keeps(strategy(body, 'const half = -(1 / 2)\nconst twice = (x: number) => 2 * x\ntype Pair = [number, number]')),
  ).toBe(false)
})

test.each([
  ['a variable of the module', strategy('  onBar() { count++ }', 'let count = 0')],
  ['an object of the module', strategy('  onBar() { seen.push(1) }', 'const seen: number[] = []')],
  ['a map of the module', strategy('', 'const seen = new Map()')],
  ['a closure with a variable', strategy('', 'const next = (() => { let n = 0; return () => n++ })()')],
  ['a pattern that remembers where it was', strategy('', 'const word = /a/g')],
  ['a static field', strategy('  static count: number[] = []')],
  ['the class under another name', strategy('  onBar() { const self = Mine as any; self.count = 1 }')],
  ['a static block', strategy('  static { this.x = 1 }')],
  ['a field of the class, written', strategy('  onBar() { Mine.count = 1 }')],
  ['the class by its instance', strategy('  onBar() { (this.constructor as any).count = 1 }')],
  ['a global', strategy('  onBar() { globalThis.count = 1 }')],
  ['a name of nobody', strategy('  onBar() { count = 1 }')],
  ['a built-in object', strategy('  onBar() { Math.half = 0.5 }')],
  ['a prototype', strategy('  onBar() { Array.prototype.last = 1 }')],
  ['Object.assign', strategy('  onBar() { Object.assign(Mine, { count: 1 }) }')],
  ['parts of something unknown', strategy('  onBar() { [count] = [1] }')],
  ['a statement that does something', strategy('', 'start()')],
])('%s may be kept from one run to the next', (_, text) => {
  expect(keeps(text)).toBe(true)
})

test('one module that keeps something is enough', () => {
  expect(mayKeepState({ 'a.ts': crossText, 'b.ts': 'export let count = 0' })).toBe(true)
})
