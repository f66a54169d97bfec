import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createBarSeries, sliceBars } from '../../../core/domain/bar-series.ts'
import { migrateServer } from '../../../core/node/sql/sql-migrate.ts'
import { connectServer, type SqlServer } from '../../../core/node/sql/sql-server.ts'
import { openSqlStores, type SqlStores } from '../../../core/node/sql/sql-stores.ts'
import { sha256 } from '../../../core/node/store/packed-columns.ts'
import { createMemoryStores } from '../../../core/stores/memory-stores.ts'
import { columnsOf, minute, minuteBars, newRun, runResult } from '../../core/stores/builders.ts'
import { freePort, type TestServer, traderPassword } from '../../helpers/servers.ts'
import { addressOf, emptyStores, openAsTrader, serverOf, sqlKinds } from '../../helpers/sql-servers.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const start = 1_700_000_040_000
const clock = { now: () => 1 }
/** Bars of doubles of every kind: subnormal, 17 digits, −0, NaN and infinite. */
function awkwardBars() {
  const words = new Uint32Array(6_000)
  for (let word = 0; word < words.length; word++) words[word] = Math.imul(word, 2_654_435_761) ^ (word << 13)
  const random = new Float64Array(words.buffer)
  const known = [9_007.900000000001, 0.1 + 0.2, 5e-324, 1.7976931348623157e308, -0, 0, NaN, Infinity, -Infinity]
  const value = (index: number) => (index < known.length ? known[index] : random[index % random.length]) as number
  return minuteBars(start, 3_000, (index) => ({
    ...{ open: value(index), high: value(index + 1), low: value(index + 2), close: value(index + 3) },
    ...{ volume: value(index + 4), openInterest: value(index + 5), ...(index === 7 ? { closeTime: NaN } : {}) },
  }))
}

