import { DomainError } from '../domain/errors.ts'
import * as api from './api.ts'
import { type LiveConfig, LiveRun } from './live/live-run.ts'
import { TrialBench, type TrialOptions, type TrialResult, type TrialSetup, type TrialTask } from './optimiser/trial.ts'
import { type ParamSpecWire, readParamSpecs, resolveParams } from './params.ts'
import type { RunConfig, RunProgress } from './run-config.ts'
import type { LogLine } from './run-log.ts'
import { collectResult, type RunResult } from './run-result.ts'
import { Session } from './session.ts'
import { Strategy } from './strategy.ts'
import { type StrategyLine, strategyLines } from './strategy-lines.ts'

export type { TrialResult, TrialSetup, TrialTask } from './optimiser/trial.ts'
export type { ParamSpecWire } from './params.ts'
export type { ResultTable } from './result-table.ts'
export type { RunResult } from './run-result.ts'
export type { StrategyLine } from './strategy-lines.ts'

/** What `import … from 'tickwright'` gives a strategy. */
export const modules = { tickwright: { ...api } }

export interface BacktestInput extends RunConfig {
  /** The strategy's module exports. */
  readonly strategyExports: unknown
  /** Is told what a run that throws had written to its log. */
  readonly onFailure?: ((log: readonly LogLine[]) => void) | undefined
}

/** Title and parameters of a strategy. Throws `strategy.shape` when there is no default class extending Strategy. */
export function describeStrategy(exports: unknown): { title: string; params: ParamSpecWire[] } {
  const make = strategyClass(exports)
  const declared = (make as { readonly params?: unknown }).params
  return { title: titleOf(make), params: readParamSpecs(declared) }
}

/** One backtest from beginning to end. The same inputs give the same bytes. */
export function runBacktest(input: BacktestInput): RunResult {
  const make = strategyClass(input.strategyExports)
  const specs = readParamSpecs((make as { readonly params?: unknown }).params)
  const session = new Session(make, { ...withRules(input), params: resolveParams(specs, input.params) })
  try {
    session.run()
  } catch (failure) {
    input.onFailure?.(session.log.lines())
    throw failure
  }
  return collectResult(session)
}

/** Opens a live run of the strategy; its bars are still to come. See LiveRun. */
export function openLive({ strategyExports, ...config }: LiveConfig & { readonly strategyExports: unknown }): LiveRun {
  const make = strategyClass(strategyExports)
  const specs = readParamSpecs((make as { readonly params?: unknown }).params)
  return new LiveRun(make, { ...config, params: resolveParams(specs, config.params) })
}

/** The lines that a strategy hangs on one of its instruments: what `onStart` makes, without a run. */
export function listLines(input: BacktestInput, instrument: number): StrategyLine[] {
  const make = strategyClass(input.strategyExports)
  const specs = readParamSpecs((make as { readonly params?: unknown }).params)
  const session = new Session(make, { ...input, params: resolveParams(specs, input.params) })
  session.prepare()
  return session.hosts.flatMap(({ instruments }) => {
    const found = instruments[instrument]
    return found === undefined ? [] : strategyLines(found)
  })
}

/**
 * Many runs of one strategy over the same bars. Each run is given the strategy's exports afresh, so that what a module
 * keeps in variables of its own never leads from one run to the next.
 */
export function openTrials(
  setup: TrialSetup,
  options: TrialOptions,
): (exports: unknown, task: TrialTask, progress: RunProgress | undefined) => TrialResult {
  const bench = new TrialBench(withRules(setup), options)
  return (exports, task, progress) => {
    const make = strategyClass(exports)
    const specs = readParamSpecs((make as { readonly params?: unknown }).params)
    return bench.run({ make, params: resolveParams(specs, task.params) }, task, progress)
  }
}

/** What follows from the profile, for backtests and trials alike. */
function withRules<Config extends Pick<RunConfig, 'profile'>>(config: Config): Config & Pick<RunConfig, 'isStrict'> {
  return { isStrict: config.profile === 'default', ...config }
}

function strategyClass(exports: unknown): new () => Strategy {
  const found = (exports as { readonly default?: unknown } | null | undefined)?.default
  if (typeof found !== 'function') throw new DomainError('strategy.shape', { reason: 'default' })
  if (!(found.prototype instanceof Strategy)) throw new DomainError('strategy.shape', { reason: 'class' })
  refuseAsync(found.prototype)
  return found as new () => Strategy
}

/** A strategy decides within the bar: what follows an `await` would never run, and nobody would say so. */
function refuseAsync(prototype: object): void {
  for (let level = prototype; level !== Strategy.prototype; level = Object.getPrototypeOf(level)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(level))) {
      const isAsync = Object.prototype.toString.call(value).startsWith('[object Async')
      if (isAsync && name.startsWith('on')) throw new DomainError('strategy.shape', { reason: 'async', name })
    }
  }
}

/** `static title`, else the class name in words: SmaCross → Sma cross. */
function titleOf(make: { readonly name: string; readonly title?: unknown }): string {
  if (typeof make.title === 'string' && make.title !== '') return make.title
  const words = make.name.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
  return words.charAt(0) + words.slice(1).toLowerCase()
}
