import type { Gives, Handlers, Takes } from '../contract/contract.ts'
import { toWireError } from '../contract/wire-error.ts'
import type { BestTrial, OptimisationDetail, OptimisationStore, OptimiseConfig } from '../stores/optimisation-store.ts'
import { openCapsule } from './backtests.ts'
import type { BarService } from './bars.ts'
import { ideaOf } from './idea.ts'
import type { JobHandle, Jobs } from './jobs.ts'
import { OptimisationCourse } from './optimisation-course.ts'
import { OptimisationOutcomes } from './optimisation-outcomes.ts'
import { planOf } from './optimisation-plan.ts'
import { askQuestion, type Question, trialColumns, trialJob } from './optimisation-question.ts'
import { sameQuestion } from './optimisation-return.ts'
import type { Ports } from './ports.ts'
import { originOf } from './strategies.ts'
import type { Topics } from './topics.ts'
import type { TrialQueue } from './trial-port.ts'
import { TrialTable } from './trial-table.ts'
import { joinWalk } from './walk-result.ts'

/** How often outcomes go to the store, progress to screens. */
const flushEveryMs = 250

/** Optimisations that this process runs; views show how far they have come. */
export type RunningCourses = ReadonlyMap<string, OptimisationCourse>

type OptimisationHandlers = Pick<Handlers, 'optimise.plan' | 'optimise.start' | 'optimise.resume' | 'optimise.delete'>

export interface Optimisations {
  readonly handlers: OptimisationHandlers
  readonly running: RunningCourses
}

/** Planning, starting, resuming and deleting optimisations. */
export function createOptimisations(ports: Ports, bars: BarService, jobs: Jobs, topics: Topics): Optimisations {
  const running = new Map<string, OptimisationCourse>()
  const { optimisations } = ports.stores

  const ask = async (config: Takes<'optimise.start'>['config']): Promise<Question> => {
    const origin = await originOf(ports.strategies, config.run.strategy)
    const [checked, used] = await Promise.all([ports.compiler.check(origin), bars.forRun(config.run)])
    return askQuestion(config as OptimiseConfig, checked, used)
  }
  const begin = async (id: string, question: Question, workers: number | null): Promise<Gives<'optimise.start'>> => {
    const queue = ports.trials.open(trialJob(question), workers)
    const earlier = await optimisations.trials(id)
    const comparable = question.windows === null
    const outcomes = new OptimisationOutcomes(optimisations, id, {
      columns: trialColumns(question),
      comparable,
      earlier,
    })
    const course = new OptimisationCourse(question, outcomes, queue)
    running.set(id, course)
    const job = jobs.start(comparable ? 'optimise' : 'walk-forward', id, () => queue.cancel())
    void follow({ ports, topics, id, course, queue, job }).finally(() => running.delete(id))
    return { optimisation: id, job: job.id }
  }

  return {
    running,
    handlers: {
      'optimise.plan': async ({ config, workers, probe }) => planOf(ports, await ask(config), workers, probe),
      'optimise.start': async ({ config, workers }) => {
        const question = await ask(config)
        const id = `opt-${ports.nextId()}`
        await optimisations.create({
          ...{ id, createdAt: ports.clock.now(), strategyName: question.bundle.entry, idea: ideaOfQuestion(question) },
          ...{ config: question.config, planned: question.planned, columns: trialColumns(question) },
          capsule: openCapsule(ports, question.config.run, question.bundle, question.used),
        })
        return begin(id, question, workers)
      },
      'optimise.resume': async ({ optimisation: id, workers }) => {
        const detail: OptimisationDetail = await optimisations.get(id)
        const question = await sameQuestion(ports, bars, detail)
        await optimisations.resume(id)
        return begin(id, question, workers)
      },
      'optimise.delete': async ({ optimisation: id }) => {
        const { planned, done } = (await optimisations.get(id)).summary
        await optimisations.delete(id)
        topics.publish('optimisation.changed', { optimisation: id, state: 'deleted', done, planned })
        return {}
      },
    },
  }
}

function ideaOfQuestion({ bundle, used }: Question): string {
  return ideaOf(
    bundle.entry,
    used.map(({ record, interval }) => ({ instrument: record.id, interval })),
  )
}

interface Followed {
  readonly ports: Ports
  readonly topics: Topics
  readonly id: string
  readonly course: OptimisationCourse
  readonly queue: TrialQueue
  readonly job: JobHandle
}

/** Runs a course to its end, telling the store and the screens; never rejects. */
async function follow(followed: Followed): Promise<void> {
  const { ports, topics, id, course, queue, job } = followed
  const { planned } = course.question
  const startedAt = ports.clock.now()
  const restored = course.outcomes.count
  const tell = (state: 'running' | 'done' | 'failed' | 'cancelled') => {
    job.progress(course.outcomes.count - restored, planned - restored)
    topics.publish('optimisation.changed', { optimisation: id, state, done: course.outcomes.count, planned })
  }
  tell('running')
  let told = restored
  const stop = ports.every(flushEveryMs, () => {
    course.outcomes.flush()
    if (course.outcomes.count === told) return
    told = course.outcomes.count
    tell('running')
  })
  const failure = await course.run().then(
    () => undefined,
    (reason: unknown) => reason,
  )
  stop()
  await queue.close().catch(() => undefined)
  const ended = await end(followed, failure, ports.clock.now() - startedAt)
  tell(ended === undefined ? 'done' : toWireError(ended).code === 'cancelled' ? 'cancelled' : 'failed')
  job.finish(ended)
}

/** Stores how it ended; gives the failure, also one of storing itself. */
async function end({ ports, id, course }: Followed, failure: unknown, durationMs: number): Promise<unknown> {
  const { optimisations } = ports.stores
  try {
    await course.outcomes.settled()
    const best = await bestOf(optimisations, id)
    const walk = course.question.windows === null ? null : walkOf(course)
    const error = failure === undefined ? null : toWireError(failure)
    const state = error === null ? 'done' : error.code === 'cancelled' ? 'cancelled' : 'failed'
    const kept = error === null || state === 'cancelled' ? null : { code: error.code, data: { ...error.data } }
    const resultHash = failure === undefined ? course.outcomes.hash(ports.sha256) : null
    await optimisations.end(id, { state, durationMs, error: kept, best, resultHash, walk })
    return failure
  } catch (storing) {
    const { code, data } = toWireError(storing)
    const error = { code, data: { ...data } }
    await optimisations
      .end(id, { state: 'failed', durationMs, error, best: null, resultHash: null, walk: null })
      .catch(() => undefined)
    return failure ?? storing
  }
}

function walkOf(course: OptimisationCourse) {
  const { result, curve } = joinWalk(course.walked, course.question.config.run.cash)
  return { windows: JSON.stringify(result), curve }
}

/** Over all trials; of a walk forward there is no single best. */
async function bestOf(optimisations: OptimisationStore, id: string): Promise<BestTrial | null> {
  const detail = await optimisations.get(id)
  if (detail.summary.config.walkForward !== null) return null
  const table = new TrialTable(detail, await optimisations.trials(id))
  const row = table.best()
  return row === undefined ? null : table.bestTrial(row)
}
