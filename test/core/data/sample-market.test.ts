import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkBars } from '../../../core/data/integrity.ts'
import { sampleInstruments } from '../../../core/node/sample/sample-instruments.ts'

const csv = readFileSync(join(import.meta.dirname, '../../../node_modules/vega-datasets/data/sp500-2000.csv'), 'utf8')
const never = { gapMs: Number.POSITIVE_INFINITY }

test('simulated instruments are called SIM, are marked as simulated, and nothing else is', () => {
  const records = sampleInstruments(csv).map(({ record }) => record)
  expect(records.length).toBeGreaterThanOrEqual(5)
  for (const { id, name, simulated } of records) {
    expect([id.startsWith('SIM-'), name.startsWith('SIM ')]).toEqual([simulated, simulated])
  }
})

test('every sample series is sound, and the same each time', () => {
  const [one, two] = [sampleInstruments(csv), sampleInstruments(csv)]
  for (const [index, { bars }] of one.entries()) {
    expect(checkBars(bars, never)).toEqual([])
    expect(bars).toEqual(two[index]?.bars)
  }
})

test('the S&P 500 sample is the file: 5105 days from 3 January 2000 to 17 April 2020', () => {
  const spx = sampleInstruments(csv).find(({ record }) => record.id === 'SPX')
  expect(spx).toMatchObject({ interval: '1d', bars: { length: 5_105 } })
  expect(new Date(spx?.bars.time[0] ?? 0).toISOString()).toBe('2000-01-03T05:00:00.000Z')
  expect([spx?.bars.close[0], spx?.bars.close[5_104]]).toEqual([1455.219971, 2874.560059])
})
