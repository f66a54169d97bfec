import { expect, it } from 'vitest'
import { modules } from '../../../core/engine/kernel.ts'
import { apiDeclarations, readApiFile } from '../../../scripts/api-declarations.mjs'

it('the declarations that users see are those of the API itself', () => {
  // After a change of the API: node scripts/make-api.mjs
  expect(readApiFile()).toBe(apiDeclarations())
}, 60_000)

it('declare exactly the values that a strategy can import', () => {
  const declared = [...readApiFile().matchAll(/^export declare (?:abstract )?(?:class|const|function) (\w+)/gm)].map(
    ([, name]) => name,
  )
  // An instrument is made by the engine only; its class is declared for its type
  expect(declared.filter((name) => name !== 'InstrumentApi').sort()).toEqual(Object.keys(modules.tickwright).sort())
})

it('explain every member of what a strategy holds in its hands', () => {
  const text = readApiFile()
  const names = [
    'class Strategy',
    'class InstrumentApi',
    'class Order',
    'interface ParamSpec',
    'interface NumberParamOptions',
  ]
  for (const name of [...names, 'interface Bar ', 'interface Tick', 'interface Quote', 'interface OrderBook']) {
    const body = text.slice(text.indexOf(name)).split('\n}')[0] ?? ''
    const lines = body.split('\n').slice(1)
    const bare = lines.filter((line, k) => /^ {4}[a-z]/.test(line) && !(k > 0 && lines[k - 1]?.includes('*/')))
    expect(bare, name).toEqual([])
  }
})
