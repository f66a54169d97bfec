import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { barsMigrations } from '../../../core/node/store/migrations.ts'
import { openDatabase } from '../../../core/node/store/open-database.ts'
import { createSqliteBarStore } from '../../../core/node/store/sqlite-bar-store.ts'
import { openStore } from '../../../core/node/store/store-client.ts'
import { columnsOf, minute, minuteBars, newRun, noise, runResult, temporaryFolder } from '../../core/stores/builders.ts'
import { openHere, workerUrl } from './store-fixtures.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

test('a file that may not grow refuses the whole write, keeps what it had and works on once it may', async () => {
  const options = {
    home: folder.path,
    file: 'bars',
    migrations: barsMigrations,
    mayRepair: true,
  } as const
  const { db } = openDatabase(options)
  const bars = createSqliteBarStore(db, { now: () => 1 })
  await bars.upsert('SPX', '1m', noise(0, 4_096), 'a')
  const before = await bars.coverage()
  db.pragma('max_page_count = 40')
  await expect(bars.upsert('SPX', '1m', noise(4_000 * minute, 20_000), 'b')).rejects.toMatchObject({
    code: 'store.full',
    data: { file: join(folder.path, 'bars.db'), instrument: 'SPX' },
  })
  expect(db.inTransaction).toBe(false)
  expect(await bars.coverage()).toEqual(before)
  expect(columnsOf(await bars.read('SPX', '1m', null, null))).toEqual(columnsOf(noise(0, 4_096)))
  db.pragma('max_page_count = 100000')
  expect(await bars.upsert('SPX', '1m', noise(4_096 * minute, 20_000), 'b')).toMatchObject({ added: 20_000 })
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
})

test('a folder that cannot be one is unavailable, with its path', async () => {
  const path = join(folder.path, 'file')
  writeFileSync(path, '')
  await expect(openStore({ home: path, workerUrl })).rejects.toMatchObject({ code: 'store.unavailable' })
  expect(() => openHere(path)).toThrow(/store\.unavailable.*file/)
})

/** Needs root: the tests above say the same by other means where a developer has none. */
function mount(path: string, options: string): boolean {
  mkdirSync(path, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const probe = temporaryFolder()
const mayMount = process.getuid?.() === 0 && mount(probe.path, 'size=64k')
if (mayMount) execFileSync('umount', [probe.path])
probe.remove()

describe.runIf(mayMount)('on a disk of its own', () => {
  let disk: string
  beforeEach(() => {
    disk = join(folder.path, 'disk')
    mount(disk, 'size=3m')
  })
  afterEach(() => {
    execFileSync('umount', [disk])
  })

  test('a full disk refuses bars and runs without harm, and the same store goes on when there is room', async () => {
    const store = await openStore({ home: disk, workerUrl })
    await store.settings.set('theme', 'dark')
    await store.runs.create(newRun('run-1'))
    await store.bars.upsert('SPX', '1m', minuteBars(0, 5_000), 'a')
    const ballast = join(disk, 'ballast')
    writeFileSync(ballast, Buffer.alloc(1_200_000))
    await expect(store.bars.upsert('NOISE', '1m', noise(0, 40_000), 'b')).rejects.toMatchObject({ code: 'store.full' })
    const result = runResult()
    const curve = {
      rows: 200_000,
      columns: { equity: Float64Array.from({ length: 200_000 }, (_, at) => Math.sin(at)) },
      texts: {},
    }
    const tooLong = { ...result, tables: { ...result.tables, equity: curve } }
    await expect(store.runs.finish('run-1', tooLong)).rejects.toMatchObject({ code: 'store.full' })
    expect((await store.runs.get('run-1')).summary.state).toBe('running')
    expect((await store.bars.coverage()).map((one) => one.instrument)).toEqual(['SPX'])
    expect(store.state).toBe('ready')
    rmSync(ballast)
    expect(await store.runs.finish('run-1', result)).toMatchObject({ state: 'done' })
    await store.close()
    const again = openHere(disk)
    expect(again.notices).toEqual([])
    expect((await again.bars.read('SPX', '1m', null, null)).length).toBe(5_000)
    again.close()
  })

  test('a folder that may only be read is unavailable, and nothing is moved', async () => {
    openHere(disk).close()
    execFileSync('mount', ['-o', 'remount,ro', disk])
    await expect(openStore({ home: disk, workerUrl })).rejects.toMatchObject({ code: 'store.unavailable' })
    expect(() => openHere(disk)).toThrow(/store\.unavailable/)
  })
})
