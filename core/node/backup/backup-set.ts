import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import DatabaseFile from 'better-sqlite3'
import { z } from 'zod'
import type { StoreFile } from '../store/backups.ts'

/** Every database of a data folder. */
export const databaseFiles: readonly StoreFile[] = ['ledger', 'bars', 'market', 'live']
export const strategiesFolder = 'strategies'
export const archiveFolder = 'archive'

const manifestSchema = z.strictObject({
  format: z.literal(1),
  at: z.number(),
  version: z.string(),
  files: z.array(z.strictObject({ name: z.string(), bytes: z.number(), sha256: z.string() })),
})

/** What a backup holds, written last: a folder without it is no backup. */
export type Manifest = z.output<typeof manifestSchema>

/** Undefined: no backup, or one of a later format. */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')))
  } catch {
    return undefined
  }
}

export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer)
  return hash.digest('hex')
}

/** Names of the files below a folder, with slashes; none when it is missing. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile())
  return files.map(({ parentPath, name }) =>
    join(parentPath, name)
      .slice(folder.length + 1)
      .replaceAll('\\', '/'),
  )
}

/** What is wrong with a backup: missing and changed files, and what SQLite finds in a database. */
export async function findingsOf(folder: string, { files }: Manifest): Promise<string[]> {
  const findings: string[] = []
  for (const { name, bytes, sha256 } of files) {
    const path = join(folder, name)
    const facts = await stat(path).catch(() => undefined)
    if (facts === undefined) findings.push(`${name}: missing`)
    else if (facts.size !== bytes) findings.push(`${name}: ${facts.size} bytes, not ${bytes}`)
    else if ((await hashOf(path)) !== sha256) findings.push(`${name}: changed since the backup`)
    else if (name.endsWith('.db')) findings.push(...checkOf(path).map((text) => `${name}: ${text}`))
  }
  return findings
}

function checkOf(path: string): string[] {
  const db = new DatabaseFile(path, { readonly: true, fileMustExist: true })
  try {
    const rows = db.pragma('quick_check(5)') as { readonly quick_check: string }[]
    return rows.map(({ quick_check: text }) => text).filter((text) => text !== 'ok')
  } finally {
    db.close()
  }
}
