import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BarSeries, createBarSeries, sliceBars } from '../../../core/domain/bar-series.ts'
import { lowerBound } from '../../../core/lib/columns.ts'
import { seriesHash } from '../../../core/stores/bar-blocks.ts'
import { createMemoryStores } from '../../../core/stores/memory-stores.ts'
import { createRevisedBarStore } from '../../../core/stores/revised-bar-store.ts'
import { undoRevision } from '../../../core/stores/undo-revision.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const minute = 60_000

/** Minutes with a close each. */
function barsAt(rows: readonly (readonly [minute: number, close: number])[]): BarSeries {
  const bars = createBarSeries(rows.length)
  for (const [row, [at, close]] of rows.entries()) {
    const values = [at * minute, (at + 1) * minute, close, close, close, close, 1, Number.NaN]
    for (const [index, name] of (
      ['time', 'closeTime', 'open', 'high', 'low', 'close', 'volume', 'openInterest'] as const
    ).entries())
      bars[name][row] = values[index] as number
  }
  return bars
}

function opened() {
  const clock = { now: () => 1_000 }
  const stores = createMemoryStores({ clock, sha256 })
  return { stores, bars: createRevisedBarStore(stores.bars, stores.revisions, clock) }
}

describe('what a write takes from stored bars', () => {
  test('appending, repeating and earlier bars are no revisions', async () => {
    const { stores, bars } = opened()
    await bars.upsert(
      'A',
      '1m',
      barsAt([
        [5, 1],
        [6, 2],
      ]),
      'a',
    )
    await bars.upsert(
      'A',
      '1m',
      barsAt([
        [6, 2],
        [7, 3],
      ]),
      'b',
    )
    await bars.upsert('A', '1m', barsAt([[1, 9]]), 'c')
    expect(await stores.revisions.list('A', '1m', null, 10)).toEqual([])
  })

  test('other prices and bars between others are kept, with who wrote and when', async () => {
    const { stores, bars } = opened()
    await bars.upsert(
      'A',
      '1m',
      barsAt([
        [1, 1],
        [3, 3],
        [4, 4],
      ]),
      'a',
    )
    await bars.upsert(
      'A',
      '1m',
      barsAt([
        [2, 2],
        [3, 33],
        [4, 4],
        [5, 5],
      ]),
      'vendor.csv',
    )
    const [kept, ...others] = await stores.revisions.list('A', '1m', null, 10)
    expect(others).toEqual([])
    expect(kept).toMatchObject({ instrument: 'A', interval: '1m', at: 1_000, source: 'vendor.csv' })
    expect([[...(kept?.before.time ?? [])], [...(kept?.before.close ?? [])], [...(kept?.added ?? [])]]).toEqual([
      [3 * minute],
      [3],
      [2 * minute],
    ])
  })

  test('deleting an instrument deletes its history; deleting an interval keeps it', async () => {
    const { stores, bars } = opened()
    await bars.upsert('A', '1m', barsAt([[1, 1]]), 'a')
    await bars.delete('A', '1m')
    expect((await stores.revisions.list('A', '1m', null, 10))[0]?.before.length).toBe(1)
    await bars.upsert('A', '1m', barsAt([[1, 2]]), 'a')
    await bars.delete('A', null)
    expect(await stores.revisions.list('A', '1m', null, 10)).toEqual([])
  })

  test('after any writes, the bars of any earlier moment can be had back within what they reached', async () => {
    const write = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 4 })), {
      ...{ minLength: 1, maxLength: 8, selector: ([at]) => at },
    })
    await fc.assert(
      fc.asyncProperty(fc.array(write, { minLength: 2, maxLength: 8 }), async (writes) => {
        const { stores, bars } = opened()
        const moments: { readonly seen: BarSeries; readonly revisions: number }[] = []
        for (const rows of writes) {
          await bars.upsert('A', '1m', barsAt([...rows].sort(([a], [b]) => a - b)), 'x')
          const revisions = (await stores.revisions.list('A', '1m', null, 100)).length
          moments.push({ seen: await bars.read('A', '1m', null, null), revisions })
        }
        const now = await bars.read('A', '1m', null, null)
        const all = await stores.revisions.list('A', '1m', null, 100)
        for (const { seen, revisions } of moments) {
          let then = now
          for (const revision of all.slice(0, all.length - revisions)) then = undoRevision(then, revision)
          const [first, last] = [seen.time[0] as number, seen.time.at(-1) as number]
          const part = sliceBars(then, lowerBound(then.time, first), lowerBound(then.time, last + 1))
          expect(seriesHash(part, sha256)).toBe(seriesHash(seen, sha256))
        }
      }),
      { numRuns: 200 },
    )
  })
})
