import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { knownVersion, schemaVersion } from '../../../core/node/store/migrate.ts'
import {
  barsMigrations,
  ledgerMigrations,
  type Migration,
  marketMigrations,
} from '../../../core/node/store/migrations.ts'
import { openDatabase } from '../../../core/node/store/open-database.ts'
import { acquireServiceLock } from '../../../core/node/store/service-lock.ts'
import { openStore } from '../../../core/node/store/store-client.ts'
import { newRun, runResult, temporaryFolder } from '../../core/stores/builders.ts'
import { openHere, workerUrl } from './store-fixtures.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

const current = knownVersion(ledgerMigrations)
const next: Migration = {
  version: current + 1,
  statements: ['CREATE TABLE alerts (id INTEGER PRIMARY KEY) STRICT', 'UPDATE settings SET value = \'"new"\''],
}
const open = (migrations: readonly Migration[]) =>
  openDatabase({ home: folder.path, file: 'ledger', migrations, mayRepair: true })
const backups = () => (existsSync(join(folder.path, 'backups')) ? readdirSync(join(folder.path, 'backups')) : [])

async function writeWithThisVersion(): Promise<void> {
  const stores = openHere(folder.path)
  await stores.settings.set('theme', 'old')
  await stores.runs.create(newRun('run-1'))
  await stores.runs.finish('run-1', runResult())
  stores.close()
}

test('a new folder needs no backup', async () => {
  await writeWithThisVersion()
  openHere(folder.path).close()
  expect(backups()).toEqual([])
})

test('an older file is copied, then brought up to date with everything in it', async () => {
  await writeWithThisVersion()
  const { db, notice } = open([...ledgerMigrations, next])
  expect(notice).toBeNull()
  expect(schemaVersion(db)).toBe(current + 1)
  expect(db.prepare('SELECT value FROM settings').pluck().all()).toEqual(['"new"'])
  db.close()
  expect(backups()).toEqual([`tickwright-${current}-1.ledger.db`])
  const copy = new Database(join(folder.path, 'backups', `tickwright-${current}-1.ledger.db`), { readonly: true })
  expect(schemaVersion(copy)).toBe(current)
  expect(copy.prepare('SELECT value FROM settings').pluck().all()).toEqual(['"old"'])
  expect(copy.prepare('SELECT count(*) FROM run_tables').pluck().get()).toBe(3)
  copy.close()
})

test('a migration that fails half way leaves the file as it was, and the corrected one then works', async () => {
  await writeWithThisVersion()
  const broken = { ...next, statements: [...next.statements, 'INSERT INTO nowhere VALUES (1)'] }
  expect(() => open([...ledgerMigrations, broken])).toThrow(/nowhere/)
  const { db } = open(ledgerMigrations)
  expect(schemaVersion(db)).toBe(current)
  expect(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'alerts'").pluck().get()).toBe(0)
  expect(db.prepare('SELECT value FROM settings').pluck().all()).toEqual(['"old"'])
  db.close()
  open([...ledgerMigrations, next]).db.close()
  expect(backups()).toHaveLength(2)
})

test('a terminal of a newer version leaves the files of a running service alone, and updates them when it has ended', async () => {
  await writeWithThisVersion()
  const asGuest = () =>
    openDatabase({
      home: folder.path,
      file: 'ledger',
      migrations: [...ledgerMigrations, next],
      mayRepair: false,
    })
  const service = acquireServiceLock(folder.path)
  expect(asGuest).toThrow(/service\.running/)
  expect(backups()).toEqual([])
  service.release()
  const { db } = asGuest()
  expect(schemaVersion(db)).toBe(current + 1)
  db.close()
  acquireServiceLock(folder.path).release()
})

test('commits of the ledger wait for the disk; those of the bars may be repeated and do not', async () => {
  const full = open(ledgerMigrations).db
  const normal = openDatabase({
    home: folder.path,
    file: 'bars',
    migrations: barsMigrations,
    mayRepair: true,
  }).db
  const pragma = (db: typeof full, name: string) => db.pragma(name, { simple: true })
  expect([pragma(full, 'synchronous'), pragma(normal, 'synchronous')]).toEqual([2, 1])
  expect([pragma(full, 'journal_mode'), pragma(normal, 'journal_mode')]).toEqual(['wal', 'wal'])
  expect(pragma(full, 'foreign_keys')).toBe(1)
  full.close()
  normal.close()
})

test('a file of a newer Tickwright is refused and not a byte of it is touched', async () => {
  await writeWithThisVersion()
  open([...ledgerMigrations, next]).db.close()
  const path = join(folder.path, 'ledger.db')
  const digest = () => createHash('sha256').update(readFileSync(path)).digest('hex')
  const before = digest()
  await expect(openStore({ home: folder.path, workerUrl })).rejects.toMatchObject({
    code: 'store.newer',
    data: { file: path, found: current + 1, known: current },
  })
  expect(digest()).toBe(before)
  expect(readdirSync(folder.path).filter((name) => name.includes('corrupt'))).toEqual([])
})

test('a copy made while writing is complete, and the store goes on', async () => {
  const store = await openStore({ home: folder.path, workerUrl })
  await store.settings.set('before', 1)
  const copying = store.backup()
  const writing = Array.from({ length: 50 }, (_, index) => store.settings.set('count', index))
  const paths = await copying
  await Promise.all(writing)
  expect(await store.settings.get('count')).toBe(49)
  await store.close()
  const names = [
    `${current}-1.ledger`,
    `${knownVersion(marketMigrations)}-1.market`,
    `${knownVersion(barsMigrations)}-1.bars`,
  ]
  expect(backups().sort()).toEqual(names.map((name) => `tickwright-${name}.db`).sort())
  const copy = new Database(paths[0] as string, { readonly: true })
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(copy.prepare("SELECT value FROM settings WHERE key = 'before'").pluck().get()).toBe('1')
  copy.close()
})

test('a half-written copy of an earlier attempt does not stand in the way', async () => {
  const stores = openHere(folder.path)
  await stores.backup()
  writeFileSync(join(folder.path, 'backups', `tickwright-${current}-2.ledger.db.part`), 'cut off')
  expect((await stores.backup())[0]).toBe(join(folder.path, 'backups', `tickwright-${current}-2.ledger.db`))
  stores.close()
})
