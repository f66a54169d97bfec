import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { BarSeries } from '../../../core/domain/bar-series.ts'
import { isDomainError } from '../../../core/domain/errors.ts'
import type { SqliteStores } from '../../../core/node/store/sqlite-stores.ts'
import { openStore } from '../../../core/node/store/store-client.ts'
import { columnsOf, minute, minuteBars, newRun, noise, runResult, temporaryFolder } from '../../core/stores/builders.ts'
import { openHere, workerUrl } from './store-fixtures.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

const file = (name: string) => join(folder.path, name)

async function fill(): Promise<void> {
  const stores = openHere(folder.path)
  await stores.settings.set('theme', 'dark')
  await stores.runs.create(newRun('run-1'))
  await stores.runs.finish('run-1', runResult())
  for (const name of ['AAA', 'SPX']) await stores.bars.upsert(name, '1m', minuteBars(0, 9_000), 'a')
  stores.close()
}

function edit(name: string, sql: string, ...values: unknown[]): void {
  const db = new Database(file(name))
  db.prepare(sql).run(...values)
  db.close()
}

test('a damaged block is named by file, instrument and period; other periods and instruments stay readable', async () => {
  await fill()
  edit(
    'bars.db',
    "UPDATE blocks SET data = zeroblob(length(data)) WHERE block = 1 AND series = (SELECT number FROM series WHERE instrument = 'SPX')",
  )
  const stores = openHere(folder.path)
  await expect(stores.bars.read('SPX', '1m', null, null)).rejects.toMatchObject({
    code: 'store.corrupt',
    data: {
      file: file('bars.db'),
      instrument: 'SPX',
      interval: '1m',
      from: 4_096 * minute,
      to: 8_191 * minute,
      next: 'reimport',
      reason: 'SPX 1m 1970-01-03T20:16:00.000Z…1970-01-06T16:31:00.000Z',
    },
  })
  expect((await stores.bars.read('SPX', '1m', null, 4_000 * minute)).length).toBe(4_000)
  expect((await stores.bars.read('AAA', '1m', null, null)).length).toBe(9_000)
  // The next step that the sentence names works.
  await stores.bars.delete('SPX', '1m')
  await stores.bars.upsert('SPX', '1m', minuteBars(0, 9_000), 'again')
  expect(columnsOf(await stores.bars.read('SPX', '1m', null, null))).toEqual(columnsOf(minuteBars(0, 9_000)))
  stores.close()
})

const misplacements = {
  missing: 'DELETE FROM blocks WHERE series = 1 AND block = 1',
  swapped: 'UPDATE blocks SET block = 12 - block WHERE series = 1',
  'hidden by its time': 'UPDATE blocks SET last_time = first_time, first_time = -1 WHERE series = 1 AND block = 1',
  'the copy of another': `UPDATE blocks SET (data, raw_bytes) =
    (SELECT data, raw_bytes FROM blocks WHERE series = 1 AND block = 0) WHERE series = 1 AND block = 1`,
}

for (const [what, sql] of Object.entries(misplacements)) {
  test(`a block that is ${what} is noticed though it is sound in itself`, async () => {
    await fill()
    edit('bars.db', sql)
    const stores = openHere(folder.path)
    const inIt = stores.bars.read('AAA', '1m', 5_000 * minute, 6_000 * minute)
    await expect(inIt).rejects.toMatchObject({ code: 'store.corrupt', data: { instrument: 'AAA' } })
    expect((await stores.bars.read('SPX', '1m', null, null)).length).toBe(9_000)
    stores.close()
  })
}

test('a damaged table or capsule of a run is refused; its summary and the other runs stay', async () => {
  await fill()
  edit('ledger.db', "UPDATE run_tables SET texts = replace(texts, 'SPX', 'NDX') WHERE name = 'trades'")
  edit('ledger.db', "UPDATE run_details SET capsule = replace(capsule, '100000', '200000')")
  const stores = openHere(folder.path)
  const corrupt = { code: 'store.corrupt', data: { file: file('ledger.db'), run: 'run-1' } }
  await expect(stores.runs.columns('run-1', 'trades')).rejects.toMatchObject(corrupt)
  await expect(stores.runs.get('run-1')).rejects.toMatchObject(corrupt)
  expect((await stores.runs.columns('run-1', 'equity')).rows).toBe(3)
  expect((await stores.runs.list({ search: '', limit: 1, offset: 0 })).runs[0]?.metrics.netProfit).toBe(12.25)
  stores.close()
})

