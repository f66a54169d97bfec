import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { LAYERS } from '../scripts/layers.mjs'
import {
  cycles,
  forbiddenImports,
  impurity,
  MAX_LINES,
  misnamed,
  rawIpc,
  tooLong,
  uncovered,
} from './architecture/rules.ts'
import { parseSource } from './architecture/source.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const FOLDERS = ['core', 'electron', 'renderer', 'resources', 'test']

function sourcesBelow(folder: string) {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join(folder, file.replaceAll('\\', '/')))
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('/fixtures/'))
    .map((file) => parseSource(file, readFileSync(path.join(ROOT, file), 'utf8')))
}

const existing = readdirSync(ROOT)
const house = FOLDERS.filter((folder) => existing.includes(folder)).flatMap(sourcesBelow)

describe('the house', () => {
  test('has files to check in core and test', () => {
    expect(house.filter(({ file }) => file.startsWith('core/')).length).toBeGreaterThan(10)
    expect(house.some(({ file }) => file === 'test/architecture.test.ts')).toBe(true)
  })

  test('has a layer for every file', () => expect(uncovered(house)).toEqual([]))
  test('imports only what the layers allow', () => expect(forbiddenImports(house)).toEqual([]))
  test('has no import cycle', () => expect(cycles(house)).toEqual([]))
  test('keeps clocks, chance, timers, console and locale out of core', () => expect(impurity(house)).toEqual([]))
  test('keeps raw IPC in its two homes', () => expect(rawIpc(house)).toEqual([]))
  test(`has no file over ${MAX_LINES} lines without a reason`, () => expect(tooLong(house)).toEqual([]))
  test('names files in kebab-case', () => expect(misnamed(house)).toEqual([]))
})

const parse = (file: string, text: string) => [parseSource(file, text)]

