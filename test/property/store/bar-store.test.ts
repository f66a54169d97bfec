import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type BarColumnName, type BarSeries, barColumnNames, createBarSeries } from '../../../core/domain/bar-series.ts'
import { sha256 } from '../../../core/node/store/packed-columns.ts'
import type { SqliteStores } from '../../../core/node/store/sqlite-stores.ts'
import { seriesHash } from '../../../core/stores/bar-blocks.ts'
import { createMemoryStores } from '../../../core/stores/memory-stores.ts'
import { columnsOf, temporaryFolder } from '../../core/stores/builders.ts'
import { openHere } from '../../integration/store/store-fixtures.ts'

let folder: ReturnType<typeof temporaryFolder>
let stores: SqliteStores
beforeEach(() => {
  folder = temporaryFolder()
  stores = openHere(folder.path)
})
afterEach(() => {
  stores.close()
  folder.remove()
})

type Bar = Record<BarColumnName, number>

/** A segment of minute bars that may start anywhere in three blocks and leave holes. */
const segment = fc
  .record({
    start: fc.integer({ min: 0, max: 9_000 }),
    length: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 5_000 })),
    step: fc.integer({ min: 1, max: 3 }),
    price: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.double()),
  })
  .map(({ start, length, step, price }): Bar[] =>
    Array.from({ length }, (_, index) => {
      const time = (start + index * step) * 60_000
      const [open, high, low] = [price, price + 1, price - 1]
      return {
        time,
        closeTime: time + 60_000,
        open,
        high,
        low,
        close: price,
        volume: index % 5,
        openInterest: Number.NaN,
      }
    }),
  )

function seriesOf(bars: readonly Bar[]): BarSeries {
  const series = createBarSeries(bars.length)
  for (const name of barColumnNames) for (const [index, bar] of bars.entries()) series[name][index] = bar[name]
  return series
}

const sameBar = (a: Bar, b: Bar) => barColumnNames.every((name) => Object.is(a[name], b[name]))

/** The same merge with the plainest means: a map from open time to bar. */
function writeToModel(model: Map<number, Bar>, bars: readonly Bar[]) {
  const counts = { added: 0, changed: 0, unchanged: 0 }
  for (const bar of bars) {
    const before = model.get(bar.time)
    if (before === undefined) counts.added++
    else if (sameBar(before, bar)) counts.unchanged++
    else counts.changed++
    model.set(bar.time, bar)
  }
  return counts
}

test('overlapping segments in any order merge like a map from open time to bar', async () => {
  let name = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(segment, { minLength: 1, maxLength: 6 }),
      fc.integer(),
      fc.integer(),
      async (segments, a, b) => {
        const instrument = `I${name++}`
        const model = new Map<number, Bar>()
        for (const bars of segments) {
          const result = await stores.bars.upsert(instrument, '1m', seriesOf(bars), 'model')
          expect(result).toMatchObject(writeToModel(model, bars))
          const sorted = seriesOf([...model.values()].sort((left, right) => left.time - right.time))
          expect(result.hash).toBe(seriesHash(sorted, sha256))
        }
        const sorted = [...model.values()].sort((left, right) => left.time - right.time)
        expect(columnsOf(await stores.bars.read(instrument, '1m', null, null))).toEqual(columnsOf(seriesOf(sorted)))
        const [from, to] = [(Math.abs(a) % 10_000) * 60_000, (Math.abs(b) % 10_000) * 60_000]
        const inside = seriesOf(sorted.filter((bar) => bar.time >= from && bar.time < to))
        expect(columnsOf(await stores.bars.read(instrument, '1m', from, to))).toEqual(columnsOf(inside))
      },
    ),
    { numRuns: 40 },
  )
})

test('memory and SQLite answer every write alike, and a repeated write changes nothing', async () => {
  const memory = createMemoryStores({ clock: { now: () => 1 }, sha256 })
  let name = 0
  await fc.assert(
    fc.asyncProperty(fc.array(segment, { minLength: 1, maxLength: 4 }), async (segments) => {
      const instrument = `J${name++}`
      for (const bars of segments) {
        const result = await stores.bars.upsert(instrument, '1m', seriesOf(bars), 'x')
        expect(await memory.bars.upsert(instrument, '1m', seriesOf(bars), 'x')).toEqual(result)
        const again = await stores.bars.upsert(instrument, '1m', seriesOf(bars), 'y')
        expect(again).toEqual({ added: 0, changed: 0, unchanged: bars.length, hash: result.hash })
      }
    }),
    { numRuns: 25 },
  )
})
