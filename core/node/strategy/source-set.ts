import { createHash } from 'node:crypto'

/** A strategy's modules: posix path relative to the entry's folder → TypeScript text. */
export type Sources = Readonly<Record<string, string>>

/** The entry and every module that it imports, as they were read: what a capsule keeps. */
export interface SourceSet {
  readonly entry: string
  readonly sources: Sources
}

/** SHA-256 over the modules in name order: the same text gives the same hash on every machine and bundler version. */
export function codeHash(set: SourceSet): string {
  const hash = createHash('sha256')
  hash.update(set.entry)
  for (const name of Object.keys(set.sources).sort()) {
    const text = set.sources[name] as string
    hash.update(`\0${name}\0${Buffer.byteLength(text)}\0`)
    hash.update(text)
  }
  return hash.digest('hex')
}
