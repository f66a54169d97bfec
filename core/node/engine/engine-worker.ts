import { readFileSync } from 'node:fs'
import vm from 'node:vm'
import { parentPort, workerData } from 'node:worker_threads'
import { ensureDefined } from '../../lib/assert.ts'
import type { RunLogLine } from '../../stores/run-records.ts'
import type { CompiledStrategy, Kernel, KernelInput } from '../../workstation/ports.ts'
import { yieldToScreens } from '../background-thread.ts'
import { mapFailure, openRealm } from '../strategy/strategy-realm.ts'
import { moved, serveCalls } from '../worker-call.ts'
import { movedResult } from './moved-result.ts'

/** A run as the worker gets it: plain values and shared columns. */
export interface EngineTask {
  readonly bundle: CompiledStrategy
  readonly input: KernelInput & Partial<Pick<Parameters<Kernel['runBacktest']>[0], 'progress'>>
}

/** The lines of one instrument of a run. */
export interface LinesTask extends EngineTask {
  readonly instrument: number
}

const { kernelPath } = workerData as { readonly kernelPath: string }
const kernelScript = new vm.Script(readFileSync(kernelPath, 'utf8'), { filename: 'tickwright-kernel.js' })

/** Kept between runs up to this size: what most runs need again. */
const scratchLimitBytes = 128 * 2 ** 20
const scratch: ArrayBuffer[] = []

function trimScratch(): void {
  let bytes = 0
  for (let index = 0; index < scratch.length; index++) {
    bytes += scratch[index]?.byteLength ?? 0
    if (bytes > scratchLimitBytes) scratch.length = index
  }
}

function run({ bundle, input }: EngineTask, report: (log: readonly RunLogLine[]) => void) {
  const realm = openRealm(kernelScript, bundle, input.seed)
  try {
    const result = realm.kernel.runBacktest({
      ...input,
      strategyExports: realm.strategyExports,
      onFailure: report,
      scratch,
    })
    trimScratch()
    return movedResult(result)
  } catch (failure) {
    throw mapFailure(failure, bundle)
  }
}

function lines({ bundle, input, instrument }: LinesTask) {
  const realm = openRealm(kernelScript, bundle, input.seed)
  try {
    const found = realm.kernel.listLines({ ...input, strategyExports: realm.strategyExports }, instrument)
    return moved(
      found,
      found.map(({ values }) => values.buffer),
    )
  } catch (failure) {
    throw mapFailure(failure, bundle)
  }
}

yieldToScreens()
serveCalls(ensureDefined(parentPort, 'the port of the engine worker'), {
  warm: () => undefined,
  run,
  lines,
})