for (const kind of sqlKinds) {
  describe(kind.name, () => {
    let server: TestServer
    let stores: SqlStores
    let behind: SqlServer
    beforeAll(async () => {
      server = await kind.start()
      stores = await openAsTrader(kind, server, 20_000)
      behind = serverOf(kind, server)
    })
    afterAll(async () => {
      await stores?.close()
      await behind?.close()
      await server?.close()
    })
    beforeEach(() => emptyStores(behind))

    test('every double comes back exactly, −0, NaN and ∞ too, with the hash of every other store', async () => {
      const bars = awkwardBars()
      const memory = createMemoryStores({ clock, sha256 })
      const { hash } = await memory.bars.upsert('SPX', '1m', bars, 'a')
      expect((await stores.bars.upsert('SPX', '1m', bars, 'a')).hash).toBe(hash)
      const expected = columnsOf(await memory.bars.read('SPX', '1m', null, null))
      expect(columnsOf(await stores.bars.read('SPX', '1m', null, null))).toEqual(expected)
      expect(await stores.bars.upsert('SPX', '1m', bars, 'b')).toMatchObject({ unchanged: 3_000, changed: 0 })
    })

    test('small tables keep doubles exactly as well', async () => {
      await stores.runs.create(newRun('run-1'))
      const { durationMs } = await stores.runs.finish('run-1', { ...runResult(), durationMs: 9_007.900000000001 })
      expect(durationMs).toBe(9_007.900000000001)
    })

    test('other programs read bars as rows: whole milliseconds, NULL for what is undefined', async () => {
      await stores.bars.upsert('SPX', '1m', minuteBars(start, 2), 'a')
      const { rows } = await behind.use(({ db }) =>
        sql`SELECT open_time, close_time, close, open_interest FROM bars
            WHERE instrument = 'SPX' AND bar_interval = '1m' ORDER BY open_time`.execute(db),
      )
      expect(rows).toEqual([
        { open_time: start, close_time: start + minute, close: 100.03, open_interest: null },
        { open_time: start + minute, close_time: start + 2 * minute, close: 100.4, open_interest: null },
      ])
    })

    test('a time between milliseconds is refused, not rounded', async () => {
      const bars = minuteBars(start, 1, () => ({ time: start + 0.5 }))
      await expect(stores.bars.upsert('SPX', '1m', bars, 'a')).rejects.toThrow(/no whole millisecond/)
    })

    test('writes of every shape give the counts and the bars that memory gives', async () => {
      const memory = createMemoryStores({ clock, sha256 })
      const all = minuteBars(start, 12_000)
      const fixes = minuteBars(start + 8_000 * minute, 300, (index) => (index % 3 === 0 ? { close: -1 } : {}))
      const writes = [sliceBars(all, 5_000, 9_000), sliceBars(all, 4_990, 5_010), sliceBars(all, 0, 100), fixes, all]
      for (const bars of [...writes, createBarSeries(0)]) {
        const expected = await memory.bars.upsert('SPX', '1m', bars, 'a')
        expect(await stores.bars.upsert('SPX', '1m', bars, 'a')).toEqual(expected)
      }
      expect(columnsOf(await stores.bars.read('SPX', '1m', null, null))).toEqual(columnsOf(all))
    })

    test('two writers of one series at once lose nothing and double nothing', async () => {
      const all = minuteBars(start, 4_000)
      const parts = Array.from({ length: 8 }, (_, index) => sliceBars(all, index * 450, index * 450 + 850))
      await Promise.all(parts.map((bars) => stores.bars.upsert('SPX', '1m', bars, 'a')))
      expect(columnsOf(await stores.bars.read('SPX', '1m', null, null))).toEqual(columnsOf(all))
    })

    test('a row that another program changed, removed or added is named, never read', async () => {
      const damages = [
        'UPDATE bars SET close = 1 WHERE open_time = ?',
        'DELETE FROM bars WHERE open_time = ?',
        `INSERT INTO bars SELECT instrument, bar_interval, open_time + 1, close_time, open, high, low, close, volume,
         open_interest, special FROM bars WHERE open_time = ?`,
      ]
      for (const damage of damages) {
        await emptyStores(behind)
        await stores.bars.upsert('SPX', '1m', minuteBars(start, 5_000), 'a')
        kind.administer(server, damage.replace('?', String(start + 4_200 * minute)))
        const period = { from: start + 4_096 * minute, to: start + 4_999 * minute }
        const corrupt = { code: 'store.corrupt', data: { instrument: 'SPX', interval: '1m', ...period } }
        await expect(stores.bars.read('SPX', '1m', null, null)).rejects.toMatchObject(corrupt)
        await expect(
          stores.bars.upsert('SPX', '1m', minuteBars(start + 4_500 * minute, 900), 'b'),
        ).rejects.toMatchObject(corrupt)
        expect((await stores.bars.read('SPX', '1m', null, start + 4_000 * minute)).length).toBe(4_000)
      }
    })

    test('a table of a run larger than the server takes in one statement comes back bit for bit', async () => {
      const noise = Float64Array.from({ length: 400_000 }, (_, index) => Math.sin(index * 12.9898) * 43_758.5453)
      const table = { rows: 400_000, columns: { equity: noise }, texts: {} }
      await stores.runs.create(newRun('run-1'))
      await stores.runs.finish('run-1', { ...runResult(), tables: { equity: table } })
      expect(
        sha256(Buffer.from((await stores.runs.columns('run-1', 'equity')).columns.equity?.buffer as ArrayBuffer)),
      ).toBe(sha256(Buffer.from(noise.buffer)))
    })

    test('what cannot be opened says why, and never with the password', async () => {
      const refused = async (change: object, password: string | null) => {
        const address = addressOf(kind, server, change)
        const failure = await openSqlStores({ address, password, clock, patienceMs: 0 }).then(
          () => null,
          (error: unknown) => error as { code: string; message: string; data: object; cause?: unknown },
        )
        const cause = failure?.cause as Error | undefined
        const told = [failure?.message, JSON.stringify(failure?.data), cause?.message, cause?.stack].join()
        expect(told).not.toContain(password ?? traderPassword)
        return failure?.code
      }
      expect(await refused({}, 'wrong-canary')).toBe('store.login')
      expect(await refused({}, null)).toBe('store.login')
      expect(await refused({ port: await freePort() }, traderPassword)).toBe('store.unreachable')
      expect(await refused({ tls: 'require' }, traderPassword)).toBe('store.tls')
      const missing = await refused({ database: 'nowhere' }, traderPassword)
      // MariaDB does not tell a user without rights whether a database exists.
      expect(missing).toBe(kind.kind === 'mysql' ? 'store.no-rights' : 'store.no-database')
    })

    test('a user who may only read is told that rights are missing', async () => {
      const address = addressOf(kind, server, { user: 'reader' })
      const reader = connectServer({ address, password: traderPassword, patienceMs: 0 })
      const write = reader.write(({ db }) => db.insertInto('settings').values({ key: 'a', value: '1' }).execute())
      await expect(write).rejects.toMatchObject({ code: 'store.no-rights' })
      await reader.close()
    })

    test('the server dies at any moment: calls wait for it, what was acknowledged stays, nothing is half', async () => {
      const all = minuteBars(start, 20_000)
      let acknowledged = 0
      const writing = (async () => {
        while (acknowledged < all.length) {
          const part = sliceBars(all, acknowledged, acknowledged + 500)
          // A write whose commit was cut off may hold or not; repeating it changes nothing.
          const isStored = await stores.bars.upsert('SPX', '1m', part, 'a').then(
            () => true,
            (failure: unknown) => {
              if ((failure as { code?: string }).code === 'store.unreachable') return false
              throw failure
            },
          )
          if (isStored) acknowledged += 500
        }
      })()
      // Heard below; a failure before that must not end the process.
      writing.catch(() => undefined)
      for (let deaths = 0; deaths < 3; deaths++) {
        await new Promise((resolve) => setTimeout(resolve, 150 + 170 * deaths))
        const before = acknowledged
        await server.kill()
        server = await kind.start(server)
        const held = await stores.bars.read('SPX', '1m', null, null)
        expect(held.length).toBeGreaterThanOrEqual(before)
      }
      await writing
      expect(columnsOf(await stores.bars.read('SPX', '1m', null, null))).toEqual(columnsOf(all))
    })

    test('while the server is away a call fails with what to do, and the next works when it is back', async () => {
      const hasty = await openAsTrader(kind, server, 0)
      await server.kill()
      await expect(hasty.runs.list({ search: '', limit: 1, offset: 0 })).rejects.toMatchObject({
        code: 'store.unreachable',
      })
      await expect(hasty.market.coverage()).rejects.toMatchObject({ code: 'store.unavailable' })
      server = await kind.start(server)
      expect((await hasty.runs.list({ search: '', limit: 1, offset: 0 })).total).toBe(0)
      await hasty.close()
    })

    describe('the schema', () => {
      const wipe = () => {
        const parts =
          kind.kind === 'mysql'
            ? ['DROP DATABASE tickwright; CREATE DATABASE tickwright']
            : ['DROP SCHEMA public CASCADE', 'CREATE SCHEMA public AUTHORIZATION trader']
        for (const part of parts) kind.administer(server, part)
      }

      test('several processes make it at once', async () => {
        wipe()
        const opened = await Promise.all([1, 2, 3, 4].map(() => openAsTrader(kind, server)))
        await opened[0]?.settings.set('a', 1)
        expect(await opened[3]?.settings.get('a')).toBe(1)
        await Promise.all(opened.map((one) => one.close()))
      })

      test('a step that was cut off half way is finished by the next opening', async () => {
        wipe()
        await migrateServer(behind)
        // As MariaDB leaves it: some tables made, the step not written down.
        kind.administer(server, 'DELETE FROM tickwright_migration')
        for (const table of ['walk_parts', 'walks', 'trials', 'bars']) kind.administer(server, `DROP TABLE ${table}`)
        await migrateServer(behind)
        await stores.bars.upsert('SPX', '1m', minuteBars(start, 10), 'a')
        expect((await stores.bars.read('SPX', '1m', null, null)).length).toBe(10)
      })

      test('a newer one and one that is not ours are refused untouched', async () => {
        kind.administer(server, "INSERT INTO tickwright_migration VALUES ('999-later', '2030')")
        await expect(migrateServer(behind)).rejects.toMatchObject({ code: 'store.newer', data: { found: '999-later' } })
        wipe()
        kind.administer(server, 'CREATE TABLE runs (name INTEGER)')
        if (kind.kind === 'postgres') kind.administer(server, 'ALTER TABLE runs OWNER TO trader')
        await expect(migrateServer(behind)).rejects.toMatchObject({
          code: 'store.foreign-tables',
          data: { table: 'runs' },
        })
        wipe()
        await migrateServer(behind)
      })
    })
  })
}
