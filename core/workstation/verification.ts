import type { Gives, Handlers } from '../contract/contract.ts'
import { toWireError } from '../contract/wire-error.ts'
import { DomainError } from '../domain/errors.ts'
import type { RunCapsule } from '../stores/run-records.ts'
import { countBars, followProgress, kernelInput } from './backtests.ts'
import type { BarService, BarsUsed } from './bars.ts'
import type { Jobs } from './jobs.ts'
import { liveResult } from './live/live-result.ts'
import type { EngineRun, KernelResult, Ports } from './ports.ts'

type Verification = Gives<'run.verification'>

/** Re-runs a capsule: its own code, parameters, costs and seed over the same bars, and compares the results byte for byte. */
export function verificationHandlers(
  ports: Ports,
  bars: BarService,
  jobs: Jobs,
): Pick<Handlers, 'run.verify' | 'run.verification'> {
  const found = new Map<string, Verification>()
  return {
    'run.verify': async ({ run }) => {
      const { summary, capsule } = await ports.stores.runs.get(run)
      if (summary.state !== 'done' || capsule.resultHash === null) {
        throw new DomainError('run.not-verifiable', { run, reason: summary.state })
      }
      const control: { cancelled: boolean; engineRun?: EngineRun } = { cancelled: false }
      const job = jobs.start('verify', run, () => {
        control.cancelled = true
        control.engineRun?.cancel()
      })
      const open = { run, expectedHash: capsule.resultHash, actualHash: '', firstDifference: '', error: null }
      found.set(job.id, { ...open, state: 'running' })
      const compared = async (result: KernelResult): Promise<Verification> => {
        const actualHash = result.resultHash
        if (actualHash === capsule.resultHash) return { ...open, actualHash, state: 'identical' }
        return { ...open, actualHash, state: 'different', firstDifference: await firstDifference(ports, run, result) }
      }
      const rerun = async (): Promise<Verification> => {
        // What hands, limits and the venue did is in the journal alone
        if (capsule.live !== undefined)
          return compared((await liveResult(ports, capsule.live.session, capsule.live.entries)).result)
        const used = await sameBars(bars, capsule, run)
        const bundle = await ports.compiler.bundle({ kind: 'sources', sources: capsule.sources, entry: capsule.entry })
        if (control.cancelled) throw new DomainError('cancelled')
        const engineRun = ports.engine.run({ bundle, input: kernelInput(capsule.config, used) })
        control.engineRun = engineRun
        const stopFollowing = followProgress(ports, job, engineRun, countBars(used))
        return compared(await engineRun.result.finally(stopFollowing))
      }
      void rerun().then(
        (verification) => {
          found.set(job.id, verification)
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
    'run.verification': ({ job }) => {
      const verification = found.get(job)
      if (verification === undefined) throw new DomainError('request.unknown', { request: job })
      return verification
    },
  }
}

/** The very bars of the capsule, now; throws `run.not-verifiable` naming the instrument whose bars have changed since. */
export async function sameBars(bars: BarService, capsule: RunCapsule, run: string): Promise<BarsUsed[]> {
  if (capsule.live !== undefined) throw new DomainError('run.not-verifiable', { run, reason: 'live' })
  const changed = (instrument: string) => new DomainError('run.not-verifiable', { run, reason: 'data', instrument })
  return bars.forCapsule(capsule, changed)
}

/** Names the first cell of fills, trades, orders or equity that is not the same. */
async function firstDifference(ports: Ports, run: string, result: KernelResult): Promise<string> {
  const fresh: Record<string, Readonly<Record<string, Float64Array>>> = {
    fills: result.fills.columns,
    trades: result.trades.columns,
    orders: result.orders.columns,
    equity: result.equity,
  }
  for (const name of ['fills', 'trades', 'orders', 'equity'] as const) {
    const stored = (await ports.stores.runs.columns(run, name)).columns
    const difference = firstDifferingCell(stored, fresh[name] ?? {})
    if (difference !== undefined) return `${name} ${difference}`
  }
  return capsuleOnly
}

const capsuleOnly = 'outside the tables'

function firstDifferingCell(
  stored: Readonly<Record<string, Float64Array>>,
  fresh: Readonly<Record<string, Float64Array>>,
): string | undefined {
  const rows = Math.max(0, ...[...Object.values(stored), ...Object.values(fresh)].map((column) => column.length))
  for (let row = 0; row < rows; row++) {
    for (const [name, column] of Object.entries(stored)) {
      const before = column[row]
      const after = fresh[name]?.[row]
      if (!Object.is(before, after)) return `${row + 1} ${name} ${before ?? '–'} → ${after ?? '–'}`
    }
  }
  return undefined
}
