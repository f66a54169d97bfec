import { closeSync, mkdirSync, openSync, readSync } from 'node:fs'
import { join, resolve } from 'node:path'
import DatabaseFile, { type Database } from 'better-sqlite3'
import { DomainError } from '../../domain/errors.ts'
import { toStoreError } from './sqlite-errors.ts'

export interface ServiceLock {
  release(): void
}

const heldHere = new Set<string>()

/**
 * One service per data folder. `service.lock` is an empty SQLite file whose exclusive lock the system itself holds for
 * us and drops when the process ends, however it ends: there is no stale lock, and two starters can never both win.
 * The holder's pid stands in the file's `user_version`. Throws `service.running` with `pid`.
 */
export function acquireServiceLock(home: string): ServiceLock {
  const path = resolve(home, 'service.lock')
  // A second descriptor of ours on the file would drop the first one's lock when it closes (POSIX).
  if (heldHere.has(path)) throw new DomainError('service.running', { pid: process.pid, home })
  const db = hold(path, home)
  heldHere.add(path)
  return {
    release() {
      if (!heldHere.delete(path)) return
      db.close()
    },
  }
}

function hold(path: string, home: string): Database {
  let db: Database | undefined
  try {
    mkdirSync(home, { recursive: true })
    db = new DatabaseFile(path, { timeout: 0 })
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('journal_mode = MEMORY')
    // Writing takes the exclusive lock, and this locking mode keeps it after the commit.
    db.pragma(`user_version = ${process.pid}`)
    return db
  } catch (failure) {
    db?.close()
    const known = toStoreError(failure, { file: path })
    if (!(known instanceof DomainError) || known.code !== 'store.locked') throw known
    throw new DomainError('service.running', { pid: pidIn(path), home })
  }
}

/** `user_version` lies big-endian at byte 60 of the header; 0 when the holder has not written it yet. */
function pidIn(path: string): number {
  const file = openSync(path, 'r')
  try {
    const header = Buffer.alloc(64)
    return readSync(file, header, 0, 64, 0) === 64 ? header.readInt32BE(60) : 0
  } finally {
    closeSync(file)
  }
}

/** False when nobody holds the folder for certain; true when the process that held it last is alive. Takes no lock. */
export function mayBeHeld(home: string): boolean {
  const path = serviceLockPath(home)
  if (heldHere.has(resolve(path))) return true
  try {
    const pid = pidIn(path)
    return pid > 0 && process.kill(pid, 0)
  } catch (failure) {
    return (failure as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The lock file of a data folder. */
export function serviceLockPath(home: string): string {
  return join(home, 'service.lock')
}
