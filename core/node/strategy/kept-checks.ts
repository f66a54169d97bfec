import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../../workstation/ports.ts'
import type { SourceSet } from './source-set.ts'

/** What only the TypeScript compiler can say about a strategy. */
export interface SourceCheck {
  readonly problems: readonly Problem[]
  /** Whether its modules may keep something between two runs. */
  readonly keepsState: boolean
}

/** The outcome of checks by the texts that were checked: a terminal need not load the compiler for what it knows. */
export interface KeptChecks {
  /** Undefined: not known. */
  find(set: SourceSet): SourceCheck | undefined
  /** Never throws: without it the next check takes a second longer. */
  keep(set: SourceSet, check: SourceCheck): void
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
        return JSON.parse(readFileSync(fileOf(set), 'utf8')) as SourceCheck
      } catch {
        return undefined
      }
    },
    keep(set, check) {
      try {
        mkdirSync(folder, { recursive: true })
        const file = fileOf(set)
        writeFileSync(`${file}.${process.pid}`, JSON.stringify(check))
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
