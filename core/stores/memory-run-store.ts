import { DomainError } from '../domain/errors.ts'
import type { RunCapsule, RunLogLine, RunState, RunSummary } from './run-records.ts'
import { runSearchText, searchWords } from './run-search.ts'
import type { RunStore, RunTable, RunTableName } from './run-store.ts'

interface RunChange extends Partial<Omit<StoredRun, 'summary'>> {
  readonly summary: Partial<RunSummary>
}

interface StoredRun {
  readonly summary: RunSummary
  readonly capsule: RunCapsule
  readonly log: readonly RunLogLine[]
  readonly tables: Readonly<Partial<Record<RunTableName, RunTable>>>
}

/** What JSON keeps of a record: the same that a database keeps of it. */
const clone = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value

function cloneTable({ rows, columns, texts }: RunTable): RunTable {
  const copies = Object.entries(columns).map(([name, column]) => [name, column.slice()] as const)
  return { rows, columns: Object.fromEntries(copies), texts: clone(texts) }
}

function cloneTables(tables: StoredRun['tables']): StoredRun['tables'] {
  return Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, cloneTable(table)]))
}

const noCounts = { bars: 0, orders: 0, fills: 0, trades: 0 }

/** A RunStore that forgets when its process ends. */
export function createMemoryRunStore(): RunStore {
  const stored = new Map<string, StoredRun>()
  const get = (id: string): StoredRun => {
    const run = stored.get(id)
    if (run === undefined) throw new DomainError('run.unknown', { run: id })
    return run
  }
  const keep = (id: string, run: StoredRun): RunSummary => {
    const { summary, capsule, log, tables } = run
    stored.set(id, { ...clone({ summary, capsule, log }), tables: cloneTables(tables) })
    return clone(summary)
  }
  const end = (id: string, state: RunState, change: RunChange) => {
    const run = get(id)
    if (run.summary.state !== 'running') throw new DomainError('run.unknown', { run: id, state: run.summary.state })
    return keep(id, { ...run, ...change, summary: { ...run.summary, ...change.summary, state } })
  }
  return {
    async create({ capsule, ...run }) {
      if (stored.has(run.id)) throw new Error(`Invariant: run ${run.id} exists`)
      const summary: RunSummary = {
        ...run,
        state: 'running',
        durationMs: 0,
        counts: noCounts,
        metrics: {},
        error: null,
        note: '',
      }
      return keep(run.id, { summary, capsule, log: [], tables: {} })
    },
    async finish(id, { durationMs, counts, metrics, capsule, log, tables }) {
      return end(id, 'done', { summary: { durationMs, counts, metrics }, capsule, log, tables })
    },
    async fail(id, error, { durationMs, log }) {
      return end(id, 'failed', { summary: { durationMs, error }, log })
    },
    async cancel(id, { durationMs, log }) {
      return end(id, 'cancelled', { summary: { durationMs }, log })
    },
    async list({ search, limit, offset }) {
      const words = searchWords(search)
      const found = [...stored.values()]
        .filter(({ summary }) => words.every((word) => runSearchText(summary).includes(word)))
        .map(({ summary }) => summary)
        .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
      return { runs: clone(found.slice(offset, offset + limit)), total: found.length }
    },
    async get(id) {
      const { summary, capsule, log, tables } = get(id)
      return clone({ summary, capsule, log: [...log], recorded: Object.keys(tables.recorded?.columns ?? {}) })
    },
    async columns(id, table) {
      return cloneTable(get(id).tables[table] ?? { rows: 0, columns: {}, texts: {} })
    },
    async annotate(id, note) {
      const run = get(id)
      return keep(id, { ...run, summary: { ...run.summary, note } })
    },
    async delete(id) {
      get(id)
      stored.delete(id)
    },
  }
}