test('flipped bytes anywhere in the bars are reported or harmless, never read as other prices', async () => {
  const expected = noise(0, 4_500)
  const first = openHere(folder.path)
  for (const name of ['AAA', 'SPX']) await first.bars.upsert(name, '1m', expected, 'a')
  first.close()
  const sound = readFileSync(file('bars.db'))
  const seen = { same: 0, refused: 0, unnamed: 0, moved: 0 }
  for (let flip = 0; flip < 60; flip++) {
    const harmed = Buffer.from(sound)
    // Half of them in the first pages, where the schema and the list of series are.
    const at = (flip * 15_485_863 + 11) % (flip % 2 === 0 ? harmed.length : 65_536)
    harmed[at] = (harmed[at] as number) ^ 0x5a
    writeFileSync(file('bars.db'), harmed)
    const stores = openHere(folder.path)
    if (stores.notices.length > 0) seen.moved++
    else for (const name of ['AAA', 'SPX']) seen[await readOrRefuse(stores, name, expected)]++
    stores.close()
  }
  expect(seen.refused).toBeGreaterThan(20)
  expect(seen.same).toBeGreaterThan(40)
})

/** Fails when bars come back that are not the ones that were written. */
async function readOrRefuse(
  stores: SqliteStores,
  name: string,
  expected: BarSeries,
): Promise<'same' | 'refused' | 'unnamed'> {
  try {
    const read = await stores.bars.read(name, '1m', null, null)
    if (read.length === 0) {
      // The stored name was hit: nothing is found under the true one.
      expect((await stores.bars.coverage()).filter((one) => one.instrument === name && one.interval === '1m')).toEqual(
        [],
      )
      return 'unnamed'
    }
    expect(columnsOf(read)).toEqual(columnsOf(expected))
    return 'same'
  } catch (failure) {
    if (!isDomainError(failure)) throw failure
    expect(failure.code).toBe('store.corrupt')
    return 'refused'
  }
}

const damages: Record<string, (path: string) => void> = {
  'a file of garbage': (path) => writeFileSync(path, 'these are not the pages you are looking for'.repeat(500)),
  'a file cut in half': (path) => truncateSync(path, Math.floor(readFileSync(path).length / 2)),
  'a broken page': (path) => writeFileSync(path, readFileSync(path).fill(0xff, 4_096, 8_192)),
}

for (const [what, harm] of Object.entries(damages)) {
  test(`${what} instead of the ledger is moved aside and the newest good copy takes its place`, async () => {
    await fill()
    const stores = openHere(folder.path)
    await stores.backup()
    const [good] = await stores.backup()
    const [bad] = await stores.backup()
    stores.close()
    writeFileSync(bad as string, 'not a copy at all')
    harm(file('ledger.db'))
    const damaged = readFileSync(file('ledger.db'))
    const store = await openStore({ home: folder.path, workerUrl })
    expect(store.state).toBe('ready')
    expect(store.notices.map(({ code, data }) => ({ code, ...data }))).toEqual([
      {
        code: 'store.corrupt',
        file: file('ledger.db'),
        reason: `→ ledger.db.corrupt-1, ← ${(good as string).split('/').at(-1)}`,
        movedTo: 'ledger.db.corrupt-1',
        restored: (good as string).split('/').at(-1),
        next: 'reimport',
      },
    ])
    expect(await store.settings.get('theme')).toBe('dark')
    expect(await store.runs.columns('run-1', 'equity')).toEqual(runResult().tables.equity)
    await store.close()
    expect(readFileSync(file('ledger.db.corrupt-1')).equals(damaged)).toBe(true)
  })
}

test('without a copy the store starts empty, says so, and a second damage does not overwrite the first', async () => {
  for (const round of [1, 2]) {
    await fill().catch(() => {})
    writeFileSync(file('ledger.db'), `garbage ${round} `.repeat(100))
    const stores = openHere(folder.path)
    expect(stores.notices[0]?.data).toMatchObject({ movedTo: `ledger.db.corrupt-${round}`, restored: null })
    expect(await stores.settings.get('theme')).toBeNull()
    expect((await stores.bars.coverage()).length).toBe(2)
    stores.close()
  }
  expect(readFileSync(file('ledger.db.corrupt-1'), 'utf8')).toMatch(/^garbage 1/)
})

test('a terminal beside the service reports a damaged file and leaves it where it is', async () => {
  await fill()
  writeFileSync(file('ledger.db'), 'garbage '.repeat(100))
  expect(() => openHere(folder.path, 'guest')).toThrow(/store\.corrupt/)
  expect(existsSync(file('ledger.db.corrupt-1'))).toBe(false)
  expect(readFileSync(file('ledger.db'), 'utf8')).toMatch(/^garbage/)
})
