import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { marketMigrations } from '../../../core/node/store/migrations.ts'
import { openDatabase } from '../../../core/node/store/open-database.ts'
import { createSqliteMarketStore } from '../../../core/node/store/sqlite-market-store.ts'
import { temporaryFolder } from '../../core/stores/builders.ts'
import { marketArrays, ticks } from '../../core/stores/market-builders.ts'
import { patience, rounds } from '../../helpers/soak.ts'
import { openHere } from './store-fixtures.ts'

const recorder = new URL('./fixtures/kill-recorder.ts', import.meta.url).pathname
const kills = rounds(4, 200)

/** Starts the recorder at `step`, kills it some steps later at any moment of its work; gives the last acknowledged. */
async function recordUntilKilled(home: string, step: number, acks: number): Promise<number> {
  const child = spawn(process.execPath, [recorder, home, String(step)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  let heard = ''
  for await (const chunk of child.stdout) {
    heard += String(chunk)
    if (heard.split('\n').length > acks) child.kill('SIGKILL')
  }
  await ended
  return Number(heard.split('\n').at(-2))
}

test(
  `a recorder killed ${kills} times loses no tick that it had acknowledged and doubles none`,
  async () => {
    const folder = temporaryFolder()
    let step = 0
    for (let kill = 0; kill < kills; kill++) {
      const acknowledged = await recordUntilKilled(folder.path, step, 2 + ((kill * 7) % 25))
      const stores = openHere(folder.path)
      expect(stores.notices).toEqual([])
      const counts: number[] = []
      for (const instrument of ['AAA', 'SPX']) {
        const read = await stores.market.read('tick', instrument, null, null)
        const steps = read.length / 700
        // What was under way is there whole or not at all, for both instruments alike.
        expect(steps === acknowledged + 1 || steps === acknowledged + 2).toBe(true)
        counts.push(read.length)
        const last = await stores.market.read('tick', instrument, (steps - 1) * 1_000, null)
        expect(marketArrays('tick', last)).toEqual(marketArrays('tick', ticks((steps - 1) * 1_000, 700)))
        const days = await stores.market.days('tick', instrument, null, null)
        expect(days.reduce((sum, { rows }) => sum + rows, 0)).toBe(read.length)
      }
      expect(counts[0]).toBe(counts[1])
      stores.close()
      // The next one sends the last acknowledged step again, as a source does after a reconnect.
      step = acknowledged
    }
    folder.remove()
  },
  patience(kills, 12_000),
)

test('a file that may not grow refuses the whole write, keeps what it had and works on once it may', async () => {
  const folder = temporaryFolder()
  const options = { home: folder.path, file: 'market', migrations: marketMigrations, mayRepair: true } as const
  const { db } = openDatabase(options)
  const market = createSqliteMarketStore(db, { now: () => 1 })
  const noise = (start: number, length: number) =>
    ticks(start, length, (index) => ({ price: Math.sin(index * 12.9898) * 43758.5453 }))
  await market.upsert('tick', 'SPX', noise(0, 5_000), 'a')
  const before = await market.coverage()
  db.pragma('max_page_count = 40')
  await expect(market.upsert('tick', 'SPX', noise(10_000, 90_000), 'b')).rejects.toMatchObject({
    code: 'store.full',
    data: { file: join(folder.path, 'market.db'), instrument: 'SPX', kind: 'tick' },
  })
  expect(db.inTransaction).toBe(false)
  expect(await market.coverage()).toEqual(before)
  expect(marketArrays('tick', await market.read('tick', 'SPX', null, null))).toEqual(
    marketArrays('tick', noise(0, 5_000)),
  )
  db.pragma('max_page_count = 100000')
  expect(await market.upsert('tick', 'SPX', noise(10_000, 90_000), 'b')).toMatchObject({ added: 90_000 })
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
  folder.remove()
})
