import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DomainError, isDomainError } from '../../domain/errors.ts'
import { acquireServiceLock } from '../store/service-lock.ts'
import { toStoreError } from '../store/sqlite-errors.ts'
import { archiveFolder, databaseFiles, strategiesFolder } from './backup-set.ts'

/** Names the backup that the next start puts in place, and the folder for what it replaces. */
export const pendingPath = (home: string) => join(home, 'restore.json')

/** As `restorePending`, for a guest: nothing while a service works in the folder, whose next start does it. */
export function restoreUnlessHeld(home: string): DomainError | null {
  try {
    return restorePending(home)
  } catch (failure) {
    if (isDomainError(failure) && failure.code === 'service.running') return null
    throw failure
  }
}

/**
 * Puts the backup in place that was asked for, before anything of the folder is opened; what was there stands in
 * `backups/replaced-…`. A start that was cut off goes on where it stopped. Resolves to the notice that says so, null
 * when nothing was asked for. `service.running` when somebody else holds the folder.
 */
export function restorePending(home: string): DomainError | null {
  const path = pendingPath(home)
  if (!existsSync(path)) return null
  const lock = acquireServiceLock(home)
  try {
    const { name, set } = JSON.parse(readFileSync(path, 'utf8')) as { readonly name: string; readonly set: string }
    const backup = join(home, 'backups', name)
    const replaced = join(home, 'backups', set)
    const staged = join(home, 'restoring')
    const finished = join(replaced, 'placed')
    if (!existsSync(finished)) {
      stage(backup, staged)
      mkdirSync(replaced, { recursive: true })
      for (const file of databaseFiles) place(`${file}.db`, { home, staged, replaced })
      for (const folder of [strategiesFolder, archiveFolder]) place(folder, { home, staged, replaced })
      renameSync(staged, finished)
    }
    rmSync(path)
    rmSync(finished, { recursive: true, force: true })
    return new DomainError('backup.restored', { name, replaced })
  } catch (failure) {
    throw toStoreError(failure, { file: path })
  } finally {
    lock.release()
  }
}

/** A copy with this name is whole: from then on the backup itself is not needed any more. */
function stage(backup: string, staged: string): void {
  if (existsSync(staged)) return
  rmSync(`${staged}.part`, { recursive: true, force: true })
  cpSync(backup, `${staged}.part`, { recursive: true })
  renameSync(`${staged}.part`, staged)
}

interface Place {
  readonly home: string
  readonly staged: string
  readonly replaced: string
}

/** A part that the backup does not hold stays; one that was placed by a start before this is not there any more. */
function place(name: string, { home, staged, replaced }: Place): void {
  const from = join(staged, name)
  if (!existsSync(from)) return
  const there = join(home, name)
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(there + suffix)) renameSync(there + suffix, join(replaced, name + suffix))
  }
  renameSync(from, there)
}
