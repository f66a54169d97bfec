import { describe, expect, it } from 'vitest'
import { drawnEntries, firstMatches } from '../../../renderer/ui/first-matches.ts'

const many = Array.from({ length: 5_000 }, (_, index) => `STOCK-${index}`)

describe('a long list of choices', () => {
  it('draws a bounded number of entries, and finds any by typing', () => {
    expect(firstMatches(many, '', String)).toHaveLength(drawnEntries)
    expect(firstMatches(many, 'stock 4999', String)).toEqual(['STOCK-4999'])
  })

  it('leaves a short list to the list itself', () => {
    expect(firstMatches(['a', 'b'], 'zzz', String)).toEqual(['a', 'b'])
  })
})
