import { toWireError } from '../../contract/wire-error.ts'
import { DomainError, isDomainError } from '../../domain/errors.ts'
import type { TrialJob, TrialOutcome, TrialPort, TrialQueue } from '../../workstation/trial-port.ts'
import { startWorker, type WorkerCaller } from '../worker-call.ts'
import type { TrialChunk, TrialReport } from './trial-worker.ts'

export interface TrialPoolOptions {
  readonly workerUrl: URL
  readonly kernelPath: string
  /** Workers of one optimisation when nobody says otherwise. */
  readonly size: number
  /** A trial that finishes no bar for so long is stopped as endless. */
  readonly silenceLimitMs?: number
  /** JS heap of one worker; typed arrays are not counted by V8. */
  readonly heapLimitMb?: number
}

const politeCancelMs = 100
const watchEveryMs = 250
/** Tasks that a worker is given at a time, at most: it need not ask for each, and little is repeated when it dies. */
const maxChunk = 16
/** How often a trial whose worker died is tried. */
const maxAttempts = 2

type Tell = (index: number, outcome: TrialOutcome) => void
type Tasks = TrialChunk['tasks']

/** Trials on the threads of this machine. Workers live as long as their optimisation: what V8 learned is kept. */
export function createTrialPool(options: TrialPoolOptions): TrialPort & { close(): Promise<void> } {
  const queues = new Set<TrialQueue>()
  return {
    size: options.size,
    open(job, workers) {
      const queue = openQueue(options, job, Math.max(1, workers ?? options.size))
      queues.add(queue)
      return {
        ...queue,
        async close() {
          queues.delete(queue)
          await queue.close()
        },
      }
    },
    async close() {
      for (const queue of queues) queue.cancel()
      await Promise.all([...queues].map((queue) => queue.close()))
    },
  }
}

/** One batch of tasks while it is worked on. */
interface Batch {
  readonly tasks: Tasks
  readonly tell: Tell
  /** Indices that nobody has taken yet, in order. */
  readonly waiting: number[]
  readonly attempts: Map<number, number>
}

function openQueue(options: TrialPoolOptions, job: TrialJob, workers: number): TrialQueue {
  const control = new Int32Array(new SharedArrayBuffer(4))
  const slots = Array.from({ length: workers }, () => createSlot(options, job, control))
  const isCancelled = () => Atomics.load(control, 0) !== 0
  return {
    workers,
    async run(tasks, tell) {
      const batch = { tasks, tell, waiting: [...tasks.keys()], attempts: new Map<number, number>() }
      const ends = await Promise.allSettled(
        slots.map(async (slot) => {
          // No worker is started for which there is nothing to do
          while (batch.waiting.length > 0 && !isCancelled()) await slot.work(batch, chunkSize(batch, workers))
        }),
      )
      if (isCancelled()) throw new DomainError('cancelled')
      const failed = ends.find((end) => end.status === 'rejected')
      if (failed !== undefined) throw failed.reason
    },
    cancel() {
      Atomics.store(control, 0, 1)
      setTimeout(() => {
        for (const slot of slots) void slot.kill()
      }, politeCancelMs).unref()
    },
    async close() {
      await Promise.all(slots.map((slot) => slot.kill()))
    },
  }
}

/** Small towards the end, so that all workers finish together. */
function chunkSize({ waiting }: Batch, workers: number): number {
  return Math.max(1, Math.min(maxChunk, Math.floor(waiting.length / workers / 4)))
}

/** One worker's place. */
interface Slot {
  /** Takes up to `size` tasks of the batch and works on them. */
  work(batch: Batch, size: number): Promise<void>
  kill(): Promise<void>
}

function createSlot(options: TrialPoolOptions, job: TrialJob, control: Int32Array): Slot {
  const done = new Float64Array(new SharedArrayBuffer(16))
  let current: { readonly worker: WorkerCaller; readonly opened: Promise<unknown> } | undefined
  const ready = () => {
    if (current?.worker.alive === true) return current
    const worker = startWorker(options.workerUrl, {
      workerData: { kernelPath: options.kernelPath },
      name: 'trials',
      resourceLimits: { maxOldGenerationSizeMb: options.heapLimitMb ?? 1_024 },
    })
    current = { worker, opened: worker.call('open', job) }
    return current
  }
  return {
    async work(batch, size) {
      const chunk = batch.waiting.splice(0, size)
      const left = [...chunk]
      const { worker, opened } = ready()
      await opened
      const stopWatching = watchSilence(worker, done, job.bundle.entry, options.silenceLimitMs ?? 10_000)
      try {
        const call = { tasks: chunk.map((index) => batch.tasks[index] as Tasks[number]), control, done }
        await worker.call('trials', call satisfies TrialChunk, ({ index, outcome }: TrialReport) => {
          const task = chunk[index] as number
          left.splice(left.indexOf(task), 1)
          batch.tell(task, outcome)
        })
      } catch (failure) {
        if (isDomainError(failure) && failure.code === 'cancelled') throw failure
        giveBack(batch, left, failure)
      } finally {
        stopWatching()
      }
    },
    async kill() {
      await current?.worker.kill(new DomainError('cancelled'))
    },
  }
}

/** The worker died: the first task without an outcome was running. It is tried once more, the others were not begun. */
function giveBack(batch: Batch, left: number[], failure: unknown): void {
  const [suspect, ...others] = left
  batch.waiting.unshift(...others)
  if (suspect === undefined) return
  const attempts = (batch.attempts.get(suspect) ?? 0) + 1
  batch.attempts.set(suspect, attempts)
  const isEndless = isDomainError(failure) && failure.code === 'strategy.endless'
  if (isEndless || attempts >= maxAttempts) batch.tell(suspect, { ok: false, error: toWireError(failure) })
  else batch.waiting.unshift(suspect)
}

/** Kills the worker when no bar and no trial has finished for the limit; returns the function that ends the watch. */
function watchSilence(worker: WorkerCaller, done: Float64Array, file: string, limitMs: number): () => void {
  let last = ''
  let silentMs = 0
  const timer = setInterval(() => {
    const now = done.join(' ')
    silentMs = now === last ? silentMs + watchEveryMs : 0
    last = now
    if (silentMs < limitMs) return
    clearInterval(timer)
    void worker.kill(new DomainError('strategy.endless', { file, bars: done[0] ?? 0, seconds: limitMs / 1000 }))
  }, watchEveryMs)
  return () => clearInterval(timer)
}
