import { DomainError } from '../../domain/errors.ts'
import type { RunLogLine } from '../../stores/run-records.ts'
import type { EnginePort, EngineRun, KernelResult } from '../../workstation/ports.ts'
import { startWorker, type WorkerCaller } from '../worker-call.ts'
import type { EngineTask } from './engine-worker.ts'

export interface EnginePoolOptions {
  readonly workerUrl: URL
  readonly kernelPath: string
  /** Runs at the same time. */
  readonly size: number
  /** A strategy that finishes no bar for so long is stopped as endless. */
  readonly silenceLimitMs?: number
  /** JS heap of one run; typed arrays are not counted by V8. */
  readonly heapLimitMb?: number
}

/** The engine port over worker threads. */
export interface EnginePool extends EnginePort {
  /** Starts the workers before the first run needs them. */
  warm(): void
  close(): Promise<void>
}

const politeCancelMs = 120
/** What other strategies left in an isolate slows the next one to half (02, 5a): a worker is replaced after so many. */
const runsPerWorker = 8
const watchEveryMs = 250

/** Engine worker threads. Each run has its own realm; a worker is replaced when it was killed or has served many runs. */
export function createEnginePool(options: EnginePoolOptions): EnginePool {
  const idle: WorkerCaller[] = []
  const waiting = new Set<() => void>()
  const running = new Set<EngineRun<unknown>>()
  const silenceLimitMs = options.silenceLimitMs ?? 10_000
  let busy = 0

  const start = () =>
    startWorker(options.workerUrl, {
      workerData: { kernelPath: options.kernelPath },
      name: 'engine',
      resourceLimits: { maxOldGenerationSizeMb: options.heapLimitMb ?? 1_024 },
    })
  /** A worker of its own as soon as one is free; undefined when `abandoned` comes first. */
  const acquire = async (abandoned: Promise<void>): Promise<WorkerCaller | undefined> => {
    if (busy >= options.size) {
      const turn = Promise.withResolvers<boolean>()
      const takeTurn = () => turn.resolve(true)
      waiting.add(takeTurn)
      void abandoned.then(() => turn.resolve(!waiting.delete(takeTurn)))
      if (!(await turn.promise)) return undefined
    } else busy += 1
    const kept = idle.pop()
    return kept?.alive === true ? kept : start()
  }
  const served = new WeakMap<WorkerCaller, number>()
  const release = (worker: WorkerCaller) => {
    const runs = (served.get(worker) ?? 0) + 1
    served.set(worker, runs)
    if (runs >= runsPerWorker) void worker.kill(new DomainError('cancelled'))
    else if (worker.alive && idle.length < options.size) idle.push(worker)
    // The place goes from hand to hand: nobody who comes later can take it in between.
    const [next] = waiting
    if (next === undefined) {
      busy -= 1
      return
    }
    waiting.delete(next)
    next()
  }

  const keep = <Result>(run: EngineRun<Result>): EngineRun<Result> => {
    running.add(run)
    void run.result.catch(() => undefined).finally(() => running.delete(run))
    return run
  }
  return {
    run: (task) => keep(startRun<KernelResult>({ op: 'run', task, silenceLimitMs }, acquire, release)),
    lines: (task) => keep(startRun({ op: 'lines', task, silenceLimitMs }, acquire, release)),
    get busy() {
      return busy
    },
    size: options.size,
    warm() {
      while (idle.length < options.size) {
        const worker = start()
        void worker.call('warm', null).catch(() => undefined)
        idle.push(worker)
      }
    },
    async close() {
      for (const run of running) run.cancel()
      await Promise.allSettled([...running].map((run) => run.result))
      await Promise.all(idle.splice(0).map((worker) => worker.kill(new DomainError('cancelled'))))
    },
  }
}

/** What a worker is asked. */
interface Question {
  readonly op: 'run' | 'lines'
  readonly task: EngineTask
  readonly silenceLimitMs: number
}

function startRun<Result>(
  { op, task, silenceLimitMs }: Question,
  acquire: (abandoned: Promise<void>) => Promise<WorkerCaller | undefined>,
  release: (worker: WorkerCaller) => void,
): EngineRun<Result> {
  const control = new Int32Array(new SharedArrayBuffer(4))
  const done = new Float64Array(new SharedArrayBuffer(8))
  const state: { worker?: WorkerCaller } = {}
  const abandoned = Promise.withResolvers<void>()
  let log: readonly RunLogLine[] = []
  const input = { ...task.input, progress: { control, done } }

  const result = (async () => {
    const worker = await acquire(abandoned.promise)
    if (worker === undefined) throw new DomainError('cancelled')
    state.worker = worker
    if (Atomics.load(control, 0) === 1) {
      release(worker)
      throw new DomainError('cancelled')
    }
    const stopWatching = watchSilence(worker, done, task, silenceLimitMs)
    try {
      const call = { ...task, input } satisfies EngineTask
      return await worker.call<Result>(op, call, (lines: readonly RunLogLine[]) => {
        log = lines
      })
    } finally {
      stopWatching()
      release(worker)
    }
  })()

  return {
    result,
    done: () => done[0] ?? 0,
    log: () => log,
    cancel() {
      Atomics.store(control, 0, 1)
      abandoned.resolve()
      const worker = state.worker
      if (worker === undefined) return
      const last = setTimeout(() => void worker.kill(new DomainError('cancelled')), politeCancelMs)
      void result.catch(() => undefined).finally(() => clearTimeout(last))
    },
  }
}

/** Kills the worker when no bar has finished for the limit; returns the function that ends the watch. */
function watchSilence(worker: WorkerCaller, done: Float64Array, task: EngineTask, limitMs: number): () => void {
  let last = -1
  let silentMs = 0
  const timer = setInterval(() => {
    const now = done[0] ?? 0
    silentMs = now === last ? silentMs + watchEveryMs : 0
    last = now
    if (silentMs < limitMs) return
    clearInterval(timer)
    void worker.kill(
      new DomainError('strategy.endless', { file: task.bundle.entry, bars: now, seconds: limitMs / 1000 }),
    )
  }, watchEveryMs)
  return () => clearInterval(timer)
}
