import { copyFileSync, existsSync, linkSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import DatabaseFile from 'better-sqlite3'
import { DomainError } from '../../domain/errors.ts'
import { archiveFolder, databaseFiles, filesBelow, strategiesFolder } from './backup-set.ts'

const attempts = 5

/**
 * Copies what a backup holds. Rows that move between store and archive meanwhile could be in neither copy: the
 * catalogue of the archive changes with every move, and when it did, everything is copied again. `store.locked` when
 * they never stop moving. `copied` is told each database when it is done.
 */
export async function copyFolder(
  home: string,
  target: string,
  copied: (file: string) => Promise<void> = async () => undefined,
): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    rmSync(target, { recursive: true, force: true })
    mkdirSync(target, { recursive: true })
    const catalogue = catalogueOf(home)
    try {
      await copyOnce(home, target, copied)
      if (catalogueOf(home) === catalogue) return
    } catch (failure) {
      // A file that has just returned to the store
      if (catalogueOf(home) === catalogue) throw failure
    }
  }
  throw new DomainError('store.locked', { file: join(home, archiveFolder) })
}

async function copyOnce(home: string, target: string, copied: (file: string) => Promise<void>): Promise<void> {
  for (const file of databaseFiles) {
    copyDatabase(join(home, `${file}.db`), join(target, `${file}.db`))
    await copied(file)
  }
  await copyFiles(join(home, strategiesFolder), join(target, strategiesFolder), copyFileSync)
  await copyFiles(join(home, archiveFolder), join(target, archiveFolder), linkOrCopy)
}

async function copyFiles(from: string, to: string, copy: (from: string, to: string) => void): Promise<void> {
  for (const name of await filesBelow(from)) {
    mkdirSync(dirname(join(to, name)), { recursive: true })
    copy(join(from, name), join(to, name))
  }
}

/** As it was at one moment: a reader of a database in WAL mode stops no writer. */
function copyDatabase(from: string, to: string): void {
  if (!existsSync(from)) return
  const db = new DatabaseFile(from, { readonly: true, fileMustExist: true, timeout: 10_000 })
  try {
    db.prepare('VACUUM INTO ?').run(to)
  } finally {
    db.close()
  }
}

function catalogueOf(home: string): unknown {
  const path = join(home, 'ledger.db')
  if (!existsSync(path)) return undefined
  const db = new DatabaseFile(path, { readonly: true, fileMustExist: true, timeout: 10_000 })
  try {
    return db.prepare("SELECT value FROM settings WHERE key = 'archive'").pluck().get()
  } finally {
    db.close()
  }
}

/** Archived files never change, so another name of the same file is a copy that takes no room. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to)
  }
}
