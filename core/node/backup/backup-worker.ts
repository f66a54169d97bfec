import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import DatabaseFile from 'better-sqlite3'
import { ensureDefined } from '../../lib/assert.ts'
import { toStoreError } from '../store/sqlite-errors.ts'
import { serveCalls } from '../worker-call.ts'
import {
  archiveFolder,
  databaseFiles,
  filesBelow,
  findingsOf,
  hashOf,
  type Manifest,
  readManifest,
  strategiesFolder,
} from './backup-set.ts'

export interface BackupTask {
  readonly home: string
  /** Where the backup will stand. */
  readonly folder: string
  /** Where it is made. */
  readonly part: string
  readonly at: number
  readonly version: string
}

serveCalls(ensureDefined(parentPort, 'the port of the backup worker'), {
  create: async (task: BackupTask) => {
    try {
      await create(task)
    } catch (failure) {
      rmSync(task.part, { recursive: true, force: true })
      throw toStoreError(failure, { file: task.folder })
    }
  },
  verify: async (folder: string) => {
    const manifest = await readManifest(folder)
    return manifest === undefined ? ['manifest.json: missing'] : findingsOf(folder, manifest)
  },
})

async function create({ home, folder, part, at, version }: BackupTask): Promise<void> {
  mkdirSync(part, { recursive: true })
  for (const file of databaseFiles) copyDatabase(join(home, `${file}.db`), join(part, `${file}.db`))
  for (const folder of [strategiesFolder, archiveFolder]) {
    for (const name of await filesBelow(join(home, folder))) {
      const target = join(part, folder, name)
      mkdirSync(dirname(target), { recursive: true })
      const put = folder === archiveFolder ? linkOrCopy : copyFileSync
      put(join(home, folder, name), target)
    }
  }
  const files: Manifest['files'] = []
  for (const name of await filesBelow(part)) {
    const path = join(part, name)
    toDisk(path)
    files.push({ name, bytes: statSync(path).size, sha256: await hashOf(path) })
  }
  writeFileSync(
    join(part, 'manifest.json'),
    JSON.stringify({ format: 1, at, version, files } satisfies Manifest, null, 1),
  )
  toDisk(join(part, 'manifest.json'))
  renameSync(part, folder)
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

/** Archived files never change, so another name of the same file is a copy that takes no room. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to)
  }
}

function toDisk(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
