import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { ensureDefined } from '../../lib/assert.ts'
import { toStoreError } from '../store/sqlite-errors.ts'
import { serveCalls } from '../worker-call.ts'
import { filesBelow, findingsOf, hashOf, type Manifest, readManifest } from './backup-set.ts'
import { copyFolder } from './copy-folder.ts'

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
  await copyFolder(home, part)
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

function toDisk(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
