import { describe, expect, it } from 'vitest'
import { paramGroups, readParam, readParams } from '../../../renderer/state/param-check.ts'
import type { ParamSpec } from '../../../renderer/state/run-types.ts'

function spec(patch: Partial<ParamSpec>): ParamSpec {
  return {
    name: 'fast',
    kind: 'int',
    default: 10,
    min: 2,
    max: 100,
    step: 1,
    choices: [],
    group: '',
    help: '',
    ...patch,
  }
}

describe('a parameter of a strategy', () => {
  it('takes a value within its limits, limits included', () => {
    expect(readParam(spec({}), 2)).toEqual({ ok: true, value: 2 })
    expect(readParam(spec({}), ' 100 ')).toEqual({ ok: true, value: 100 })
  })

  it('says which limit a value breaks', () => {
    expect(readParam(spec({}), 1)).toEqual({
      ok: false,
      problem: { key: 'param.tooSmall', data: { value: 1, limit: 2 } },
    })
    expect(readParam(spec({}), 101)).toEqual({
      ok: false,
      problem: { key: 'param.tooLarge', data: { value: 101, limit: 100 } },
    })
  })

  it('refuses fractions where whole numbers are declared, and text where numbers are', () => {
    expect(readParam(spec({}), 2.5)).toMatchObject({ ok: false, problem: { key: 'param.notWhole' } })
    expect(readParam(spec({ kind: 'float' }), 2.5)).toEqual({ ok: true, value: 2.5 })
    expect(readParam(spec({}), Number.NaN)).toMatchObject({ ok: false, problem: { key: 'param.notNumber' } })
    expect(readParam(spec({}), '')).toMatchObject({ ok: false, problem: { key: 'param.notNumber' } })
  })

  it('refuses a choice that the code no longer offers', () => {
    const choice = spec({ kind: 'choice', default: 'close', choices: ['close', 'open'] })
    expect(readParam(choice, 'open')).toEqual({ ok: true, value: 'open' })
    expect(readParam(choice, 'high')).toMatchObject({ ok: false, problem: { key: 'param.notChoice' } })
  })

  it('fills in defaults and drops names that the code no longer declares', () => {
    const specs = [spec({}), spec({ name: 'slow', default: 30 })]
    expect(readParams(specs, { fast: 5, gone: 1 })).toEqual({ values: { fast: 5, slow: 30 }, problems: {} })
  })

  it('stands in its group, ungrouped ones first', () => {
    const groups = paramGroups([
      spec({ name: 'a', group: 'Exit' }),
      spec({ name: 'b' }),
      spec({ name: 'c', group: 'Exit' }),
    ])
    expect(groups.map((group) => [group.name, group.specs.map((one) => one.name)])).toEqual([
      ['', ['b']],
      ['Exit', ['a', 'c']],
    ])
  })
})
