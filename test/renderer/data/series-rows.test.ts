import { describe, expect, it } from 'vitest'
import { recordFaults } from '../../../renderer/features/data/instrument-record.ts'
import { seriesRows } from '../../../renderer/features/data/series-rows.ts'
import { instrument, series } from '../../helpers/catalogue.ts'

const instruments = [
  instrument('SPX', { name: 'S&P 500' }),
  instrument('SIM-A', { simulated: true }),
  instrument('BARE'),
]
const coverage = [series('SPX', '1d'), series('SIM-A', '1d'), series('SIM-A', '1m')]
const shown = (filter: string) =>
  seriesRows(instruments, coverage, filter).map((row) => `${row.record.id} ${row.series?.interval ?? '–'}`)

describe('the lines of the data panel', () => {
  it('are the stored series by instrument, finest first, and instruments without bars too', () => {
    expect(shown('')).toEqual(['BARE –', 'SIM-A 1m', 'SIM-A 1d', 'SPX 1d'])
  })

  it('match every word of the filter', () => {
    expect(shown('sim 1m')).toEqual(['SIM-A 1m'])
    expect(shown('s&p')).toEqual(['SPX 1d'])
    expect(shown('nothing')).toEqual([])
  })
})

describe('an instrument record', () => {
  it('is refused with an id the store could not keep, or a tick that is not above zero', () => {
    expect(recordFaults(instrument('SPX'))).toEqual([])
    expect(recordFaults(instrument('S P X', { tickSize: 0, lotSize: Number.NaN, currency: '' }))).toEqual([
      'id',
      'currency',
      'tickSize',
      'lotSize',
    ])
  })
})
