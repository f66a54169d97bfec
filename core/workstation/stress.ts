import type { Gives, Handlers } from '../contract/contract.ts'
import { toWireError } from '../contract/wire-error.ts'
import { DomainError } from '../domain/errors.ts'
import type { RunCommission, RunSlippage } from '../stores/run-broker.ts'
import type { RunConfig } from '../stores/run-records.ts'
import { kernelInput } from './backtests.ts'
import type { BarService, BarsUsed } from './bars.ts'
import type { JobHandle, Jobs } from './jobs.ts'
import type { CompiledStrategy, EngineRun, Ports } from './ports.ts'
import { plainDifferences } from './run-comparison.ts'
import { withoutBars, withoutBestTrades } from './stress-cuts.ts'
import { sameBars } from './verification.ts'

type Stressed = Gives<'run.stressed'>
type Variant = Stressed['variants'][number]

/** Costs that a run without any is put under. */
const ordinaryCosts = {
  commission: { kind: 'percent', rate: 0.001 },
  slippage: { kind: 'percent', ratio: 0.0005 },
} as const
const missingShare = 0.01

/** Runs a stored run again under stress. */
export function stressHandlers(
  ports: Ports,
  bars: BarService,
  jobs: Jobs,
): Pick<Handlers, 'run.stress' | 'run.stressed'> {
  const found = new Map<string, Stressed>()
  return {
    'run.stress': async ({ run }) => {
      const { summary, capsule } = await ports.stores.runs.get(run)
      if (summary.state !== 'done') throw new DomainError('run.not-verifiable', { run, reason: summary.state })
      const used = await sameBars(bars, capsule, run)
      const bundle = await ports.compiler.bundle({ kind: 'sources', sources: capsule.sources, entry: capsule.entry })
      const running: EngineRun[] = []
      const job = jobs.start('stress', run, () => {
        for (const engineRun of running) engineRun.cancel()
      })
      const open = { run, variants: [], error: null }
      found.set(job.id, { ...open, state: 'running' })
      const base: Variant = {
        id: 'base',
        change: [],
        trades: summary.counts.trades,
        metrics: { ...summary.metrics },
        error: null,
      }
      const work = async () => {
        const best = await withoutBestTrades(ports.stores, run, capsule.config)
        const rerun = await Promise.all(
          stressed(capsule.config, used).map((one) =>
            runVariant(ports, bundle, { one, running, job, base: capsule.config }),
          ),
        )
        return [base, ...rerun, { ...best, id: 'top-trades-removed' as const, error: null }]
      }
      void work().then(
        (variants) => {
          found.set(job.id, { ...open, state: 'done', variants })
          job.finish()
        },
        (failure) => {
          const { code, data } = toWireError(failure)
          found.set(job.id, { ...open, state: 'failed', error: { code, data: { ...data } } })
          job.finish(failure)
        },
      )
      return { job: job.id }
    },
    'run.stressed': ({ job }) => {
      const answer = found.get(job)
      if (answer === undefined) throw new DomainError('request.unknown', { request: job })
      return answer
    },
  }
}

interface Stress {
  readonly id: Variant['id']
  readonly config: RunConfig
  readonly used: readonly BarsUsed[]
  readonly change: Variant['change']
}

function stressed(config: RunConfig, used: readonly BarsUsed[]): Stress[] {
  const doubled = doubleCosts(config)
  const delayed = { ...config, broker: { ...config.broker, delayBars: (config.broker?.delayBars ?? 0) + 1 } }
  const thinned = used.map((one) => withoutBars(one, missingShare, config.seed))
  const lost = (bars: readonly BarsUsed[]) => bars.reduce((sum, { bars: series }) => sum + series.length, 0)
  return [
    { id: 'costs-doubled', config: doubled, used, change: changes(config, doubled) },
    { id: 'one-bar-late', config: delayed, used, change: changes(config, delayed) },
    {
      id: 'missing-bars',
      config,
      used: thinned,
      change: [{ path: 'bars', from: String(lost(used)), to: String(lost(thinned)) }],
    },
  ]
}

function changes(from: RunConfig, to: RunConfig): Variant['change'] {
  return plainDifferences(from, to).map(({ path, a, b }) => ({ path, from: a, to: b }))
}

/** Twice the costs; ordinary ones where there were none. */
function doubleCosts(config: RunConfig): RunConfig {
  const { commission, slippage, broker } = config
  const isFree = commission.kind === 'none' && slippage.kind === 'none'
  if (isFree)
    return { ...config, commission: { ...commission, ...ordinaryCosts.commission }, slippage: ordinaryCosts.slippage }
  const commissions = Object.entries(broker?.commissions ?? {}).map(([id, one]) => [id, twice(one)] as const)
  return {
    ...config,
    commission: twice(commission),
    slippage: twiceSlippage(slippage),
    ...(commissions.length === 0 ? {} : { broker: { ...broker, commissions: Object.fromEntries(commissions) } }),
  }
}

function twice(commission: RunCommission): RunCommission {
  const interest = commission.interest === undefined ? {} : { interest: commission.interest * 2 }
  switch (commission.kind) {
    case 'none':
      return { ...commission, ...interest }
    case 'percent':
      return { ...commission, ...interest, rate: Math.min(1, commission.rate * 2) }
    case 'fixed':
      return { ...commission, ...interest, perUnit: commission.perUnit * 2 }
    case 'futures': {
      const rate = commission.rate === undefined ? {} : { rate: Math.min(1, commission.rate * 2) }
      return { ...commission, ...interest, ...rate, perContract: commission.perContract * 2 }
    }
  }
}

function twiceSlippage(slippage: RunSlippage): RunSlippage {
  if (slippage.kind === 'none') return slippage
  if (slippage.kind === 'percent') return { ...slippage, ratio: Math.min(1, slippage.ratio * 2) }
  return { ...slippage, points: slippage.points * 2 }
}

interface VariantWork {
  readonly one: Stress
  readonly running: EngineRun[]
  readonly job: JobHandle
  readonly base: RunConfig
}

/** A variant that fails keeps its failure; the others go on. A cancelled one ends them all. */
async function runVariant(
  ports: Ports,
  bundle: CompiledStrategy,
  { one, running, job }: VariantWork,
): Promise<Variant> {
  const engineRun = ports.engine.run({ bundle, input: kernelInput(one.config, one.used) })
  running.push(engineRun)
  const open = { id: one.id, change: one.change }
  try {
    const { counts, metrics } = await engineRun.result
    job.progress(running.filter((each) => each.done() > 0).length, running.length)
    return { ...open, trades: counts.trades, metrics: { ...metrics }, error: null }
  } catch (failure) {
    const { code, data } = toWireError(failure)
    if (code === 'cancelled') throw failure
    return { ...open, trades: 0, metrics: {}, error: { code, data: { ...data } } }
  }
}
