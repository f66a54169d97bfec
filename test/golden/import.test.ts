import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importFile, inspectFile } from '../../core/node/import/import-file.ts'
import type { ImportedFile, ImportRecipe } from '../../core/workstation/ports.ts'
import { type GoldenBar, importCases, refusedFiles } from './import-cases.ts'

const shared = process.env.TICKWRIGHT_REFERENCE ?? resolve(import.meta.dirname, '../../../shared/reference')
const market = join(shared, 'market')
const present = existsSync(market)
const control = { onProgress: () => undefined, cancelled: () => false }

function barAt({ series }: ImportedFile, index: number): GoldenBar {
  const at = (column: Float64Array) => column[index] as number
  const { open, high, low, close, volume, time } = series
  const iso = new Date(at(time)).toISOString().replace('.000Z', 'Z')
  return { time: iso, values: [at(open), at(high), at(low), at(close), at(volume)] }
}

async function importAsItIs(file: string, changes: Partial<ImportRecipe> = {}) {
  const path = join(market, file)
  const { recipe, doubts } = await inspectFile(path, null)
  return { recipe, doubts, imported: await importFile(path, { ...recipe, ...changes }, control) }
}

// Only where the folder is missing is there anything to say: demanded, it fails; otherwise it says what did not run.
if (!present) {
  test('the real market files are there', (context) => {
    if (process.env.TICKWRIGHT_REQUIRE_REFERENCE === '1') expect.fail(`no market folder in ${shared}`)
    context.skip(`no market folder in ${shared}: the imports of real files did not run`)
  })
}

describe.skipIf(!present)('real files import without hand work', () => {
  test.each(importCases)('$file', async (wanted) => {
    const { recipe, imported } = await importAsItIs(wanted.file)
    expect(imported.rows).toBe(wanted.rows)
    expect(imported.series.length).toBe(wanted.bars)
    expect(imported.badRowCount).toBe(wanted.withoutPrice ?? 0)
    expect(recipe).toMatchObject({ interval: wanted.interval, stamp: wanted.stamp })
    expect(recipe.pick?.value).toBe(wanted.pick)
    expect(barAt(imported, 0)).toEqual(wanted.first)
    expect(barAt(imported, imported.series.length - 1)).toEqual(wanted.last)
  })

  test.each([
    // Prints, minutes with prints, volume: counted by hand with awk.
    ['backtrader/ticksample.csv', 135, 4],
    ['backtrader/bidask.csv', 10, 1],
    ['equity/ibm-tick-trade-20131007.csv', 1533, 10],
    ['forex/nzdusd-fxcm-tick-quote-20140504.csv', 8000, 311],
    ['forex/usdjpy-truefx-ticks.csv', 1000, 34],
    ['future/gc-tick-trade-20131007.csv', 1534, 60],
  ])('the prints of %s become one-minute bars, and the preview says so', async (file, prints, minutes) => {
    const { recipe, doubts, imported } = await importAsItIs(file)
    expect(recipe).toMatchObject({ shape: 'ticks', interval: '1m' })
    expect(doubts).toContain('ticks')
    expect([imported.rows, imported.series.length, imported.badRowCount]).toEqual([prints, minutes, 0])
  })

  test('another contract of a file with several can be picked', async () => {
    const { imported } = await importAsItIs('future/gc-minute-trade.csv', { pick: { column: 1, value: '201310' } })
    expect(barAt(imported, 0)).toEqual({ time: '2013-10-07T01:22:00Z', values: [1313.8, 1313.8, 1313.8, 1313.8, 4] })
  })

  test('a file that states the same minutes twice with other prices is refused, or gives the first of them', async () => {
    const file = 'future/fesx-minute-trade.csv'
    await expect(importAsItIs(file)).rejects.toMatchObject({
      code: 'import.bad-rows',
      data: { row: 1154, reason: 'out-of-order', count: 2528 },
    })
    const { imported } = await importAsItIs(file, { badRows: 'skip' })
    expect([imported.rows, imported.series.length]).toEqual([5056, 2528])
    expect(barAt(imported, 0)).toEqual({
      time: '2024-06-03T02:15:00Z',
      values: [5064.94, 5066.96, 5062.93, 5065.95, 1472],
    })
  })

  test.each(refusedFiles)('%s is refused: %s', async (file, reason) => {
    await expect(importAsItIs(file)).rejects.toMatchObject({ code: 'import.unsupported', data: { reason } })
  })
})
