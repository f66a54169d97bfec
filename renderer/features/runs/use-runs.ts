import { useEffect, useState } from 'react'
import { bridge } from '../../bridge.ts'
import type { RunSummary } from '../../state/run-types.ts'

/** Rows of the first answer: a screenful at once; the rest follows in larger pages. */
const firstPage = 200
const laterPage = 2000

export interface RunHistory {
  readonly runs: readonly RunSummary[]
  readonly total: number
  readonly state: 'loading' | 'ready' | 'failed'
  readonly error: unknown
}

const start: RunHistory = { runs: [], total: 0, state: 'loading', error: null }

/**
 * Stored runs that match a search, newest first. Read again when `version` changes (a run was stored, finished,
 * annotated or deleted); what is shown stays until the new answer is there.
 */
export function useRuns(search: string, version: number): RunHistory {
  const [history, setHistory] = useState<RunHistory>(start)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` asks the same question again.
  useEffect(() => {
    let current = true
    const load = async () => {
      const first = await bridge().call('run.list', { search, limit: firstPage, offset: 0 })
      let runs = first.runs
      const isPart = runs.length < first.total
      // With later pages to come, the longer list on screen stays until the whole new one is there.
      if (current) {
        setHistory((shown) =>
          isPart && shown.state === 'ready' && shown.runs.length > runs.length
            ? { ...shown, runs: mergeNewest(shown.runs, first.runs) }
            : { runs, total: first.total, state: isPart ? 'loading' : 'ready', error: null },
        )
      }
      while (current && runs.length < first.total) {
        const next = await bridge().call('run.list', { search, limit: laterPage, offset: runs.length })
        if (next.runs.length === 0) break
        runs = [...runs, ...next.runs]
      }
      if (current && isPart) setHistory({ runs, total: runs.length, state: 'ready', error: null })
    }
    load().catch((error: unknown) => current && setHistory((shown) => ({ ...shown, state: 'failed', error })))
    return () => {
      current = false
    }
  }, [search, version])
  return history
}

/** A list with its newest part replaced: new runs in front, known ones refreshed in place. */
export function mergeNewest(shown: readonly RunSummary[], newest: readonly RunSummary[]): readonly RunSummary[] {
  const fresh = new Set(newest.map((run) => run.id))
  return [...newest, ...shown.filter((run) => !fresh.has(run.id))]
}
