import type { Gives } from '../../../contract/contract.ts'
import { isDomainError } from '../../../domain/errors.ts'
import { callService, type Service } from '../../call-service.ts'
import { followJob } from '../follow-job.ts'
import { cell, dateCell, jsonColumns, textTable } from '../output.ts'
import { searchConfig, searchOptions, searchUsage, workersOf } from '../search-options.ts'
import { exitCode, flag, number, text, type Verb, type VerbContext } from '../verb.ts'
import { metricCell } from './backtest.ts'

type Started = Gives<'optimise.start'>
type Found = Gives<'optimise.get'>
type Trials = Gives<'optimise.trials'>
type Metrics = Gives<'metric.list'>['metrics']

/** Rows of the table for people. */
const usualTop = 10

export const optimiseVerb: Verb = {
  name: 'optimise',
  words: 1,
  usage: `optimise STRATEGY.ts --data NAME|FILE ${searchUsage} [options of backtest] | optimise --resume ID | --show ID | --list | --delete ID`,
  about: 'Runs a strategy at many parameters on all cores, stores every trial, ranks them.',
  options: {
    ...searchOptions,
    show: { type: 'string' },
    list: { type: 'boolean' },
    delete: { type: 'string' },
  },
  async run(context) {
    const service = await context.service()
    const { values } = context
    const doomed = text(values, 'delete')
    if (doomed !== undefined) await callService(service, 'optimise.delete', { optimisation: doomed })
    if (doomed !== undefined || flag(values, 'list')) return listAll(context, service)
    const shown = text(values, 'show')
    const id = shown ?? (await runSearch(context, service, () => startOrResume(context, service)))
    const found = await callService(service, 'optimise.get', { optimisation: id })
    const trials = await callService(service, 'optimise.trials', { optimisation: id, metrics: null })
    const { metrics } = await callService(service, 'metric.list', {})
    context.output.answer({ ...found, trials: { ...trials.reply, columns: jsonColumns(trials.columns) } }, () => {
      return report(found, trials, metrics, number(values, 'top') ?? usualTop)
    })
    return exitCode.done
  },
}

async function startOrResume(context: VerbContext, service: Service): Promise<Started> {
  const workers = workersOf(context)
  const resumed = text(context.values, 'resume')
  if (resumed !== undefined) return callService(service, 'optimise.resume', { optimisation: resumed, workers })
  const config = await searchConfig(context, service)
  return callService(service, 'optimise.start', { config, workers })
}

/** Follows a search to its end; a cancelled one tells how to go on. */
export async function runSearch(
  context: VerbContext,
  service: Service,
  start: () => Promise<Started>,
): Promise<string> {
  let id = ''
  try {
    await followJob(context, service, async () => {
      const started = await start()
      id = started.optimisation
      return started.job
    })
  } catch (failure) {
    const kept = isDomainError(failure) && ['cancelled', 'optimise.lost'].includes(failure.code) && id !== ''
    if (kept) context.output.note(`${id}: what was finished is kept; tickwright optimise --resume ${id} goes on.`)
    throw failure
  }
  return id
}

async function listAll({ output, values }: VerbContext, service: Service): Promise<number> {
  const limit = number(values, 'top') ?? 20
  const document = await callService(service, 'optimise.list', { search: '', limit, offset: 0 })
  output.answer(document, () => {
    const rows = document.optimisations.map(({ id, createdAt, state, strategyName, config, done, planned, best }) => [
      ...[id, dateCell(createdAt), state, strategyName, config.run.instruments.join(',')],
      ...[config.walkForward === null ? config.method : 'walk forward', `${done}/${planned}`],
      best === null ? '–' : paramsText(best.params, Object.keys(config.space)),
    ])
    const head = ['optimisation', 'created', 'state', 'strategy', 'data', 'method', 'trials', 'best']
    return `${textTable(head, rows)}\n${document.optimisations.length} of ${document.total}`
  })
  return exitCode.done
}

/** `fast=10 slow=30`: the searched parameters of a set. */
export function paramsText(params: Readonly<Record<string, unknown>>, names: readonly string[]): string {
  return names.map((name) => `${name}=${params[name]}`).join(' ')
}

function report(found: Found, trials: Trials, metrics: Metrics, top: number): string {
  const { optimisation, overfitting } = found
  const { strategyName, config, done, planned, failed, durationMs } = optimisation
  const head = `${strategyName} on ${config.run.instruments.join(', ')} at ${config.run.interval}: ${done} of ${planned} trials by ${config.method} in ${(durationMs / 1000).toFixed(2)} s${failed === 0 ? '' : `, ${failed} failed`}`
  const lines = [head, trialTable(found, trials, metrics, top)]
  for (const { point, error } of trials.reply.failures.slice(0, 3)) lines.push(`trial ${point + 1}: ${error.code}`)
  if (overfitting !== null) lines.push(luckText(overfitting))
  lines.push(`optimisation ${optimisation.id}   result ${optimisation.resultHash?.slice(0, 16) ?? '–'}`)
  return lines.join('\n')
}

function trialTable({ optimisation, axes }: Found, { reply, columns }: Trials, metrics: Metrics, top: number): string {
  const shown = [...new Set([...optimisation.config.objectives.map(({ metric }) => metric), 'net-profit', 'trades'])]
  const rank = columns.rank ?? new Float64Array()
  const rows = [...rank.keys()].filter((row) => !Number.isNaN(rank[row]))
  rows.sort((a, b) => (rank[a] as number) - (rank[b] as number) || a - b)
  const cells = rows.slice(0, top).map((row) => [
    cell(rank[row], 0),
    ...axes.map(({ name }) => {
      const value = columns[`param:${name}`]?.[row] ?? Number.NaN
      return reply.texts[`param:${name}`]?.[value] ?? String(value)
    }),
    ...shown.map((id) => {
      const value = columns[`metric:${id}`]?.[row] ?? Number.NaN
      const unit = metrics.find((metric) => metric.id === id)?.unit ?? 'number'
      return metricCell(Number.isFinite(value) ? value : null, unit)
    }),
    cell(columns.plateau?.[row]),
    cell(columns.deflated?.[row]),
  ])
  const titles = shown.map((id) => metrics.find((metric) => metric.id === id)?.title.en ?? id)
  const head = ['rank', ...axes.map(({ name }) => name), ...titles, 'Plateau', 'Deflated Sharpe']
  return cells.length === 0 ? 'No trial has a score.' : textTable(head, cells)
}

function luckText(luck: NonNullable<Found['overfitting']>): string {
  const days = (value: number | null) => (value === null ? 'never' : `${Math.ceil(value)} days`)
  return [
    `Best Sharpe ratio ${cell(luck.sharpe)}; the best of ${luck.ideaTrials} trials of this idea would show ${cell(luck.expectedMaximum)} by luck.`,
    `Deflated Sharpe ratio ${cell(luck.deflated)} (probability that it is skill), undeflated ${cell(luck.probabilistic)}; measured on ${cell(luck.days, 0)} days, needed: ${days(luck.minimumDays)}, against luck ${days(luck.minimumDaysDeflated)}.`,
  ].join('\n')
}
