import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  assignRole,
  isDoubtful,
  plainRecipe,
  recipeFaults,
  roleOf,
  roles,
} from '../../../renderer/features/data/recipe.ts'

const { columns } = plainRecipe

describe('the columns of a file', () => {
  it('gives a column a role', () => {
    expect(assignRole(columns, 5, 'volume')).toEqual({ ...columns, volume: 5 })
    expect(assignRole(columns, 1, null)).toEqual({ ...columns, open: null })
  })

  it('swaps two columns, so that neither role is lost', () => {
    expect(assignRole(columns, 4, 'open')).toEqual({ ...columns, open: 4, close: 1 })
    expect(assignRole(columns, 0, 'close')).toEqual({ ...columns, close: 0, date: 4 })
  })

  it('never leaves date or close without a column', () => {
    expect(assignRole(columns, 0, null)).toBe(columns)
    expect(assignRole(columns, 4, 'volume')).toBe(columns)
  })

  it('keeps date and close, and one role for each column, whatever is chosen', () => {
    const change = fc.tuple(fc.nat(7), fc.constantFrom(null, ...roles))
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const end = changes.reduce((now, [index, role]) => assignRole(now, index, role), columns)
        const used = roles.map((role) => end[role]).filter((index) => index !== null)
        expect(new Set(used).size).toBe(used.length)
        expect(roleOf(end, end.date)).toBe('date')
        expect(roleOf(end, end.close)).toBe('close')
      }),
    )
  })
})

describe('a recipe', () => {
  it('says which fields cannot be used', () => {
    expect(recipeFaults(plainRecipe)).toEqual([])
    expect(
      recipeFaults({ ...plainRecipe, headerRows: -1, priceDivisor: Number.NaN, interval: 'day', dateFormat: ' ' }),
    ).toEqual(['headerRows', 'priceDivisor', 'interval', 'dateFormat'])
  })

  it('marks a field that was guessed, also when only a part of it was', () => {
    expect(isDoubtful(['columns.time', 'zone'], 'columns')).toBe(true)
    expect(isDoubtful(['columns.time'], 'zone')).toBe(false)
  })
})
