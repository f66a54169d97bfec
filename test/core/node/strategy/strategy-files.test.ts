import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createStrategyFiles, installTemplates } from '../../../../core/node/strategy/strategy-files.ts'
import { temporaryHome } from '../../../helpers/a-service.ts'

let home: ReturnType<typeof temporaryHome>
let folder: string
let templates: string
beforeEach(() => {
  home = temporaryHome()
  folder = join(home.path, 'strategies')
  templates = join(home.path, 'templates')
  mkdirSync(templates)
  writeFileSync(join(templates, 'cross.ts'), '// Moving averages | 均线\nexport default 1\n')
})
afterEach(() => home.remove())

const files = () => createStrategyFiles(folder, templates)

test('the first start puts the templates there; a later one leaves the folder as the user keeps it', async () => {
  await installTemplates(files())
  expect(readdirSync(folder)).toEqual(['cross.ts'])
  await files().rename('cross.ts', 'mine.ts')
  await installTemplates(files())
  expect(readdirSync(folder)).toEqual(['mine.ts'])
})

test('titles come from the first line, in both languages for templates, else from the file name', async () => {
  expect(await files().templates()).toMatchObject([{ id: 'cross', title: { en: 'Moving averages', zh: '均线' } }])
  await files().write('a.ts', '// Buys on Mondays\n')
  await files().write('b.ts', 'export default 1\n')
  expect((await files().list()).map(({ title }) => title)).toEqual(['Buys on Mondays', 'b'])
})

test('a text is written whole or not at all, and nothing is left behind', async () => {
  await files().write('a.ts', 'old')
  await files().write('a.ts', 'new')
  expect(readFileSync(join(folder, 'a.ts'), 'utf8')).toBe('new')
  expect(readdirSync(folder)).toEqual(['a.ts'])
  mkdirSync(join(folder, 'taken.ts'))
  await expect(files().write('taken.ts', 'x')).rejects.toThrow()
  expect(readdirSync(folder).sort()).toEqual(['a.ts', 'taken.ts'])
})

test('nothing is overwritten by a new name', async () => {
  await files().create('a.ts', 'a')
  await files().create('b.ts', 'b')
  await expect(files().create('a.ts', 'c')).rejects.toMatchObject({ code: 'strategy.exists', data: { name: 'a.ts' } })
  await expect(files().rename('a.ts', 'b.ts')).rejects.toMatchObject({
    code: 'strategy.exists',
    data: { name: 'b.ts' },
  })
  await expect(files().rename('c.ts', 'd.ts')).rejects.toMatchObject({ code: 'strategy.unknown' })
  await expect(files().delete('c.ts')).rejects.toMatchObject({ code: 'strategy.unknown' })
  await expect(files().read('c.ts')).rejects.toMatchObject({ code: 'strategy.unknown' })
  await expect(files().originOf(join(home.path, 'gone.ts'))).rejects.toMatchObject({ code: 'strategy.unknown' })
  expect((await files().read('a.ts')).code).toBe('a')
})
