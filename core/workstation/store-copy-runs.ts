import { DomainError } from '../domain/errors.ts'
import type { OptimisationSummary } from '../stores/optimisation-store.ts'
import type { RunSummary } from '../stores/run-records.ts'
import { type RunTable, type RunTableName, runTableNames } from '../stores/run-store.ts'
import { type Copy, step } from './store-copy-state.ts'

const page = 100

/** Ended runs with their results; one that still runs is left out. */
export async function copyRuns(copy: Copy): Promise<void> {
  for (let offset = 0; ; offset += page) {
    const { runs } = await copy.from.runs.list({ search: '', limit: page, offset })
    for (const run of runs) {
      step(copy)
      if (run.state !== 'running') await copyRun(copy, run)
    }
    if (runs.length < page) return
  }
}

async function copyRun(copy: Copy, run: RunSummary): Promise<void> {
  const { from, to, report } = copy
  const tables = await tablesOf(copy, run.id)
  const there = await existing(() => to.runs.get(run.id))
  if (there !== null && there.summary.state === run.state) {
    const isEqual = (await sameTables(copy, run.id, tables)) && JSON.stringify(there.summary) === JSON.stringify(run)
    if (isEqual) report.kept++
    else report.different.push(run.id)
    return
  }
  // What a copy that was cut off left behind.
  if (there !== null) await to.runs.delete(run.id)
  const { capsule, log } = await from.runs.get(run.id)
  const { id, createdAt, strategyName, config, durationMs, counts, metrics, error, note } = run
  await to.runs.create({ id, createdAt, strategyName, config, capsule })
  if (note !== '') await to.runs.annotate(id, note)
  if (run.state === 'done') await to.runs.finish(id, { durationMs, counts, metrics, capsule, log, tables })
  else if (run.state === 'cancelled' || error === null) await to.runs.cancel(id, { durationMs, log })
  else await to.runs.fail(id, error, { durationMs, log })
  report.runs++
  if (!(await sameTables(copy, id, tables))) report.different.push(id)
}

type Tables = Partial<Record<RunTableName, RunTable>>

async function tablesOf({ from }: Copy, run: string): Promise<Tables> {
  const tables: Tables = {}
  for (const name of runTableNames) {
    const table = await from.runs.columns(run, name)
    if (Object.keys(table.columns).length > 0) tables[name] = table
  }
  return tables
}

async function sameTables({ to }: Copy, run: string, tables: Tables): Promise<boolean> {
  for (const name of runTableNames) {
    const [wanted, given] = [tables[name], await to.runs.columns(run, name)]
    if (!sameTable(wanted ?? { rows: 0, columns: {}, texts: {} }, given)) return false
  }
  return true
}

function sameTable(a: RunTable, b: RunTable): boolean {
  const names = Object.keys(a.columns)
  if (a.rows !== b.rows || names.join() !== Object.keys(b.columns).join()) return false
  if (JSON.stringify(a.texts) !== JSON.stringify(b.texts)) return false
  return names.every((name) =>
    (a.columns[name] as Float64Array).every((value, row) => Object.is(value, b.columns[name]?.[row])),
  )
}

async function existing<Value>(get: () => Promise<Value>): Promise<Value | null> {
  try {
    return await get()
  } catch (failure) {
    if (failure instanceof DomainError && /^(run|optimisation)\.unknown$/.test(failure.code)) return null
    throw failure
  }
}

/** Optimisations with their trials; one that still runs is left out. */
export async function copyOptimisations(copy: Copy): Promise<void> {
  for (let offset = 0; ; offset += page) {
    const { optimisations } = await copy.from.optimisations.list({ search: '', limit: page, offset })
    for (const one of optimisations) {
      step(copy)
      if (one.state !== 'running') await copyOptimisation(copy, one)
    }
    if (optimisations.length < page) return
  }
}

async function copyOptimisation({ from, to, report }: Copy, one: OptimisationSummary): Promise<void> {
  const { id, createdAt, strategyName, idea, config, planned, durationMs, error, best, resultHash } = one
  const there = await existing(() => to.optimisations.get(id))
  if (there?.summary.state === one.state && there.summary.resultHash === resultHash && one.state !== 'interrupted') {
    report.kept++
    return
  }
  const { capsule, columns } = await from.optimisations.get(id)
  if (there === null)
    await to.optimisations.create({ id, createdAt, strategyName, idea, config, planned, columns, capsule })
  const trials = await from.optimisations.trials(id)
  // Trials that are there already are left alone, and the idea counts each once.
  const sharpe = columns.indexOf('sharpe')
  const sharpes = Float64Array.from(trials.points, (_, k) =>
    sharpe < 0 ? Number.NaN : (trials.values[k * columns.length + sharpe] as number),
  )
  await to.optimisations.addTrials(id, { ...trials, sharpes })
  if (one.state !== 'interrupted' && one.state !== 'running') {
    const walk = await from.optimisations.walk(id)
    await to.optimisations.end(id, { state: one.state, durationMs, error, best, resultHash, walk })
  }
  report.optimisations++
  const after = await to.optimisations.get(id)
  if (after.summary.done !== one.done || after.summary.resultHash !== resultHash) report.different.push(id)
}
