import type { Gives, Takes } from '../contract/contract.ts'
import { toWireError } from '../contract/wire-error.ts'
import { DomainError, isDomainError } from '../domain/errors.ts'
import type { RunBroker } from '../stores/run-broker.ts'
import type { RunCapsule, RunConfig } from '../stores/run-records.ts'
import type { RunEnd, RunResult, RunTable } from '../stores/run-store.ts'
import { type BarService, type BarsUsed, dataUse } from './bars.ts'
import { finerInput } from './finer-prices.ts'
import type { JobHandle, Jobs } from './jobs.ts'
import { checkParams } from './params.ts'
import type {
  CheckedStrategy,
  CompiledStrategy,
  EngineRun,
  KernelInput,
  KernelResult,
  ParamSpec,
  Ports,
} from './ports.ts'
import { originOf } from './strategies.ts'
import type { Topics } from './topics.ts'

const progressEveryMs = 50

/** Checks a configuration completely before anything starts: a run that begins has code, parameters and bars. */
export interface Backtests {
  start(config: Takes<'backtest.start'>): Promise<Gives<'backtest.start'>>
  /** Stores and starts a run whose code, parameters and bars have been checked. */
  launch(run: CheckedRun): Promise<Gives<'backtest.start'>>
}

/** A run that can begin. */
export interface CheckedRun {
  readonly config: RunConfig
  readonly bundle: CompiledStrategy
  readonly used: readonly BarsUsed[]
  readonly note: string
}

export function createBacktests(ports: Ports, bars: BarService, jobs: Jobs, topics: Topics): Backtests {
  const launch = async ({ config, bundle, used, note }: CheckedRun) => {
    const capsule = openCapsule(ports, config, bundle, used)
    const run = `run-${ports.nextId()}`
    await ports.stores.runs.create({
      id: run,
      createdAt: ports.clock.now(),
      strategyName: bundle.entry,
      config,
      capsule,
    })
    if (note !== '') await ports.stores.runs.annotate(run, note)
    topics.publish('run.changed', { run, state: 'running' })
    const engineRun = ports.engine.run({ bundle, input: kernelInput(config, used) })
    const job = jobs.start('backtest', run, () => engineRun.cancel())
    void finish(ports, topics, { run, job, engineRun, capsule, totalBars: countBars(used) })
    return { run, job: job.id }
  }
  return {
    launch,
    async start(config) {
      const origin = await originOf(ports.strategies, config.strategy)
      const [checked, used] = await Promise.all([ports.compiler.check(origin), bars.forRun(config)])
      refuseProblems(checked)
      const full = completeConfig(config, checked.params)
      return launch({ config: full, bundle: checked.bundle, used, note: '' })
    },
  }
}

/** Settings that a new run has unless it says otherwise; runs stored before these existed are repeated without. */
export function usualBroker(profile: RunConfig['profile']): RunBroker {
  return profile === 'backtrader' ? {} : { lots: 'whole', exits: 'once' }
}

/** A configuration with everything said: all parameters, and the broker of its profile. */
export function completeConfig(config: Takes<'backtest.start'>, specs: readonly ParamSpec[]): RunConfig {
  const params = checkParams(specs, config.params)
  const broker = { ...usualBroker(config.profile), ...config.broker }
  return { ...config, params, ...(Object.keys(broker).length === 0 ? {} : { broker }) }
}

/** What the kernel is given for a configuration and its bars. */
export function kernelInput(config: RunConfig, used: readonly BarsUsed[]): KernelInput {
  return {
    params: config.params,
    instruments: used.map(({ record, bars, interval, finer, contracts }) => ({
      ...{ record, bars, interval, hours: config.hours, contracts },
      ...finerInput(finer),
    })),
    cash: config.cash,
    commission: config.commission,
    slippage: config.slippage,
    profile: config.profile,
    fillPolicy: config.fillPolicy,
    seed: config.seed,
    broker: config.broker,
    sizer: config.sizer,
  }
}

export function countBars(used: readonly BarsUsed[]): number {
  return used.reduce((sum, { bars }) => sum + bars.length, 0)
}

/** Reports an engine run's progress on its job until the run ends. */
export function followProgress(ports: Ports, job: JobHandle, run: EngineRun, total: number): () => void {
  return ports.every(progressEveryMs, () => job.progress(run.done(), total))
}

/** Throws `strategy.types` with the first error of a checked strategy. */
export function refuseProblems(checked: CheckedStrategy): void {
  const problem = checked.problems.find(({ severity }) => severity === 'error')
  if (problem === undefined) return
  const { file, line, column, message } = problem
  throw new DomainError('strategy.types', { file, line, column, message, problems: checked.problems.length })
}

/** The capsule of a run that has not begun. */
export function openCapsule(
  ports: Ports,
  config: RunConfig,
  bundle: CompiledStrategy,
  used: readonly BarsUsed[],
): RunCapsule {
  return {
    version: 1,
    engineBuild: ports.facts.engineBuild,
    config,
    entry: bundle.entry,
    sources: { ...bundle.sources },
    codeHash: bundle.codeHash,
    data: used.map((use) => dataUse(use, ports.sha256)),
    instruments: used.map(({ record }) => ({ ...record })),
    resultHash: null,
  }
}

interface StartedRun {
  readonly run: string
  readonly job: JobHandle
  readonly engineRun: EngineRun
  readonly capsule: RunCapsule
  readonly totalBars: number
}

async function finish(ports: Ports, topics: Topics, started: StartedRun): Promise<void> {
  const { run, job, engineRun, capsule, totalBars } = started
  const startedAt = ports.clock.now()
  const stopFollowing = followProgress(ports, job, engineRun, totalBars)
  const elapsed = () => ports.clock.now() - startedAt
  try {
    const result = await engineRun.result
    stopFollowing()
    await ports.stores.runs.finish(run, runResult(result, capsule, elapsed()))
    job.progress(totalBars, totalBars)
    topics.publish('run.changed', { run, state: 'done' })
    job.finish()
  } catch (failure) {
    stopFollowing()
    const cancelled = isDomainError(failure) && failure.code === 'cancelled'
    await endWithoutResult(ports, run, failure, { durationMs: elapsed(), log: engineRun.log() }).catch(() => undefined)
    topics.publish('run.changed', { run, state: cancelled ? 'cancelled' : 'failed' })
    job.finish(failure)
  }
}

async function endWithoutResult(ports: Ports, run: string, failure: unknown, end: RunEnd): Promise<void> {
  const error = toWireError(failure)
  if (error.code === 'cancelled') await ports.stores.runs.cancel(run, end)
  else await ports.stores.runs.fail(run, { code: error.code, data: { ...error.data } }, end)
}

/** What the store keeps of a finished run. */
export function runResult(result: KernelResult, capsule: RunCapsule, durationMs: number): RunResult {
  const table = (columns: Readonly<Record<string, Float64Array>>): RunTable => ({
    rows: Object.values(columns)[0]?.length ?? 0,
    columns,
    texts: {},
  })
  return {
    durationMs,
    counts: result.counts,
    metrics: result.metrics,
    capsule: { ...capsule, resultHash: result.resultHash },
    log: result.log,
    tables: {
      equity: table(result.equity),
      recorded: table(result.recorded),
      trades: result.trades,
      orders: result.orders,
      fills: result.fills,
      ...(result.rolls === undefined ? {} : { rolls: result.rolls }),
    },
  }
}
