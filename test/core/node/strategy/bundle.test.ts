import { describe, expect, test } from 'vitest'
import { bundleStrategy } from '../../../../core/node/strategy/bundle.ts'

const from = (modules: Record<string, string>) => async (name: string) => modules[name]

const entry = `import { Strategy } from 'tickwright'
import { limit } from './rules.ts'
export default class Bounce extends Strategy { static size: number = limit }`

describe('bundling a strategy', () => {
  test('keeps every module that it read, strips types, and requires nothing but tickwright', async () => {
    const modules = { 'bounce.ts': entry, 'rules.ts': 'export const limit: number = 3' }
    const bundle = await bundleStrategy('bounce.ts', from(modules))
    expect(bundle.sources).toEqual(modules)
    expect(bundle.code.match(/require\("[^"]+"\)/g)).toEqual(['require("tickwright")'])
    expect(bundle.code).not.toContain(': number')
  })

  test('the code hash follows the text of every module and nothing else', async () => {
    const hash = async (rules: string) =>
      (await bundleStrategy('bounce.ts', from({ 'bounce.ts': entry, 'rules.ts': rules }))).codeHash
    const first = await hash('export const limit = 3')
    expect(await hash('export const limit = 3')).toBe(first)
    expect(await hash('export const limit = 4')).not.toBe(first)
  })

  test('a text that does not parse names file, line and column', async () => {
    const broken = `import { Strategy } from 'tickwright'\nexport default class A extends Strategy {\n  onBar( {\n}`
    await expect(bundleStrategy('a.ts', from({ 'a.ts': broken }))).rejects.toMatchObject({
      code: 'strategy.syntax',
      data: { file: 'a.ts', line: 4 },
    })
  })

  test.each(['node:fs', 'fs', 'lodash', 'https://example.com/x.js', '../outside.ts', './missing.ts'])(
    'importing %s is refused with its place',
    async (module) => {
      const text = `import x from '${module}'\nexport default x`
      await expect(bundleStrategy('a.ts', from({ 'a.ts': text }))).rejects.toMatchObject({
        code: 'strategy.import',
        data: { file: 'a.ts', line: 1, module },
      })
    },
  )

  test('a file of the same name in the working folder changes nothing', async () => {
    const text = `export default class A {}`
    expect(Object.keys((await bundleStrategy('package.json', from({ 'package.json': text }))).sources)).toEqual([
      'package.json',
    ])
  })

  test('a strategy that is not there is unknown, not a crash', async () => {
    await expect(bundleStrategy('a.ts', from({}))).rejects.toMatchObject({ code: 'strategy.unknown' })
  })
})
