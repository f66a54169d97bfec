import type { TFunction } from 'i18next'
import { describe, expect, it } from 'vitest'
import { aboutSeries } from '../../../renderer/features/data/data-columns.tsx'
import { instrument, series } from '../../helpers/catalogue.ts'

const t = ((key: string, values?: Record<string, string>) =>
  values === undefined ? key : `${key} ${values.hash}`) as unknown as TFunction<'data'>

describe('what a line of the data panel says about itself', () => {
  it('is its name, where its bars came from and the hash of their content', () => {
    const stored = { ...series('SPX', '1d'), source: 'spx.csv', hash: 'abc' }
    expect(aboutSeries({ record: instrument('SPX', { name: 'S&P 500' }), series: stored }, t).split('\n')).toEqual([
      'SPX · S&P 500',
      'table.source: spx.csv',
      'table.hash abc',
    ])
  })

  it('is the instrument alone while it has no bars', () => {
    expect(aboutSeries({ record: instrument('BARE', { name: '' }), series: null }, t)).toBe('BARE')
  })
})
