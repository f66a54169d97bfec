import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isDomainError } from '../../../core/domain/errors.ts'
import { sliceMarket } from '../../../core/domain/market-columns.ts'
import type { SqliteStores } from '../../../core/node/store/sqlite-stores.ts'
import { temporaryFolder } from '../../core/stores/builders.ts'
import { marketArrays, ticks } from '../../core/stores/market-builders.ts'
import { openHere } from './store-fixtures.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

const path = () => join(folder.path, 'market.db')
const day = 86_400_000
/** A day of three blocks, then a day of two blocks and two chunks. */
const noise = (index: number) => ({ price: Math.sin(index * 12.9898) * 43758.5453 })
const first = ticks(0, 20_000, noise)
const second = ticks(day, 20_000, noise)

async function fill(): Promise<void> {
  const stores = openHere(folder.path)
  for (const name of ['AAA', 'SPX']) {
    await stores.market.upsert('tick', name, first, 'a')
    for (const [from, to] of [
      [0, 18_000],
      [18_000, 19_000],
      [19_000, 20_000],
    ] as const) {
      await stores.market.upsert('tick', name, sliceMarket('tick', second, from, to), 'a')
    }
  }
  stores.close()
}

function edit(sql: string): void {
  const db = new Database(path())
  db.prepare(sql).run()
  db.close()
}

const ofSpx = "series = (SELECT number FROM series WHERE instrument = 'SPX')"

test('a damaged block is named by file, instrument, kind and period; the rest stays readable and can be written on', async () => {
  await fill()
  edit(`UPDATE blocks SET data = zeroblob(length(data)) WHERE day = 0 AND block = 1 AND ${ofSpx}`)
  const stores = openHere(folder.path)
  await expect(stores.market.read('tick', 'SPX', null, null)).rejects.toMatchObject({
    code: 'store.corrupt',
    data: {
      file: path(),
      instrument: 'SPX',
      kind: 'tick',
      from: 4_096,
      to: 8_191,
      next: 'reimport',
      reason: 'SPX tick 1970-01-01T00:00:04.096Z…1970-01-01T00:00:08.191Z',
    },
  })
  expect((await stores.market.read('tick', 'SPX', null, 4_096)).length).toBe(8_192)
  expect((await stores.market.read('tick', 'SPX', 8_192, null)).length).toBe(40_000 - 16_384)
  expect((await stores.market.read('tick', 'AAA', null, null)).length).toBe(40_000)
  await stores.market.upsert('tick', 'SPX', ticks(2 * day, 10), 'a')
  // Retention gets rid of it.
  expect(await stores.market.delete('tick', 'SPX', 9_000)).toBe(18_000)
  expect((await stores.market.read('tick', 'SPX', null, null)).length).toBe(22_010)
  stores.close()
})

const misplacements = {
  'a missing block': `DELETE FROM blocks WHERE day = 0 AND block = 1 AND ${ofSpx}`,
  'blocks that changed places': `UPDATE blocks SET block = 12 - block WHERE day = 0 AND ${ofSpx}`,
  'a block hidden by its time': `UPDATE blocks SET last_time = first_time, first_time = -1 WHERE day = 0 AND block = 1 AND ${ofSpx}`,
  'a missing chunk': `DELETE FROM chunks WHERE chunk = 1 AND ${ofSpx}`,
  'a chunk hidden by its time': `UPDATE chunks SET first_time = last_time + 1e9 WHERE chunk = 0 AND ${ofSpx}`,
  'a missing day': `DELETE FROM days WHERE day = 0 AND ${ofSpx}`,
  'a series that claims to end earlier': "UPDATE series SET last_time = 5 WHERE instrument = 'SPX'",
  'a chunk of other bytes': `UPDATE chunks SET data = zeroblob(length(data)) WHERE chunk = 1 AND ${ofSpx}`,
}

for (const [what, sql] of Object.entries(misplacements)) {
  test(`${what} is noticed`, async () => {
    await fill()
    edit(sql)
    const stores = openHere(folder.path)
    const corrupt = { code: 'store.corrupt', data: { instrument: 'SPX', kind: 'tick' } }
    await expect(stores.market.read('tick', 'SPX', null, null)).rejects.toMatchObject(corrupt)
    expect((await stores.market.read('tick', 'AAA', null, null)).length).toBe(40_000)
    // What is left after a repair reads, and what it names is all that is missing.
    const damaged = await stores.market.repair('tick', 'SPX')
    const left = await stores.market.read('tick', 'SPX', null, null)
    const missing = [...first.time, ...second.time].filter((time) => !left.time.includes(time))
    expect(missing.every((time) => damaged.some(({ from, to }) => time >= from && time < to))).toBe(true)
    for (const all of [first, second]) await stores.market.upsert('tick', 'SPX', all, 'again')
    const whole = await stores.market.hash('tick', 'AAA', null, null)
    expect(await stores.market.hash('tick', 'SPX', null, null)).toBe(whole)
    expect((await stores.market.read('tick', 'SPX', null, null)).length).toBe(40_000)
    expect(await stores.market.repair('tick', 'SPX')).toEqual([])
    // The next step that the sentence names works.
    await stores.market.delete('tick', 'SPX', null)
    await stores.market.upsert('tick', 'SPX', first, 'again')
    expect(marketArrays('tick', await stores.market.read('tick', 'SPX', null, null))).toEqual(
      marketArrays('tick', first),
    )
    stores.close()
  })
}

test('flipped bytes anywhere are reported or harmless, never read as other prices', async () => {
  await fill()
  const expected = [...first.price, ...second.price]
  const sound = readFileSync(path())
  const seen = { same: 0, refused: 0, unnamed: 0, moved: 0 }
  for (let flip = 0; flip < 60; flip++) {
    const harmed = Buffer.from(sound)
    // Spread evenly over the file, by the golden ratio; every fourth in the first pages.
    const at = Math.floor(((flip * 0.618034) % 1) * (flip % 4 === 0 ? 98_304 : harmed.length))
    harmed[at] = (harmed[at] as number) ^ 0x5a
    writeFileSync(path(), harmed)
    const stores = openHere(folder.path)
    if (stores.notices.length > 0) seen.moved++
    else for (const name of ['AAA', 'SPX']) seen[await readOrRefuse(stores, name, expected)]++
    stores.close()
  }
  expect(seen.moved).toBeLessThan(10)
  expect(seen.refused).toBeGreaterThan(10)
  expect(seen.same).toBeGreaterThan(40)
})

/** Fails when ticks come back that are not the ones that were written. */
async function readOrRefuse(
  stores: SqliteStores,
  name: string,
  expected: readonly number[],
): Promise<'same' | 'refused' | 'unnamed'> {
  try {
    const read = await stores.market.read('tick', name, null, null)
    if (read.length === 0) {
      // The stored name was hit: nothing is found under the true one.
      const named = (await stores.market.coverage()).filter((one) => one.instrument === name && one.kind === 'tick')
      expect(named).toEqual([])
      return 'unnamed'
    }
    expect([...read.price]).toEqual(expected)
    return 'same'
  } catch (failure) {
    if (!isDomainError(failure)) throw failure
    expect(failure.code).toBe('store.corrupt')
    return 'refused'
  }
}
