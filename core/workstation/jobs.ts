import type { Payload } from '../contract/contract.ts'
import { toWireError } from '../contract/wire-error.ts'
import { DomainError } from '../domain/errors.ts'
import type { Clock } from '../lib/clock.ts'

export type Job = Payload<'job.changed'>

/** The working end of a job. */
export interface JobHandle {
  readonly id: string
  /** In the job's own unit; `total` 0 = not known yet. */
  progress(done: number, total: number): void
  /** Ends it: done, cancelled (DomainError `cancelled`) or failed. */
  finish(failure?: unknown): void
  /** Resolves when it may go on: at once unless it was paused; when it is cancelled, too. */
  mayGoOn(): Promise<void>
}

export interface Jobs {
  /** `pausable`: its work asks `mayGoOn` between its parts. */
  start(kind: Job['kind'], subject: string, cancel: () => void, options?: { readonly pausable: boolean }): JobHandle
  cancel(id: string): void
  /** Throws `job.not-pausable`. */
  pause(id: string, paused: boolean): void
  list(): Job[]
  get(id: string): Job
}

interface LiveJob {
  job: Job
  readonly startedAt: number
  announcedAt: number
  readonly cancel: () => void
  /** Let those go on who wait for the end of a pause. */
  goOn: (() => void)[]
}

/** Announcements of one job are at least this far apart, ends excepted: twenty a second. */
const announceEveryMs = 50
/** Ended jobs that are remembered. */
const keptJobs = 200

/** Long work with progress, remaining time and cancel. `announce` gets every change that a screen needs to see. */
export function createJobs(clock: Clock, nextId: () => string, announce: (job: Job) => void): Jobs {
  const jobs = new Map<string, LiveJob>()

  const find = (id: string): LiveJob => {
    const live = jobs.get(id)
    if (live === undefined) throw new DomainError('request.unknown', { request: id })
    return live
  }
  const change = (live: LiveJob, patch: Partial<Job>, always: boolean) => {
    live.job = { ...live.job, ...patch }
    const now = clock.now()
    if (!always && now - live.announcedAt < announceEveryMs) return
    live.announcedAt = now
    announce(live.job)
  }
  const release = (live: LiveJob) => {
    for (const goOn of live.goOn.splice(0)) goOn()
  }
  const forgetOld = () => {
    const ended = [...jobs.values()].filter(({ job }) => job.state !== 'running')
    for (const { job } of ended.slice(0, Math.max(0, ended.length - keptJobs))) jobs.delete(job.id)
  }

  return {
    start(kind, subject, cancel, options) {
      const job: Job = {
        ...{ id: nextId(), kind, subject, state: 'running', done: 0, total: 0, etaMs: null, error: null },
        ...(options?.pausable === true ? { paused: false } : {}),
      }
      const live: LiveJob = { job, startedAt: clock.now(), announcedAt: 0, cancel, goOn: [] }
      jobs.set(job.id, live)
      forgetOld()
      change(live, {}, true)
      return {
        id: job.id,
        progress(done, total) {
          if (live.job.state !== 'running') return
          change(live, { done, total, etaMs: remaining(done, total, clock.now() - live.startedAt) }, false)
        },
        mayGoOn: () => (live.job.paused === true ? new Promise((goOn) => live.goOn.push(goOn)) : Promise.resolve()),
        finish(failure) {
          if (live.job.state !== 'running') return
          if (failure === undefined) change(live, { state: 'done', done: live.job.total, etaMs: 0 }, true)
          else {
            const error = toWireError(failure)
            change(live, { state: error.code === 'cancelled' ? 'cancelled' : 'failed', error, etaMs: null }, true)
          }
        },
      }
    },
    cancel(id) {
      const live = find(id)
      if (live.job.state !== 'running') return
      live.cancel()
      release(live)
    },
    pause(id, paused) {
      const live = find(id)
      if (live.job.paused === undefined) throw new DomainError('job.not-pausable')
      if (live.job.state !== 'running' || live.job.paused === paused) return
      change(live, { paused, etaMs: null }, true)
      if (!paused) release(live)
    },
    list: () => [...jobs.values()].map(({ job }) => job).reverse(),
    get: (id) => find(id).job,
  }
}

/** Straight-line estimate; null until a fiftieth is done, because earlier ones only alarm. */
function remaining(done: number, total: number, elapsedMs: number): number | null {
  if (total <= 0 || done < total / 50) return null
  return Math.round((elapsedMs * (total - done)) / done)
}
