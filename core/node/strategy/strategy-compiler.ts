import { DomainError } from '../../domain/errors.ts'
import type { CompilerPort, StrategyOrigin } from '../../workstation/ports.ts'
import { startWorker, type WorkerCaller } from '../worker-call.ts'
import type { CompileWorkerData } from './compile-worker.ts'

/** The compiler port over a worker thread, so that a second of type checking never blocks the window. */
export interface StrategyCompiler extends CompilerPort {
  /** Loads the compiler's libraries before the user waits for them. */
  warm(): Promise<void>
  close(): Promise<void>
}

/** A last resort behind the realm's own limit: a check that takes so long is stopped and its worker replaced. */
const checkLimitMs = 20_000

export function createStrategyCompiler(workerUrl: URL, workerData: CompileWorkerData): StrategyCompiler {
  let worker: WorkerCaller | undefined
  const ready = () => {
    if (worker === undefined || !worker.alive) worker = startWorker(workerUrl, { workerData, name: 'compile' })
    return worker
  }
  const withLimit = async <Gives>(op: string, origin: StrategyOrigin): Promise<Gives> => {
    const current = ready()
    const limit = setTimeout(() => {
      void current.kill(
        new DomainError('strategy.endless', { file: origin.entry, bars: 0, seconds: checkLimitMs / 1000 }),
      )
    }, checkLimitMs)
    try {
      return await current.call<Gives>(op, origin)
    } finally {
      clearTimeout(limit)
    }
  }
  return {
    check: (origin) => withLimit('check', origin),
    bundle: (origin) => withLimit('bundle', origin),
    warm: () => ready().call('warm', null),
    async close() {
      await worker?.kill(new DomainError('cancelled'))
      worker = undefined
    },
  }
}
