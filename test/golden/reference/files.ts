import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Every JSON file below a folder (or the file itself), plain or gzip, sorted by path. */
export function findReferenceFiles(root: string): string[] {
  if (statSync(root, { throwIfNoEntry: false }) === undefined) return []
  if (statSync(root).isFile()) return [root]
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.json(\.gz)?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
