import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DomainError } from '../../domain/errors.ts'
import type { Backup, BackupPort } from '../../workstation/backup-port.ts'
import { toStoreError } from '../store/sqlite-errors.ts'
import { startWorker } from '../worker-call.ts'
import { databaseFiles, filesBelow, readManifest } from './backup-set.ts'
import type { BackupTask } from './backup-worker.ts'
import { pendingPath } from './restore-backup.ts'

interface BackupPlace {
  readonly home: string
  readonly version: string
  readonly workerUrl: URL
}

/** How often the growing copy is measured. */
const measureMs = 200

/** Backups below `backups/` of the data folder; copying and checking happen in a thread of their own. */
export function createBackupFiles({ home, version, workerUrl }: BackupPlace): BackupPort {
  const folder = join(home, 'backups')
  const known = async (name: string) => {
    const manifest = await readManifest(join(folder, name))
    if (manifest === undefined) throw new DomainError('backup.unknown', { name })
    return manifest
  }
  const inWorker = () => startWorker(workerUrl, { name: 'backup' })
  return {
    folder,
    async list() {
      const names = await readdir(folder).catch(() => [])
      const backups: Backup[] = []
      for (const name of names) {
        const manifest = await readManifest(join(folder, name))
        if (manifest === undefined) continue
        const files = manifest.files.map(({ name, bytes }) => ({ name, bytes }))
        const bytes = files.reduce((total, file) => total + file.bytes, 0)
        backups.push({ name, at: manifest.at, version: manifest.version, bytes, files })
      }
      return backups.sort((one, other) => other.at - one.at)
    },
    nextName(now) {
      const stamp = new Date(now).toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)
      for (let number = 1; ; number++) {
        const name = number === 1 ? stamp : `${stamp}-${number}`
        if (!existsSync(join(folder, name)) && !existsSync(partOf(join(folder, name)))) return name
      }
    },
    create(name, now, progress) {
      const target = join(folder, name)
      const part = partOf(target)
      const worker = inWorker()
      const total = bytesOf(databaseFiles.map((file) => join(home, `${file}.db`)))
      const measuring = setInterval(async () => {
        const done = await bytesOf((await filesBelow(part)).map((file) => join(part, file)))
        progress(Math.min(done, await total), await total)
      }, measureMs)
      const work = worker.call<void>('create', { home, folder: target, part, at: now, version } satisfies BackupTask)
      const ended = work.finally(() => {
        clearInterval(measuring)
        return worker.kill(new DomainError('cancelled'))
      })
      return {
        ended,
        async cancel() {
          await worker.kill(new DomainError('cancelled'))
          await rm(part, { recursive: true, force: true })
        },
      }
    },
    async verify(name) {
      await known(name)
      const worker = inWorker()
      try {
        return await worker.call<string[]>('verify', join(folder, name))
      } finally {
        await worker.kill(new DomainError('cancelled'))
      }
    },
    async setPending(name) {
      const path = pendingPath(home)
      if (name === null) return rm(path, { force: true })
      await known(name)
      try {
        await mkdir(home, { recursive: true })
        await writeFile(`${path}.part`, JSON.stringify({ name, set: `replaced-${name}-${Date.now()}` }))
        await rename(`${path}.part`, path)
      } catch (failure) {
        throw toStoreError(failure, { file: path })
      }
    },
    async pending() {
      const text = await readFile(pendingPath(home), 'utf8').catch(() => null)
      return text === null ? null : (JSON.parse(text) as { name: string }).name
    },
    async delete(name) {
      await known(name)
      await rm(join(folder, name), { recursive: true, force: true })
    },
  }
}

const partOf = (folder: string) => `${folder}.part`

async function bytesOf(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((total, size) => total + size, 0)
}
