import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sourceSignature } from '../../scripts/build.mjs'

let root = ''
const file = (name: string) => path.join(root, name)
const signature = () => sourceSignature(root, ['core', 'package.json'])

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'tickwright-build-'))
  mkdirSync(file('core/lib'), { recursive: true })
  writeFileSync(file('core/lib/a.ts'), 'export {}')
  writeFileSync(file('package.json'), '{}')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('untouched sources need no second build', () => expect(signature()).toBe(signature()))

test.each<[string, () => void]>([
  ['adding a file', () => writeFileSync(file('core/b.ts'), '')],
  ['removing a file', () => rmSync(file('core/lib/a.ts'))],
  ['renaming a file', () => renameSync(file('core/lib/a.ts'), file('core/lib/b.ts'))],
  ['changing a file', () => writeFileSync(file('core/lib/a.ts'), 'export const a = 1')],
  ['bringing back an older file', () => utimesSync(file('core/lib/a.ts'), 1, 1)],
])('%s needs a new build', (_name, change) => {
  const before = signature()
  change()
  expect(signature()).not.toBe(before)
})

test('a file that is not a source does not', () => {
  const before = signature()
  writeFileSync(file('README.md'), 'text')
  expect(signature()).toBe(before)
})
