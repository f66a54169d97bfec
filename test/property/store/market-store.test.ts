import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { marketColumnNames, type SeriesKind } from '../../../core/domain/market-columns.ts'
import { sha256 } from '../../../core/node/store/packed-columns.ts'
import type { SqliteStores } from '../../../core/node/store/sqlite-stores.ts'
import { createMemoryStores } from '../../../core/stores/memory-stores.ts'
import { temporaryFolder } from '../../core/stores/builders.ts'
import { marketArrays, marketRows } from '../../core/stores/market-builders.ts'
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

type Row = Record<string, number>

const kindOf = fc.constantFrom<SeriesKind>('tick', 'quote', 'book')

/** Rows around the midnight at 0, one every 10 s or closer: three days, so that blocks, chunks and days all end within. */
const segment = fc.record({
  start: fc.integer({ min: -9_000, max: 9_000 }),
  length: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 9_000 })),
  step: fc.constantFrom(0.25, 1, 3),
  price: fc.oneof(fc.integer({ min: 0, max: 2 }), fc.double()),
  levels: fc.integer({ min: 1, max: 3 }),
})
type Segment = typeof segment extends fc.Arbitrary<infer Value> ? Value : never

const step = fc.oneof(
  { weight: 6, arbitrary: segment.map((rows) => ({ write: rows })) },
  { weight: 1, arbitrary: fc.integer({ min: -9_000, max: 9_000 }).map((at) => ({ before: at * 10_000 })) },
)

function rowsOf(kind: SeriesKind, { start, length, step: each, price, levels }: Segment): Row[] {
  return Array.from({ length }, (_, index) => {
    const message = kind === 'book' ? Math.floor(index / levels) : index
    const time = (start + Math.floor(message * each)) * 10_000
    // With a step below 1 several rows share a time: ids tell them apart; a quote has no id, so it moves on.
    const part = message % 4
    const base = { time: kind === 'quote' ? time + (each < 1 ? part : 0) : time, price, bid: price, ask: price + 1 }
    return { ...base, id: part, part, size: index % 5, side: 1, bidSize: Number.NaN, askSize: 1, snapshot: 0 }
  })
}

const keyOf = (kind: SeriesKind, row: Row) => `${row.time} ${kind === 'tick' ? row.id : kind === 'book' ? row.part : 0}`

/** The same merge with the plainest means: a map from key to the rows of that key. */
class Model {
  readonly kind: SeriesKind
  #groups = new Map<string, Row[]>()

  constructor(kind: SeriesKind) {
    this.kind = kind
  }

  write(rows: readonly Row[]) {
    const counts = { added: 0, changed: 0, unchanged: 0 }
    for (const [key, group] of Map.groupBy(rows, (row) => keyOf(this.kind, row))) {
      const before = this.#groups.get(key)
      counts[before === undefined ? 'added' : this.#isSame(before, group) ? 'unchanged' : 'changed'] += group.length
      this.#groups.set(key, group)
    }
    return counts
  }

  #isSame(a: readonly Row[], b: readonly Row[]): boolean {
    const names = marketColumnNames[this.kind]
    return a.length === b.length && a.every((row, at) => names.every((name) => Object.is(row[name], b[at]?.[name])))
  }

  remove(before: number): number {
    const gone = [...this.#groups].filter(([, rows]) => (rows[0]?.time as number) < before)
    for (const [key] of gone) this.#groups.delete(key)
    return gone.reduce((sum, [, rows]) => sum + rows.length, 0)
  }

  rows(from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY) {
    const order = (row: Row) => (this.kind === 'tick' ? row.id : this.kind === 'book' ? row.part : 0) as number
    const all = [...this.#groups.values()].sort((a, b) => {
      const [left, right] = [a[0] as Row, b[0] as Row]
      return (left.time as number) - (right.time as number) || order(left) - order(right)
    })
    return marketRows(
      this.kind,
      all.flat().filter((row) => (row.time as number) >= from && (row.time as number) < to),
    )
  }
}

test('writes in any order, late and repeated, and removals leave what a map from key to rows would hold', async () => {
  let name = 0
  const bound = fc.integer({ min: -9_000, max: 9_000 }).map((at) => at * 10_000)
  await fc.assert(
    fc.asyncProperty(
      kindOf,
      fc.array(step, { minLength: 1, maxLength: 7 }),
      bound,
      bound,
      async (kind, steps, a, b) => {
        const instrument = `I${name++}`
        const model = new Model(kind)
        for (const one of steps) {
          if ('before' in one) {
            expect(await stores.market.delete(kind, instrument, one.before)).toBe(model.remove(one.before))
          } else {
            const rows = rowsOf(kind, one.write)
            const write = await stores.market.upsert(kind, instrument, marketRows(kind, rows), 'model')
            expect(write).toEqual(model.write(rows))
          }
        }
        const memory = createMemoryStores({ clock: { now: () => 1 }, sha256 })
        await memory.market.upsert(kind, instrument, model.rows(), 'model')
        for (const [from, to] of [
          [null, null],
          [a, b],
          [a, null],
        ] as const) {
          const read = marketArrays(kind, await stores.market.read(kind, instrument, from, to))
          expect(read).toEqual(marketArrays(kind, model.rows(from ?? undefined, to ?? undefined)))
          expect(await stores.market.hash(kind, instrument, from, to)).toBe(
            await memory.market.hash(kind, instrument, from, to),
          )
          expect(await stores.market.days(kind, instrument, from, to)).toEqual(
            await memory.market.days(kind, instrument, from, to),
          )
          const some = await stores.market.read(kind, instrument, from, to, 500)
          expect(marketArrays(kind, some)).toEqual(
            marketArrays(kind, await memory.market.read(kind, instrument, from, to, 500)),
          )
        }
        const shape = ({
          instrument: id,
          rows,
          from,
          to,
        }: {
          instrument: string
          rows: number
          from: number
          to: number
        }) => [id, rows, from, to]
        const mine = (await stores.market.coverage()).filter((one) => one.instrument === instrument)
        expect(mine.map(shape)).toEqual((await memory.market.coverage()).map(shape))
      },
    ),
    { numRuns: 60 },
  )
})

test('a feed in small batches, some of them late, is stored as the same rows at once would be', async () => {
  let name = 0
  await fc.assert(
    fc.asyncProperty(
      kindOf,
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 100, maxLength: 250 }),
      fc.integer({ min: 0, max: 5 }),
      async (kind, sizes, late) => {
        const instrument = `J${name++}`
        const total = sizes.reduce((sum, size) => sum + size, 0)
        const all = rowsOf(kind, { start: -200, length: total, step: 0.25, price: 3, levels: 1 })
        let at = 0
        for (const size of sizes) {
          // A batch begins up to five rows before the end of the last one, as a source that repeats itself does.
          const rows = all.slice(Math.max(0, at - late), at + size)
          const written = await stores.market.upsert(kind, instrument, marketRows(kind, rows), 'feed')
          expect(written.added).toBe(size)
          at += size
        }
        await stores.market.upsert(kind, `${instrument}-once`, marketRows(kind, all), 'once')
        const hash = await stores.market.hash(kind, instrument, null, null)
        expect(hash).toBe(await stores.market.hash(kind, `${instrument}-once`, null, null))
        expect(marketArrays(kind, await stores.market.read(kind, instrument, null, null))).toEqual(
          marketArrays(kind, marketRows(kind, all)),
        )
      },
    ),
    { numRuns: 12 },
  )
})
