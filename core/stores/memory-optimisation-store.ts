import { DomainError } from '../domain/errors.ts'
import {
  ideaTally,
  type OptimisationEnd,
  type OptimisationStore,
  type OptimisationSummary,
  optimisationSearchText,
} from './optimisation-store.ts'
import type { RunCapsule, RunError } from './run-records.ts'
import { searchWords } from './run-search.ts'

interface StoredTrial {
  readonly values: Float64Array
  readonly error: RunError | null
}

interface Stored {
  summary: OptimisationSummary
  readonly capsule: RunCapsule
  readonly columns: readonly string[]
  readonly trials: Map<number, StoredTrial>
  walk: OptimisationEnd['walk']
}

interface Tally {
  trials: number
  sharpes: number
  sum: number
  squares: number
}

/** What JSON keeps of a record: the same that a database keeps of it. */
const clone = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value

/** An OptimisationStore that forgets when its process ends. */
export function createMemoryOptimisationStore(): OptimisationStore {
  const stored = new Map<string, Stored>()
  const ideas = new Map<string, Tally>()
  const find = (id: string): Stored => {
    const found = stored.get(id)
    if (found === undefined) throw new DomainError('optimisation.unknown', { optimisation: id })
    return found
  }
  const change = (id: string, patch: Partial<OptimisationSummary>) => {
    const found = find(id)
    found.summary = clone({ ...found.summary, ...patch })
    return clone(found.summary)
  }
  const count = (idea: string, sharpe: number) => {
    const tally = ideas.get(idea) ?? { trials: 0, sharpes: 0, sum: 0, squares: 0 }
    ideas.set(idea, tally)
    tally.trials++
    if (Number.isNaN(sharpe)) return
    tally.sharpes++
    tally.sum += sharpe
    tally.squares += sharpe * sharpe
  }
  return {
    async create({ capsule, columns, ...given }) {
      if (stored.has(given.id)) throw new Error(`Invariant: optimisation ${given.id} exists`)
      const open = { durationMs: 0, done: 0, failed: 0, best: null, error: null, resultHash: null }
      const summary: OptimisationSummary = { ...given, ...open, state: 'running' }
      stored.set(given.id, { ...clone({ summary, capsule, columns }), trials: new Map(), walk: null })
      return clone(summary)
    },
    async addTrials(id, { points, values, errors, sharpes }) {
      const { trials, summary, columns } = find(id)
      for (const [k, point] of points.entries()) {
        if (trials.has(point)) continue
        const row = values.slice(k * columns.length, (k + 1) * columns.length)
        trials.set(point, { values: row, error: clone(errors[k] ?? null) })
        count(summary.idea, sharpes[k] as number)
      }
      const failed = [...trials.values()].filter(({ error }) => error !== null).length
      change(id, { done: trials.size, failed })
    },
    async end(id, { walk, durationMs, ...end }) {
      const found = find(id)
      if (found.summary.state !== 'running') throw new DomainError('optimisation.unknown', { optimisation: id })
      found.walk = walk
      return change(id, { ...end, durationMs: found.summary.durationMs + durationMs })
    },
    async resume(id) {
      const { state } = find(id).summary
      if (state === 'running' || state === 'done') {
        throw new DomainError('optimisation.not-resumable', { optimisation: id, reason: state, instrument: '' })
      }
      return change(id, { state: 'running', error: null })
    },
    async list({ search, limit, offset }) {
      const words = searchWords(search)
      const found = [...stored.values()]
        .map(({ summary }) => summary)
        .filter((summary) => words.every((word) => optimisationSearchText(summary).includes(word)))
        .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
      return { optimisations: clone(found.slice(offset, offset + limit)), total: found.length }
    },
    async get(id) {
      const { summary, capsule, columns } = find(id)
      return clone({ summary, capsule, columns: [...columns] })
    },
    async trials(id) {
      const { trials, columns } = find(id)
      const rows = [...trials].sort(([a], [b]) => a - b)
      const values = new Float64Array(rows.length * columns.length)
      for (const [k, [, trial]] of rows.entries()) values.set(trial.values, k * columns.length)
      return {
        points: Float64Array.from(rows, ([point]) => point),
        values,
        errors: clone(rows.map(([, { error }]) => error)),
      }
    },
    walk: async (id) => find(id).walk,
    async idea(idea) {
      const { trials, sharpes, sum, squares } = ideas.get(idea) ?? { trials: 0, sharpes: 0, sum: 0, squares: 0 }
      return ideaTally(trials, sharpes, sum, squares)
    },
    async delete(id) {
      if (find(id).summary.state === 'running') throw new DomainError('optimisation.running', { optimisation: id })
      stored.delete(id)
    },
  }
}
