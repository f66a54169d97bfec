import type { WireColumns } from '../contract/define.ts'
import { bestTrial, rankTrials } from '../engine/optimiser/objectives.ts'
import { plateauScores } from '../engine/optimiser/plateau.ts'
import { axisTexts, columnValue, paramsAt, type SearchSpace, spaceOf } from '../engine/optimiser/search-space.ts'
import { trialFacts } from '../engine/optimiser/trial-result.ts'
import { ensureDefined } from '../lib/assert.ts'
import { minimumTrackRecord, probabilisticSharpe } from '../reports/overfitting.ts'
import type { BestTrial, OptimisationDetail, StoredTrials } from '../stores/optimisation-store.ts'

/** What a measured Sharpe ratio per day is judged by. */
export type MeasuredTrial = Parameters<typeof probabilisticSharpe>[0]

/** The stored trials of an optimisation by name, with what follows from all of them together. */
export class TrialTable {
  readonly rows: number
  readonly space: SearchSpace
  readonly #detail: OptimisationDetail
  readonly #stored: StoredTrials

  constructor(detail: OptimisationDetail, stored: StoredTrials) {
    this.#detail = detail
    this.#stored = stored
    this.rows = stored.points.length
    this.space = spaceOf(detail.summary.config.space)
  }

  /** One stored column; NaN where a trial has no result. */
  column(name: string): Float64Array {
    const { columns } = this.#detail
    const at = columns.indexOf(name)
    const { values } = this.#stored
    return Float64Array.from({ length: this.rows }, (_, row) => {
      return at < 0 ? Number.NaN : (values[row * columns.length + at] as number)
    })
  }

  #value(row: number, name: string): number {
    const { columns } = this.#detail
    return this.#stored.values[row * columns.length + columns.indexOf(name)] ?? Number.NaN
  }

  #coordinates(): Float64Array[] {
    return this.space.axes.map(({ name }) => this.column(`param:${name}`))
  }

  /** The row of the best trial so far; undefined when none has a score. */
  best(): number | undefined {
    const { objectives, combination } = this.#detail.summary.config
    return bestTrial(
      objectives.map(({ metric }) => this.column(metric)),
      objectives,
      combination,
    )
  }

  /** All parameters of a row, those that are not searched included. */
  paramsOf(row: number): Record<string, string | number | boolean> {
    const point = this.space.axes.map(({ name }) => this.#value(row, `param:${name}`))
    return { ...this.#detail.summary.config.run.params, ...paramsAt(this.space, point) }
  }

  bestTrial(row: number): BestTrial {
    const metrics = this.#metricNames().map((name) => {
      const value = this.#value(row, name)
      return [name, Number.isFinite(value) ? value : null] as const
    })
    return { point: this.pointOf(row), params: this.paramsOf(row), metrics: Object.fromEntries(metrics) }
  }

  /** The Sharpe ratio of a row, per day, with the shape of its returns. */
  measured(row: number): MeasuredTrial {
    const at = (name: string) => this.#value(row, name)
    return {
      sharpe: at('daily-sharpe'),
      periods: at('daily-count'),
      skew: at('daily-skew'),
      kurtosis: at('daily-kurtosis'),
    }
  }

  /** The number of a row's trial. */
  pointOf(row: number): number {
    return this.#stored.points[row] as number
  }

  /** The row of a trial's number; −1 without one. */
  rowOf(point: number): number {
    return this.#stored.points.indexOf(point)
  }

  hasResult(row: number): boolean {
    return row >= 0 && this.#stored.errors[row] === null
  }

  windowOf(row: number): number {
    return this.#value(row, 'window')
  }

  /** Everything a screen shows; `threshold` is the Sharpe ratio per day that luck alone would reach. */
  wire(metrics: readonly string[] | null, threshold: number) {
    const { config } = this.#detail.summary
    const { points, errors } = this.#stored
    const figures = config.objectives.map(({ metric }) => this.column(metric))
    const { score, rank } = this.#rankByWindow(figures)
    const coordinates = this.#coordinates()
    const wanted = metrics ?? this.#metricNames()
    const columns: WireColumns = {
      point: points,
      ...(config.walkForward === null ? {} : { window: this.column('window') }),
      failed: Float64Array.from(errors, (error) => (error === null ? 0 : 1)),
      ...this.#params(coordinates),
      score,
      rank,
      plateau:
        config.walkForward === null ? plateauScores(this.space, coordinates, score) : score.map(() => Number.NaN),
      ...this.#luck(threshold),
      ...Object.fromEntries(wanted.map((id) => [`metric:${id}`, this.column(id)])),
    }
    const failures = [...errors.entries()].flatMap(([row, error]) => {
      return error === null ? [] : [{ point: points[row] as number, error }]
    })
    const texts = this.space.axes.flatMap((axis) => {
      const values = axisTexts(axis)
      return values.length === 0 ? [] : [[`param:${axis.name}`, values] as const]
    })
    return {
      reply: { rows: this.rows, texts: Object.fromEntries(texts), failures: failures.slice(0, 100) },
      columns,
    }
  }

  /** Trials of different windows were run on different bars and are ranked apart. */
  #rankByWindow(figures: readonly Float64Array[]) {
    const { objectives, combination, walkForward } = this.#detail.summary.config
    if (walkForward === null) return rankTrials(figures, objectives, combination)
    const windows = this.column('window')
    const score = new Float64Array(this.rows).fill(Number.NaN)
    const rank = score.slice()
    for (let from = 0; from < this.rows; ) {
      let to = from
      while (to < this.rows && windows[to] === windows[from]) to++
      const part = rankTrials(
        figures.map((column) => column.slice(from, to)),
        objectives,
        combination,
      )
      score.set(part.score, from)
      rank.set(part.rank, from)
      from = to
    }
    return { score, rank }
  }

  #params(coordinates: readonly Float64Array[]): WireColumns {
    return Object.fromEntries(
      this.space.axes.map((axis, k) => {
        const column = ensureDefined(coordinates[k], axis.name)
        return [`param:${axis.name}`, column.map((coordinate) => columnValue(axis, coordinate))]
      }),
    )
  }

  #luck(threshold: number): WireColumns {
    const probabilistic = new Float64Array(this.rows)
    const deflated = new Float64Array(this.rows)
    const minimumDays = new Float64Array(this.rows)
    const [sharpe, periods, skew, kurtosis] = ['daily-sharpe', 'daily-count', 'daily-skew', 'daily-kurtosis'].map(
      (name) => this.column(name),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array]
    for (let row = 0; row < this.rows; row++) {
      const measured = {
        sharpe: sharpe[row] as number,
        periods: periods[row] as number,
        skew: skew[row] as number,
        kurtosis: kurtosis[row] as number,
      }
      probabilistic[row] = probabilisticSharpe(measured)
      deflated[row] = probabilisticSharpe(measured, threshold)
      minimumDays[row] = minimumTrackRecord(measured)
    }
    return { probabilistic, deflated, minimumDays }
  }

  #metricNames(): string[] {
    const facts: readonly string[] = trialFacts
    return this.#detail.columns.filter(
      (name) => name !== 'window' && !name.startsWith('param:') && !(facts.includes(name) && name !== 'final-equity'),
    )
  }
}
