import { readFileSync } from 'node:fs'
import vm from 'node:vm'
import { parentPort, workerData } from 'node:worker_threads'
import { toWireError } from '../../contract/wire-error.ts'
import { DomainError } from '../../domain/errors.ts'
import type { RunProgress } from '../../engine/run-config.ts'
import { ensureDefined, invariant } from '../../lib/assert.ts'
import type { Kernel } from '../../workstation/ports.ts'
import type { TrialJob, TrialOutcome } from '../../workstation/trial-port.ts'
import { yieldToScreens } from '../background-thread.ts'
import { mapFailure, openRealm, type StrategyRealm } from '../strategy/strategy-realm.ts'
import { serveCalls } from '../worker-call.ts'

type TrialTask = Parameters<ReturnType<Kernel['openTrials']>>[1]

/** Some tasks of the opened job, and the memory through which they report and are told to stop. */
export interface TrialChunk {
  readonly tasks: readonly TrialTask[]
  readonly control: Int32Array
  /** [0]: instrument-bars of the running trial, [1]: trials ended. */
  readonly done: Float64Array
}

/** The outcome of one task of a chunk. */
export interface TrialReport {
  readonly index: number
  readonly outcome: TrialOutcome
}

/** What the columns of indicators may take in one worker. */
const cacheBytes = 256 * 1024 * 1024

const { kernelPath } = workerData as { readonly kernelPath: string }
const kernelScript = new vm.Script(readFileSync(kernelPath, 'utf8'), { filename: 'tickwright-kernel.js' })

interface OpenJob {
  readonly job: TrialJob
  realm: StrategyRealm
  run: ReturnType<Kernel['openTrials']>
}

let open: OpenJob | undefined

function openJob(job: TrialJob): OpenJob {
  const realm = openRealm(kernelScript, job.bundle, job.setup.seed)
  return { job, realm, run: realm.kernel.openTrials(job.setup, { metrics: job.columns, cacheBytes }) }
}

/** The strategy's module as if it had just been loaded; in a new realm when the last run left something behind. */
function freshExports(current: OpenJob): unknown {
  const again = current.realm.again(current.job.keepsState)
  if (again !== undefined) return again
  Object.assign(current, openJob(current.job))
  return current.realm.strategyExports
}

function runTrial(current: OpenJob, task: TrialTask, progress: RunProgress): TrialOutcome {
  const { bundle, columns } = current.job
  try {
    const exports = freshExports(current)
    const { values, detail } = current.run(exports, task, progress)
    const row = Float64Array.from(columns, (name) => {
      const value = values[name] ?? Number.NaN
      return Number.isFinite(value) ? value : Number.NaN
    })
    return { ok: true, values: row, detail }
  } catch (failure) {
    const mapped = mapFailure(failure, bundle)
    if (mapped.code === 'cancelled') throw mapped
    return { ok: false, error: toWireError(mapped) }
  }
}

yieldToScreens()
serveCalls(ensureDefined(parentPort, 'the port of the trial worker'), {
  open: (job: TrialJob) => {
    open = openJob(job)
  },
  trials: ({ tasks, control, done }: TrialChunk, report: (report: unknown) => void) => {
    invariant(open !== undefined, 'trials come after open')
    for (const [index, task] of tasks.entries()) {
      if (Atomics.load(control, 0) !== 0) throw new DomainError('cancelled')
      done[0] = 0
      report({ index, outcome: runTrial(open, task, { control, done }) } satisfies TrialReport)
      done[1] = (done[1] as number) + 1
    }
  },
})
