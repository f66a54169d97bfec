import { expect, test } from 'vitest'
import { DomainError } from '../../../core/domain/errors.ts'
import { createJobs, type Job } from '../../../core/workstation/jobs.ts'

function aDesk() {
  const time = { now: 1_000 }
  const announced: Job[] = []
  let last = 0
  const jobs = createJobs(
    { now: () => time.now },
    () => `job-${++last}`,
    (job) => announced.push(job),
  )
  return { time, announced, jobs }
}

test('a job tells its remaining time once a fiftieth is done', () => {
  const { time, announced, jobs } = aDesk()
  const job = jobs.start('backtest', 'run-1', () => undefined)
  time.now += 100
  job.progress(1, 100)
  expect(announced.at(-1)?.etaMs).toBeNull()
  time.now += 900
  job.progress(25, 100)
  expect(announced.at(-1)).toMatchObject({ done: 25, total: 100, etaMs: 3_000 })
})

test('progress is announced at most twenty times a second, an end always', () => {
  const { time, announced, jobs } = aDesk()
  const job = jobs.start('import', 'bars.csv', () => undefined)
  for (let step = 1; step <= 100; step++) {
    time.now += 1
    job.progress(step, 1_000)
  }
  job.finish()
  expect(announced.length).toBeLessThanOrEqual(4)
  expect(announced.at(-1)?.state).toBe('done')
})

test('cancelling asks the work to stop, and the job ends as cancelled, not as failed', () => {
  const { announced, jobs } = aDesk()
  let asked = 0
  const job = jobs.start('backtest', 'run-1', () => {
    asked += 1
  })
  jobs.cancel(job.id)
  job.finish(new DomainError('cancelled'))
  jobs.cancel(job.id)
  expect(asked).toBe(1)
  expect(announced.at(-1)).toMatchObject({ state: 'cancelled', error: { code: 'cancelled' } })
})

test('nothing changes a job that has ended', () => {
  const { jobs } = aDesk()
  const job = jobs.start('verify', 'run-1', () => undefined)
  job.finish(new DomainError('run.unknown', { run: 'run-1' }))
  job.finish()
  job.progress(5, 10)
  expect(jobs.get(job.id)).toMatchObject({ state: 'failed', done: 0, error: { code: 'run.unknown' } })
})

test('a job of another session is not known', () => {
  const { jobs } = aDesk()
  expect(() => jobs.cancel('job-9')).toThrow(DomainError)
})

test('work that can rest waits between its parts until it may go on, or is cancelled', async () => {
  const { announced, jobs } = aDesk()
  let cancelled = false
  const cancel = () => {
    cancelled = true
  }
  const job = jobs.start('backfill', 'SPX 1m', cancel, { pausable: true })
  expect(jobs.get(job.id).paused).toBe(false)
  await job.mayGoOn()
  jobs.pause(job.id, true)
  expect(announced.at(-1)).toMatchObject({ paused: true, etaMs: null })
  let went = 0
  const goes = async () => {
    await job.mayGoOn()
    went++
  }
  const resting = goes()
  await Promise.resolve()
  expect(went).toBe(0)
  jobs.pause(job.id, false)
  await resting
  expect(went).toBe(1)
  jobs.pause(job.id, true)
  const stopped = goes()
  jobs.cancel(job.id)
  await stopped
  expect([went, cancelled]).toEqual([2, true])
})

test('work that cannot rest says so', () => {
  const { jobs } = aDesk()
  const job = jobs.start('backtest', 'run-1', () => undefined)
  expect(jobs.get(job.id).paused).toBeUndefined()
  expect(() => jobs.pause(job.id, true)).toThrow(expect.objectContaining({ code: 'job.not-pausable' }))
})
