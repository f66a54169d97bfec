import type { Payload } from '../../contract/contract.ts'
import { fromWireError, type WireError } from '../../contract/wire-error.ts'
import { callService, type Service } from '../call-service.ts'
import type { VerbContext } from './verb.ts'

type Job = Payload<'job.changed'>

/** Waits for a job, showing progress; Ctrl-C cancels it. Throws the job's error. */
export async function followJob(context: VerbContext, service: Service, start: () => Promise<string>): Promise<void> {
  const ended = Promise.withResolvers<Job>()
  const early = new Map<string, Job>()
  let id: string | undefined
  let interrupted = false
  const cancel = () => {
    interrupted = true
    if (id !== undefined) void callService(service, 'job.cancel', { job: id })
  }
  // Before the job starts: a Ctrl-C that comes between its first trace in the store and its answer must not kill it
  context.onInterrupt(cancel)
  const unsubscribe = service.subscribe('job.changed', (job) => {
    if (id === undefined) early.set(job.id, job)
    else if (job.id === id) show(job)
  })
  const show = (job: Job) => {
    if (job.state === 'running') context.output.progress(progressText(job))
    else ended.resolve(job)
  }
  try {
    id = await start()
    const job = early.get(id)
    if (job !== undefined) show(job)
    if (interrupted) cancel()
    const last = await ended.promise
    context.output.progress('')
    if (last.error !== null) throw fromWireError(last.error as WireError)
  } finally {
    unsubscribe()
  }
}

function progressText({ kind, done, total, etaMs }: Job): string {
  if (total === 0) return `${kind} …`
  const eta = etaMs === null ? '' : `, ${(etaMs / 1000).toFixed(1)} s left`
  return `${kind} ${((done / total) * 100).toFixed(0)} %${eta}`
}
