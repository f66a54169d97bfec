import { toWireError } from '../contract/wire-error.ts'
import { DomainError } from '../domain/errors.ts'
import { bestTrial, rankTrials } from '../engine/optimiser/objectives.ts'
import { createSearch } from '../engine/optimiser/search.ts'
import { type Point, paramsAt } from '../engine/optimiser/search-space.ts'
import type { TrialDetail } from '../engine/optimiser/trial-result.ts'
import type { OptimisationOutcomes, PlacedPoint } from './optimisation-outcomes.ts'
import { figureColumns, type Question, type TimeWindow, trialTask } from './optimisation-question.ts'
import type { TrialOutcome, TrialQueue } from './trial-port.ts'
import type { WalkedWindow } from './walk-result.ts'

/** So many trials in a row without a result end an optimisation: something is wrong with the strategy or the machine. */
const maxLosses = 5
const losses: readonly string[] = ['worker.lost', 'strategy.endless', 'strategy.memory']

/**
 * An optimisation on its way: asks the search for points, has those without an outcome run, tells the search. The order
 * of points is the search's own, so that any number of workers, and any number of stretches, give the same outcomes.
 */
export class OptimisationCourse {
  readonly question: Question
  readonly outcomes: OptimisationOutcomes
  /** Windows that have been walked so far, with their out-of-sample curves. */
  readonly walked: { readonly window: WalkedWindow; readonly detail: TrialDetail | undefined }[] = []
  readonly #queue: TrialQueue
  #next = 0
  #lostInARow = 0
  #stop: DomainError | undefined

  constructor(question: Question, outcomes: OptimisationOutcomes, queue: TrialQueue) {
    this.question = question
    this.outcomes = outcomes
    this.#queue = queue
  }

  /** Runs to the end. Throws `cancelled`, `optimise.lost`, and whatever the store throws. */
  async run(): Promise<void> {
    const { windows } = this.question
    if (windows === null) {
      await this.#search(undefined)
      return
    }
    for (const [index, window] of windows.entries()) {
      const from = this.#next
      const points = await this.#search(window, index)
      await this.#walk(index, window, points, from)
    }
  }

  /** The best trial of a stretch of points; undefined when none has a score. */
  best(from: number, to: number): number | undefined {
    const { objectives, combination } = this.question.config
    const columns = objectives.map(({ metric }) => this.outcomes.column(metric, from, to))
    const found = bestTrial(columns, objectives, combination)
    return found === undefined ? undefined : from + found
  }

  async #search(window: TimeWindow | undefined, index = 0): Promise<Point[]> {
    const search = createSearch(this.question.search)
    const all: Point[] = []
    for (let asked = search.ask(); asked.length > 0; asked = search.ask()) {
      const from = this.#next
      this.#next += asked.length
      await this.#runMissing(
        asked.map((point, k) => ({ point, number: from + k, window: index })),
        window,
      )
      const { objectives, combination } = this.question.config
      const columns = objectives.map(({ metric }) => this.outcomes.column(metric, from, this.#next))
      const { score } = rankTrials(columns, objectives, combination)
      search.tell(asked.map((point, k) => ({ point, score: score[k] as number })))
      all.push(...asked)
    }
    return all
  }

  async #runMissing(asked: readonly PlacedPoint[], window: TimeWindow | undefined): Promise<void> {
    const missing = asked.filter(({ number }) => !this.outcomes.has(number))
    if (missing.length === 0) return
    const tasks = missing.map(({ point }) => trialTask(this.question, point, window))
    try {
      await this.#queue.run(tasks, (index, outcome) => this.#keep(missing[index] as PlacedPoint, outcome))
    } catch (failure) {
      throw this.#stop ?? failure
    }
  }

  #keep({ number, point, window }: PlacedPoint, outcome: TrialOutcome): void {
    this.outcomes.add({ number, window, point }, outcome)
    const failure = outcome.ok ? undefined : outcome.error
    this.#lostInARow = failure !== undefined && losses.includes(failure.code) ? this.#lostInARow + 1 : 0
    if (this.outcomes.failure !== undefined) this.#end(toDomain(this.outcomes.failure))
    else if (failure !== undefined && this.#lostInARow >= maxLosses) {
      const message = failure.code === 'worker.lost' ? String(failure.data.message ?? failure.code) : failure.code
      this.#end(new DomainError('optimise.lost', { failures: this.#lostInARow, message }))
    }
  }

  #end(failure: DomainError): void {
    this.#stop ??= failure
    this.#queue.cancel()
  }

  /** Runs the best point of a window on the bars after it. */
  async #walk(index: number, window: TimeWindow, points: readonly Point[], from: number): Promise<void> {
    const best = this.best(from, this.#next)
    if (best === undefined) {
      const nothing = { point: null, params: null, inSample: {}, outOfSample: {} }
      this.walked[index] = { window: { ...window, ...nothing }, detail: undefined }
      return
    }
    const { config, space } = this.question
    const params = { ...config.run.params, ...paramsAt(space, points[best - from] as Point) }
    const task = { params, from: window.cut, to: window.to, warm: true, detail: true }
    let outcome: TrialOutcome | undefined
    await this.#queue.run([task], (_, one) => {
      outcome = one
    })
    const chosen = { ...window, point: best, params, inSample: nullable(this.outcomes.figures(best)) }
    // A choice that fails on the bars after it is a result too: the window has none out of sample
    if (outcome?.ok !== true) {
      this.walked[index] = { window: { ...chosen, outOfSample: {} }, detail: undefined }
      return
    }
    const { values, detail } = outcome
    const names = figureColumns(config)
    const outOfSample = nullable(Object.fromEntries(names.map((name, k) => [name, values[k] as number])))
    this.walked[index] = { window: { ...chosen, outOfSample }, detail }
  }
}

/** Undefined is null on the wire. */
export function nullable(figures: Readonly<Record<string, number>>): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, Number.isFinite(value) ? value : null]),
  )
}

function toDomain(failure: unknown): DomainError {
  const { code, data } = toWireError(failure)
  return new DomainError(code, data)
}
