import { isDomainError } from '../domain/errors.ts'
import { canonicalBytes } from '../engine/canonical-bytes.ts'
import type { Point } from '../engine/optimiser/search-space.ts'
import type { OptimisationStore, StoredTrials } from '../stores/optimisation-store.ts'
import type { RunError } from '../stores/run-records.ts'
import type { Sha256 } from '../stores/stores.ts'
import type { TrialOutcome } from './trial-port.ts'

/** Outcomes are written at least so many at a time, or whenever `flush` is called. */
const batchRows = 512

/** A trial's number in the order of asking, its window (0 without windows) and its place in the space. */
export interface PlacedPoint {
  readonly number: number
  readonly window: number
  readonly point: Point
}

interface Row {
  readonly values: Float64Array
  readonly error: RunError | null
}

/**
 * The outcomes of an optimisation: those of earlier stretches and new ones, which go to the store in batches one after
 * the other. A failure of the store is kept for the next `settled`.
 */
export class OptimisationOutcomes {
  readonly #store: OptimisationStore
  readonly #id: string
  readonly #columns: readonly string[]
  readonly #rows = new Map<number, Row>()
  /** Whether the Sharpe ratios of new trials belong to the idea's spread: only trials over the whole period do. */
  readonly #comparable: boolean
  #waiting: number[] = []
  #writing: Promise<unknown> = Promise.resolve()
  #failure: unknown

  constructor(
    store: OptimisationStore,
    id: string,
    options: { readonly columns: readonly string[]; readonly comparable: boolean; readonly earlier: StoredTrials },
  ) {
    this.#store = store
    this.#id = id
    this.#columns = options.columns
    this.#comparable = options.comparable
    const { points, values, errors } = options.earlier
    const width = this.#columns.length
    for (const [k, point] of points.entries()) {
      this.#rows.set(point, { values: values.slice(k * width, (k + 1) * width), error: errors[k] ?? null })
    }
  }

  get count(): number {
    return this.#rows.size
  }

  has(point: number): boolean {
    return this.#rows.has(point)
  }

  add({ number, window, point }: PlacedPoint, outcome: TrialOutcome): void {
    const values = new Float64Array(this.#columns.length).fill(Number.NaN)
    values.set([window, ...point])
    if (outcome.ok) values.set(outcome.values, 1 + point.length)
    const error = outcome.ok ? null : { code: outcome.error.code, data: { ...outcome.error.data } }
    this.#rows.set(number, { values, error })
    this.#waiting.push(number)
    if (this.#waiting.length >= batchRows) this.flush()
  }

  /** Sends what is waiting to the store. */
  flush(): void {
    const points = this.#waiting
    if (points.length === 0) return
    this.#waiting = []
    const rows = points.map((point) => this.#rows.get(point) as Row)
    const width = this.#columns.length
    const values = new Float64Array(points.length * width)
    for (const [k, row] of rows.entries()) values.set(row.values, k * width)
    const sharpe = this.#columns.indexOf('daily-sharpe')
    const batch = {
      points: Float64Array.from(points),
      values,
      errors: rows.map(({ error }) => error),
      sharpes: Float64Array.from(rows, (row) => (this.#comparable ? (row.values[sharpe] as number) : Number.NaN)),
    }
    this.#writing = this.#writing
      .then(() => this.#store.addTrials(this.#id, batch))
      // A store thread that died is a new one by now; what it may have stored is not stored twice
      .catch((failure: unknown) => {
        if (!isDomainError(failure) || failure.code !== 'worker.lost') throw failure
        return this.#store.addTrials(this.#id, batch)
      })
      .catch((failure: unknown) => {
        this.#failure ??= failure
      })
  }

  /** The first failure of the store, if any. */
  get failure(): unknown {
    return this.#failure
  }

  /** Everything is stored; throws what the store threw. */
  async settled(): Promise<void> {
    this.flush()
    await this.#writing
    if (this.#failure !== undefined) throw this.#failure
  }

  /** One figure of the trials with these points, NaN where it is undefined. */
  column(name: string, from: number, to: number): Float64Array {
    const at = this.#columns.indexOf(name)
    return Float64Array.from({ length: to - from }, (_, k) => this.#rows.get(from + k)?.values[at] ?? Number.NaN)
  }

  /** Figures of one trial by name. */
  figures(point: number): Record<string, number> {
    const { values } = this.#rows.get(point) ?? { values: new Float64Array() }
    return Object.fromEntries(this.#columns.map((name, k) => [name, values[k] ?? Number.NaN]))
  }

  /** SHA-256 over the outcomes of all trials in the order of their points, failures included. */
  hash(sha256: Sha256): string {
    const points = Float64Array.from([...this.#rows.keys()].sort((a, b) => a - b))
    const rows = Array.from(points, (point) => this.#rows.get(point) as Row)
    const columns = this.#columns.map((name, k) => {
      return [name, Float64Array.from(rows, ({ values }) => values[k] as number)] as const
    })
    const failures = JSON.stringify(rows.map(({ error }) => error))
    return sha256(canonicalBytes([['point', points], ...columns, [failures, new Float64Array()]]))
  }
}
