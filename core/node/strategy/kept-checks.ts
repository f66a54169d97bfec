import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../../workstation/ports.ts'
import type { SourceSet } from './source-set.ts'

/** What type checks have found, by the texts that were checked: a terminal need not load the compiler for what it knows. */
export interface KeptChecks {
  /** Undefined: not known. */
  find(set: SourceSet): readonly Problem[] | undefined
  /** Never throws: without it the next check takes a second longer. */
  keep(set: SourceSet, problems: readonly Problem[]): void
}

const most = 200

/** `against`: everything else that a check depends on, e.g. the declarations; another text is another check. */
export function openKeptChecks(folder: string, against: readonly string[]): KeptChecks {
  const fileOf = ({ entry, sources }: SourceSet) => {
    const hash = createHash('sha256')
    for (const text of [...against, entry, JSON.stringify(sources)]) hash.update(`${text.length}:${text}`)
    return join(folder, `${hash.digest('hex')}.json`)
  }
  return {
    find(set) {
      try {
        return JSON.parse(readFileSync(fileOf(set), 'utf8')) as Problem[]
      } catch {
        return undefined
      }
    },
    keep(set, problems) {
      try {
        mkdirSync(folder, { recursive: true })
        const file = fileOf(set)
        writeFileSync(`${file}.${process.pid}`, JSON.stringify(problems))
        renameSync(`${file}.${process.pid}`, file)
        forgetOldest(folder)
      } catch {
        // A full or read-only disk: nothing depends on it
      }
    },
  }
}

function forgetOldest(folder: string): void {
  const names = readdirSync(folder)
  if (names.length <= most) return
  const byAge = names.map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs })).sort((a, b) => a.at - b.at)
  for (const { name } of byAge.slice(0, names.length - most)) rmSync(join(folder, name), { force: true })
}
