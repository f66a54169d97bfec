import { describe, expect, it } from 'vitest'
import { availableIntervals, preferredInterval, seriesOf } from '../../../renderer/state/intervals.ts'
import { series } from '../../helpers/catalogue.ts'

const coverage = [series('AAA', '1d'), series('AAA', '5m'), series('BBB', '1h')]

describe('intervals of an instrument', () => {
  it('lists its stored series finest first', () => {
    expect(seriesOf(coverage, 'AAA').map(({ interval }) => interval)).toEqual(['5m', '1d'])
  })

  it('offers what is stored and everything coarser, never anything finer', () => {
    expect(availableIntervals(coverage, 'AAA')).toEqual(['5m', '15m', '30m', '1h', '4h', '1d', '1w', '1M'])
    expect(availableIntervals(coverage, 'none')).toEqual([])
  })

  it('keeps an odd stored interval among the common ones', () => {
    expect(availableIntervals([series('C', '3h')], 'C')).toEqual(['3h', '4h', '1d', '1w', '1M'])
  })

  it('keeps the shown interval when the next instrument can show it, else takes its finest', () => {
    expect(preferredInterval(coverage, 'AAA', '1h')).toBe('1h')
    expect(preferredInterval(coverage, 'BBB', '1m')).toBe('1h')
    expect(preferredInterval(coverage, 'none', '1m')).toBe('1m')
    expect(preferredInterval(coverage, 'BBB', '2.5renko')).toBe('2.5renko')
  })
})
