import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { createTypeChecker } from '../../../../core/node/strategy/type-check.ts'

const api = `export declare abstract class Strategy { readonly now: number; log(text: string): void }`
const checker = createTypeChecker(api, dirname(createRequire(import.meta.url).resolve('typescript6')))
const check = (text: string, more: Record<string, string> = {}) =>
  checker.check({ entry: 'a.ts', sources: { 'a.ts': text, ...more } })

test('a strategy that fits the API has no problems, with and without modules beside it', () => {
  const text = `import { Strategy } from 'tickwright'\nimport { word } from './words.ts'\nexport default class A extends Strategy { onStart() { this.log(word) } }`
  expect(check(text, { 'words.ts': `export const word: string = 'ready'` })).toEqual([])
})

test('a type error names file, line and column in the text of the user', () => {
  const text = `import { Strategy } from 'tickwright'\nexport default class A extends Strategy {\n  onStart() { this.log(12) }\n}`
  expect(check(text)).toEqual([expect.objectContaining({ file: 'a.ts', line: 3, column: 24, severity: 'error' })])
})

test('correcting the text makes the problem go away', () => {
  expect(check(`const n: number = 'one'\nexport default n`)).toHaveLength(1)
  expect(check(`const n: number = 1\nexport default n`)).toEqual([])
})

test('neither the DOM nor Node exists for a strategy', () => {
  expect(check(`export default window.location`)).toHaveLength(1)
  expect(check(`export default process.env`)).toHaveLength(1)
})
