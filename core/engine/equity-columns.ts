import { type Account, accountRow } from '../broker/account.ts'
import type { Market } from '../broker/market.ts'
import { StepColumn } from '../lib/step-column.ts'
import type { ExposureSums } from '../reports/metric.ts'

const firstCapacity = 1024

const sumAt = { rows: 0, sum: 1 } as const
const stateAt = { cash: 0, size: 1 } as const

/**
 * One row per step of a run. Equity is a column; cash is kept by the rows on which it changes, and exposure too where it
 * follows from the position, because touching memory costs more than computing. `cashColumn` and `exposureColumn` write
 * them out for whoever asks.
 *
 * With `only` (one instrument whose value is cash + size · price) nothing is done per step: between two changes of the
 * account the rows are filled in one loop over the closes.
 */
export class EquityColumns {
  /** Rows begun; the last one is the current step's. */
  length = 0
  /** Undefined when the rows are those of the only instrument: its own time column serves. */
  time: Float64Array<ArrayBuffer> | undefined
  equity: Float64Array<ArrayBuffer>
  /** Money paid in or out, by the row that holds it first; undefined while there is none. */
  #flows: Map<number, number> | undefined
  readonly recorded = new Map<string, Float64Array<ArrayBuffer>>()
  readonly #only: Market | undefined
  readonly #cash = new StepColumn()
  /** Units held by row; used with `only`. */
  readonly #size = new StepColumn()
  /** Gross exposure over equity; used without `only`. */
  #exposure: Float64Array<ArrayBuffer>
  readonly #sums = new Float64Array(2)
  /** The account since row `#filled`; in a typed array because doubles in fields are boxed. */
  readonly #state = Float64Array.of(Number.NaN, 0)
  #filled = 0

  /** `only`: see above. `keepsTime` false: the caller has a time column with the same rows. */
  constructor(capacity: number, options: { readonly keepsTime: boolean; readonly only: Market | undefined }) {
    const size = options.keepsTime ? Math.max(firstCapacity, capacity) : capacity
    this.#only = options.only
    this.time = options.keepsTime ? new Float64Array(size) : undefined
    this.equity = new Float64Array(size)
    this.#exposure = new Float64Array(options.only === undefined ? size : 0)
  }

  /** With `only`: the account before the first row. */
  begin(cash: number): void {
    this.#state[stateAt.cash] = cash
    this.#cash.set(0, cash)
    this.#size.set(0, 0)
  }

  /** Begins the next row and writes it from the account as it was last valued. */
  add(account: Account): void {
    const row = this.length
    if (row === this.equity.length) this.#grow()
    const { figures } = account
    const value = figures[accountRow.value] as number
    const gross = figures[accountRow.gross] as number
    this.equity[row] = value
    this.#cash.set(row, figures[accountRow.cash] as number)
    if (gross !== 0) this.#addExposure(row, value > 0 ? gross / value : Number.NaN)
    this.length = row + 1
  }

  #addExposure(row: number, ratio: number): void {
    const sums = this.#sums
    this.#exposure[row] = ratio
    sums[sumAt.rows] = (sums[sumAt.rows] as number) + 1
    sums[sumAt.sum] = (sums[sumAt.sum] as number) + ratio
  }

  /** With `only`: what the account holds from the current row on. */
  change(cash: number, size: number): void {
    const state = this.#state
    if (state[stateAt.cash] === cash && state[stateAt.size] === size) return
    const row = this.length - 1
    this.#fillTo(row)
    state[stateAt.cash] = cash
    state[stateAt.size] = size
    this.#cash.set(row, cash)
    this.#size.set(row, size)
  }

  /** With `only`: writes what is still missing up to the current row. */
  settle(): void {
    if (this.#only !== undefined) this.#fillTo(this.length)
  }

  #fillTo(row: number): void {
    const from = this.#filled
    if (row <= from) return
    this.#filled = row
    const cash = this.#state[stateAt.cash] as number
    const size = this.#state[stateAt.size] as number
    if (size !== 0) this.#fillPosition(from, row, cash, size)
    else fillRows(this.equity, from, row, cash)
  }

  #fillPosition(from: number, to: number, cash: number, size: number): void {
    const { equity } = this
    const { columns, commission } = this.#only as Market
    const { close } = columns
    const { multiplier } = commission
    const unit = commission.unitValue
    let sum = this.#sums[sumAt.sum] as number
    let rows = this.#sums[sumAt.rows] as number
    for (let row = from; row < to; row++) {
      const price = close[row] as number
      const value = cash + size * price * unit
      equity[row] = value
      const gross = Math.abs(size * price) * multiplier
      if (gross === 0) continue
      sum += value > 0 ? gross / value : Number.NaN
      rows++
    }
    this.#sums[sumAt.sum] = sum
    this.#sums[sumAt.rows] = rows
  }

  /** Stamps the row written last. */
  stamp(time: number): void {
    if (this.time !== undefined) this.time[this.length - 1] = time
  }

  /** Writes a value of a recorded series into the current row; NaN where nothing was written. */
  record(name: string, value: number): void {
    let column = this.recorded.get(name)
    if (column === undefined || column.length < this.equity.length) {
      const grown = new Float64Array(this.equity.length).fill(Number.NaN)
      if (column !== undefined) grown.set(column)
      this.recorded.set(name, grown)
      column = grown
    }
    column[Math.max(0, this.length - 1)] = value
  }

  /** Notes money that is booked with the next row. */
  flow(amount: number): void {
    this.#flows ??= new Map()
    this.#flows.set(this.length, (this.#flows.get(this.length) ?? 0) + amount)
  }

  /** Money paid in or out of every row; undefined when there was none. */
  flowColumn(): Float64Array<ArrayBuffer> | undefined {
    if (this.#flows === undefined) return undefined
    const column = new Float64Array(this.length)
    for (const [row, amount] of this.#flows) if (row < this.length) column[row] = amount
    return column
  }

  /** How much and how long the account was exposed. */
  get exposure(): ExposureSums {
    return { rows: this.#sums[sumAt.rows] as number, sum: this.#sums[sumAt.sum] as number }
  }

  /** Cash of every row. */
  cashColumn(): Float64Array<ArrayBuffer> {
    return this.#cash.write(this.length)
  }

  /** Gross exposure over equity of every row; NaN where there is no equity left. */
  exposureColumn(): Float64Array<ArrayBuffer> {
    const only = this.#only
    if (only === undefined) return this.#exposure.slice(0, this.length)
    const size = this.#size.write(this.length)
    const { close } = only.columns
    const { multiplier } = only.commission
    for (let row = 0; row < size.length; row++) {
      const gross = Math.abs((size[row] as number) * (close[row] as number)) * multiplier
      const value = this.equity[row] as number
      size[row] = gross === 0 ? 0 : value > 0 ? gross / value : Number.NaN
    }
    return size
  }

  #grow(): void {
    const size = Math.max(firstCapacity, this.equity.length * 2)
    const longer = (column: Float64Array) => {
      const grown = new Float64Array(size)
      grown.set(column)
      return grown
    }
    if (this.time !== undefined) this.time = longer(this.time)
    this.equity = longer(this.equity)
    this.#exposure = longer(this.#exposure)
  }
}

/** A loop: spans are short, and the call of the built-in costs more. */
function fillRows(column: Float64Array, from: number, to: number, value: number): void {
  for (let row = from; row < to; row++) column[row] = value
}