describe('the rules', () => {
  test('every layer has its own name, names only layers that exist and says what to do instead', () => {
    const names = LAYERS.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const layer of LAYERS) {
      for (const other of [...layer.may, ...(layer.typesOnly ?? [])]) expect([...names, '*']).toContain(other)
      expect(layer.instead).toMatch(/^\S.{20,}\.$/)
    }
  })

  test.each([
    ['core/lib/a.ts', "import { b } from '../domain/b.ts'"],
    ['core/domain/a.ts', "import type { b } from '../engine/b.ts'"],
    ['core/indicators/a.ts', "import { b } from '../broker/b.ts'"],
    ['core/engine/a.ts', "import { b } from '../node/b.ts'"],
    ['core/engine/a.ts', "import { b } from '../stores/b.ts'"],
    ['core/engine/a.ts', "import fs from 'node:fs'"],
    ['core/engine/a.ts', "export * from '../../renderer/ui/b.tsx'"],
    ['core/engine/a.ts', "type B = import('../node/b.ts').B"],
    ['core/engine/a.ts', "const b = await import('zod')"],
    ['core/engine/a.ts', "const b = require('lodash')"],
    ['core/engine/a.ts', "import b from './b.json'"],
    ['core/engine/a.ts', "import b from '../../scripts/b.ts'"],
    ['core/node/a.ts', "import { app } from 'electron'"],
    ['core/node/a.ts', "import { b } from '../../electron/main/b.ts'"],
    ['electron/preload/a.ts', "import { b } from '../../core/node/b.ts'"],
    ['electron/main/a.ts', "import { b } from '../../renderer/ui/b.ts'"],
    ['renderer/ui/a.tsx', "import { b } from '../state/b.ts'"],
    ['renderer/features/runs/a.tsx', "import { b } from '../report/b.tsx'"],
    ['renderer/features/runs/a.tsx', "import { b } from '../../../core/contract/b.ts'"],
    ['renderer/features/runs/a.tsx', "import { b } from '../../../core/engine/b.ts'"],
    ['renderer/features/runs/a.tsx', "import fs from 'node:fs'"],
    ['renderer/app/a.tsx', "import { b } from '../../test/helpers/b.ts'"],
    ['resources/strategies/a.ts', "import { b } from '../../core/engine/b.ts'"],
  ])('%s may not say %s', (file, text) => {
    const found = forbiddenImports(parse(file, text))
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(`${file}:1 imports`)
  })

  test.each([
    ['core/engine/a.ts', "import { b } from '../broker/b.ts'"],
    ['core/contract/a.ts', "import { z } from 'zod'"],
    ['core/node/a.ts', "import fs from 'node:fs'"],
    ['renderer/features/runs/a.tsx', "import { b } from './b.tsx'"],
    ['renderer/features/runs/a.tsx', "import type { b } from '../../../core/contract/b.ts'"],
    ['renderer/features/runs/a.tsx', "import { type b } from '../../../core/contract/b.ts'"],
    ['renderer/app/a.tsx', "import { b } from '../features/runs/b.tsx'"],
    ['renderer/app/a.tsx', "import './a.css'"],
    ['core/engine/a.ts', "const text = \"import fs from 'node:fs'\" // import fs from 'node:fs'"],
  ])('%s may say %s', (file, text) => expect(forbiddenImports(parse(file, text))).toEqual([]))

  test('a file outside every layer is reported', () => {
    expect(uncovered(parse('core/manager.ts', ''))).toHaveLength(1)
    expect(uncovered(parse('renderer/features/loose.tsx', ''))).toHaveLength(1)
    expect(uncovered(parse('electron/boot.ts', ''))).toEqual([])
  })

  test('a cycle is reported once, as a chain, even through types', () => {
    const files = [
      ...parse('core/lib/a.ts', "import { b } from './b.ts'"),
      ...parse('core/lib/b.ts', "export * from './c.ts'"),
      ...parse('core/lib/c.ts', "import type { a } from './a.ts'"),
      ...parse('core/lib/d.ts', "import { a } from './a.ts'"),
    ]
    const found = cycles(files)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain('core/lib/a.ts → core/lib/b.ts → core/lib/c.ts → core/lib/a.ts')
  })

  test.each([
    'Date.now()',
    'new Date()',
    'new Date(2020, 1, 1)',
    'Date()',
    'Math.random()',
    "console.log('x')",
    'setTimeout(f, 1)',
    'performance.now()',
    'new Date(time).getHours()',
    'a.localeCompare(b)',
    'const clock = Date.now',
  ])('core may not use %s, core/node may', (text) => {
    expect(impurity(parse('core/engine/a.ts', text))).toHaveLength(1)
    expect(impurity(parse('core/node/a.ts', text))).toEqual([])
  })

  test.each(['new Date(time).getUTCHours()', 'Date.UTC(2020, 1)', "'Date.now()' // Math.random()"])(
    'core may use %s',
    (text) => expect(impurity(parse('core/engine/a.ts', text))).toEqual([]),
  )

  test('raw IPC is reported outside its homes', () => {
    const main = "import { app, ipcMain } from 'electron'"
    const preload = "import { ipcRenderer as raw } from 'electron'"
    expect(rawIpc(parse('electron/main/window.ts', main))).toHaveLength(1)
    expect(rawIpc(parse('electron/main/ipc.ts', main))).toEqual([])
    expect(rawIpc(parse('electron/main/ipc.ts', preload))).toHaveLength(1)
    expect(rawIpc(parse('electron/preload/index.ts', preload))).toEqual([])
    expect(rawIpc(parse('electron/main/menu.ts', "import * as electron from 'electron'"))).toHaveLength(1)
  })

  test('a long file needs its reason on the first line', () => {
    const body = 'export {}\n'.repeat(MAX_LINES)
    expect(tooLong(parse('core/lib/a.ts', body))).toEqual([])
    expect(tooLong(parse('core/lib/a.ts', `${body}export {}\n`))).toHaveLength(1)
    expect(tooLong(parse('core/lib/a.ts', `// Long because it is one table of metrics.\n${body}`))).toEqual([])
  })

  test('names are kebab-case, folders included', () => {
    expect(misnamed(parse('core/lib/Brand.ts', ''))).toHaveLength(1)
    expect(misnamed(parse('core/someLib/brand.ts', ''))).toHaveLength(1)
    expect(misnamed(parse('renderer/features/order_ticket/a.tsx', ''))).toHaveLength(1)
    expect(misnamed(parse('test/core/lib/order-state.test.ts', ''))).toEqual([])
  })
})
