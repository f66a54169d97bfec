import { DomainError } from '../domain/errors.ts'
import { parseConstraint } from '../engine/optimiser/constraint.ts'
import { countPoints } from '../engine/optimiser/search.ts'
import type { SearchOptions } from '../engine/optimiser/search-method.ts'
import { completeRanges, type Point, paramsAt, type SearchSpace, spaceOf } from '../engine/optimiser/search-space.ts'
import type { TrialTask } from '../engine/optimiser/trial.ts'
import { trialFacts } from '../engine/optimiser/trial-result.ts'
import { walkWindows } from '../engine/optimiser/walk-forward.ts'
import { metricCatalogue } from '../reports/metric-catalogue.ts'
import { headlineMetrics } from '../reports/metrics.ts'
import type { OptimiseConfig } from '../stores/optimisation-store.ts'
import { completeConfig, kernelInput, refuseProblems } from './backtests.ts'
import type { BarsUsed } from './bars.ts'
import type { CheckedStrategy, CompiledStrategy, ParamSpec } from './ports.ts'
import type { TrialJob } from './trial-port.ts'

/** One window of a walk forward in time; `to` is exclusive. */
export interface TimeWindow {
  readonly from: number
  readonly cut: number
  readonly to: number
  readonly inSampleBars: number
  readonly outOfSampleBars: number
}

/** An optimisation that has been checked completely: everything that its trials need. */
export interface Question {
  readonly config: OptimiseConfig
  readonly bundle: CompiledStrategy
  readonly keepsState: boolean
  readonly used: readonly BarsUsed[]
  readonly space: SearchSpace
  readonly search: SearchOptions
  /** Points of the search; each window asks as many. */
  readonly points: number
  readonly first: Point
  readonly windows: readonly TimeWindow[] | null
  /** Trials in all. */
  readonly planned: number
}

/** Names of the figures that a worker answers with: the headlines of a run, and what else is an objective. */
export function figureColumns({ objectives }: OptimiseConfig): string[] {
  const more = objectives.map(({ metric }) => metric)
  return [...new Set([...trialFacts, ...headlineMetrics, ...more])]
}

/** Names of what is stored of every trial: its window, the coordinates of its point, its figures. */
export function trialColumns({ config, space }: Pick<Question, 'config' | 'space'>): string[] {
  return ['window', ...space.axes.map(({ name }) => `param:${name}`), ...figureColumns(config)]
}

/** Checks everything that can be wrong with an optimisation; what passes can be run. */
export function askQuestion(config: OptimiseConfig, checked: CheckedStrategy, used: readonly BarsUsed[]): Question {
  refuseProblems(checked)
  const specs = checked.params
  const ranges = completeRanges(specs, config.space) as OptimiseConfig['space']
  const full = { ...config, run: completeConfig(config.run, specs), space: ranges }
  refuseUnknownMetrics(full)
  const search = searchOf(full, specs)
  const windows = full.walkForward === null ? null : timeWindows(full, used)
  const { points, first } = countPoints(search)
  if (first === undefined) throw new DomainError('optimise.empty', { text: full.where })
  const { bundle, keepsState } = checked
  const planned = points * (windows?.length ?? 1)
  return { config: full, bundle, keepsState, used, space: search.space, search, points, first, windows, planned }
}

function searchOf(config: OptimiseConfig, specs: readonly ParamSpec[]): SearchOptions {
  const space = spaceOf(config.space)
  const allows = parseConstraint(
    config.where,
    specs.map(({ name }) => name),
  )
  const { method, trials, seed } = config
  return { space, fixed: config.run.params, allows, method, trials, seed }
}

function refuseUnknownMetrics({ objectives, combination }: OptimiseConfig): void {
  for (const { metric } of objectives) {
    if (metricCatalogue.some(({ id }) => id === metric)) continue
    throw new DomainError('metric.unknown', { metric })
  }
  if (combination === 'pareto' && objectives.length < 2) {
    throw new DomainError('optimise.range', { name: '', reason: 'combination' })
  }
}

/** Windows are cut by the bars of the first instrument; the others follow its clock. */
function timeWindows({ walkForward }: OptimiseConfig, used: readonly BarsUsed[]): TimeWindow[] {
  const bars = used[0]?.bars
  if (walkForward === null || bars === undefined) return []
  const timeAt = (row: number) => bars.time[row] ?? bars.closeTime[bars.length - 1] ?? Number.NaN
  return walkWindows(bars.length, walkForward).map(({ from, cut, to }) => ({
    from: timeAt(from),
    cut: timeAt(cut),
    to: timeAt(to),
    inSampleBars: cut - from,
    outOfSampleBars: to - cut,
  }))
}

/** What a queue is given once. */
export function trialJob({ config, bundle, keepsState, used }: Question): TrialJob {
  const { params: _, ...setup } = kernelInput(config.run, used)
  return { bundle, keepsState, setup, columns: figureColumns(config) }
}

/** The run of a point, in sample when there is a window. */
export function trialTask({ config, space }: Question, point: Point, window: TimeWindow | undefined): TrialTask {
  const params = { ...config.run.params, ...paramsAt(space, point) }
  return { params, from: window?.from ?? null, to: window?.cut ?? null, warm: false, detail: false }
}
