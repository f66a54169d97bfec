import { createPool, type Pool as MysqlPool } from 'mysql2/promise'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { MarketDialect } from '../../core/node/sql/market-dialect.ts'
import { mysqlMarketDialect } from '../../core/node/sql/market-mysql.ts'
import { postgresMarketDialect } from '../../core/node/sql/market-postgres.ts'
import { createSqlMarketStore } from '../../core/node/sql/sql-market-store.ts'
import { sha256 } from '../../core/node/store/packed-columns.ts'
import { createMemoryStores } from '../../core/stores/memory-stores.ts'
import { marketArrays, ticks } from '../core/stores/market-builders.ts'
import { describeMarket } from '../core/stores/market-contract.ts'
import { startMariadb, startPostgres, type TestServer } from '../helpers/servers.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

interface Opened {
  readonly dialect: MarketDialect
  readonly run: (statement: string) => Promise<unknown>
  close(): Promise<void>
}

async function openMariadb({ port }: TestServer): Promise<Opened> {
  const pool: MysqlPool = createPool({ host: '127.0.0.1', port, user: 'root', database: 'test' })
  return { dialect: mysqlMarketDialect(pool), run: (statement) => pool.query(statement), close: () => pool.end() }
}

async function openPostgres({ port }: TestServer): Promise<Opened> {
  const pool = new pg.Pool({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' })
  pool.on('error', () => undefined)
  return { dialect: postgresMarketDialect(pool), run: (statement) => pool.query(statement), close: () => pool.end() }
}

const kinds = { MariaDB: [startMariadb, openMariadb], PostgreSQL: [startPostgres, openPostgres] } as const

for (const [kind, [start, open]] of Object.entries(kinds)) {
  describe(kind, () => {
    let server: TestServer
    let opened: Opened
    let now = 0
    beforeAll(async () => {
      server = await start()
      opened = await open(server)
      for (const statement of [...opened.dialect.schema, ...opened.dialect.schema]) await opened.run(statement)
    })
    afterAll(async () => {
      await opened.close()
      await server.close()
    })
    const clock = { now: () => ++now }
    const market = () => createSqlMarketStore({ dialect: opened.dialect, clock, sha256 })
    const empty = async () => {
      for (const table of ['series', 'tick', 'quote', 'book']) await opened.run(`DELETE FROM market_${table}`)
    }

    describe('market', () => {
      describeMarket(() => ({ ...createMemoryStores({ clock, sha256 }), market: market() }), empty)
    })

    test('a write that fails half way leaves nothing behind', async () => {
      await empty()
      const { dialect } = opened
      const broken: MarketDialect = {
        ...dialect,
        transaction: (work) =>
          dialect.transaction((transaction) =>
            work({
              ...transaction,
              async add(range, columns) {
                await transaction.add(range, columns)
                if (range.kind === 'quote') throw new Error('cut')
              },
            }),
          ),
      }
      const store = createSqlMarketStore({ dialect: broken, clock, sha256 })
      const batch = { kind: 'tick', instrument: 'SPX', rows: ticks(1_700_000_000_000, 5_000) } as const
      const quotes = { length: 1, time: Float64Array.of(5), bid: Float64Array.of(1), ask: Float64Array.of(2) }
      const sizes = { bidSize: Float64Array.of(1), askSize: Float64Array.of(Number.NaN) }
      const bad = { kind: 'quote', instrument: 'SPX', rows: { ...quotes, ...sizes } } as const
      await expect(store.upsertAll([batch, bad], 'a')).rejects.toThrow('cut')
      expect(await market().coverage()).toEqual([])
      expect(await market().upsertAll([batch, bad], 'a')).toMatchObject([{ added: 5_000 }, { added: 1 }])
    })

    test('two writers of one series at once lose nothing and double nothing', async () => {
      await empty()
      const parts = Array.from({ length: 8 }, (_, index) => ticks(1_700_000_000_000 + index * 500, 1_500))
      await Promise.all(parts.map((rows) => market().upsert('tick', 'SPX', rows, 'a')))
      const memory = createMemoryStores({ clock, sha256 })
      for (const rows of parts) await memory.market.upsert('tick', 'SPX', rows, 'a')
      const [read, expected] = await Promise.all(
        [market(), memory.market].map(async (store) =>
          marketArrays('tick', await store.read('tick', 'SPX', null, null)),
        ),
      )
      expect((await market().coverage())[0]?.rows).toBe(expected?.[0]?.length)
      // Which of two equal writers came last is chance; keys are not.
      expect(read?.slice(0, 2)).toEqual(expected?.slice(0, 2))
    })

    test('every double comes back exactly', async () => {
      await empty()
      const words = new Uint32Array(4_000)
      for (let word = 0; word < words.length; word++) words[word] = (word * 2_654_435_761) ^ (word << 13)
      const random = [...new Float64Array(words.buffer)].filter((value) => Number.isFinite(value) && value !== 0)
      const values = [9_007.900000000001, 0.1 + 0.2, 1.7976931348623157e308, 2.2250738585072014e-308, ...random]
      const given = ticks(1_700_000_000_000, values.length, (index) => ({ price: values[index] as number }))
      await market().upsert('tick', 'SPX', given, 'a')
      expect(marketArrays('tick', await market().read('tick', 'SPX', null, null))).toEqual(marketArrays('tick', given))
    })
  })
}
