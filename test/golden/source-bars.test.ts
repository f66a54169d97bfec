import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeRealData } from './describe-real-data.ts'
import { readReference, syntheticFolder } from './reference-files.ts'
import { readBars, sourceBars } from './source-bars.ts'

describe('the bars that a reference file only names', () => {
  const asking = join(syntheticFolder, 'resample/resample.json.gz')

  it('come from another file of the same collection', () => {
    const bars = sourceBars(asking, '2005-2006-day-001')
    expect(bars).toHaveLength(512)
    expect(bars?.[0]?.[0]).toBe('2005-01-03T23:59:59.999989')
  })

  it('come from a file that holds a part, if that part is all that is asked for', () => {
    const part = { from: '2006-01-02T00:00:00', to: '2006-01-04T00:00:00' }
    expect(sourceBars(asking, '2006-min-005', part)?.length).toBeGreaterThan(200)
    expect(sourceBars(asking, '2006-min-005')).toBeUndefined()
  })

  it('are unknown when nobody holds them', () => {
    expect(sourceBars(asking, 'no-such-series')).toBeUndefined()
  })
})

describe('a bar file', () => {
  it('has one row a day, stamped at the end of the day', () => {
    const rows = readBars('Date,Open,High,Low,Close,Volume,OpenInterest\n2006-01-02,1,3,0.5,2,10,20\n')
    expect(rows).toEqual([['2006-01-02T23:59:59.999989', 1, 3, 0.5, 2, 10, 20]])
  })

  it('has the time beside the date, named in its header or not', () => {
    const rows = readBars('Date,Open,High,Low,Close,Volume,OpenInterest\n2006-01-02,09:01:00,1,3,0.5,2,10,20\n')
    expect(rows).toEqual([['2006-01-02T09:01:00', 1, 3, 0.5, 2, 10, 20]])
  })

  it('of Yahoo is adjusted, and rounded with ties to the even cent', () => {
    const rows = readBars('Date,Open,High,Low,Close,Adj Close,Volume\n1996-04-12,1.125,1.375,1.13,2.5,2.5,10\n')
    expect(rows).toEqual([['1996-04-12T23:59:59.999989', 1.12, 1.38, 1.13, 2.5, 10, 0]])
  })
})

describeRealData('the market folder', (folder) => {
  it('gives what upstream read of Yahoo’s file', () => {
    const { input } = readReference(join(folder, 'indicators/orcl-2003-2005.json')) as { input: unknown[] }
    const elsewhere = join(folder, '../futures/any/file.json')
    expect(sourceBars(elsewhere, 'orcl-2003-2005')).toEqual(input)
  })

  it('gives the five-minute bars', () => {
    expect(sourceBars(join(folder, 'analyzers/any.json'), '2006-min-005')).toHaveLength(2142)
  })
})
