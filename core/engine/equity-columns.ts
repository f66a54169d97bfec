import { type Account, accountRow } from '../broker/account.ts'

const firstCapacity = 1024

/**
 * One row per step of a run, straight into the arrays that become the result. Zeros are never written: fresh memory is
 * zero, and touching a page costs more than computing on it.
 */
export class EquityColumns {
  length = 0
  /** Undefined when the rows are those of the only instrument: its own time column serves. */
  time: Float64Array<ArrayBuffer> | undefined
  equity: Float64Array<ArrayBuffer>
  cash: Float64Array<ArrayBuffer>
  /** Gross exposure over equity. */
  exposure: Float64Array<ArrayBuffer>
  /** Loss since the highest equity so far, ratio ≥ 0. */
  drawdown: Float64Array<ArrayBuffer>
  readonly recorded = new Map<string, Float64Array<ArrayBuffer>>()
  /** One double; see Account.figures. */
  readonly #peak = new Float64Array([Number.NEGATIVE_INFINITY])

  /** `keepsTime` false: the caller has a time column with the same rows. */
  constructor(capacity: number, keepsTime: boolean) {
    const size = keepsTime ? Math.max(firstCapacity, capacity) : capacity
    this.time = keepsTime ? new Float64Array(size) : undefined
    this.equity = new Float64Array(size)
    this.cash = new Float64Array(size)
    this.exposure = new Float64Array(size)
    this.drawdown = new Float64Array(size)
  }

  /** Writes the next row from the account as it was last valued. */
  add(account: Account): void {
    const row = this.length
    if (row === this.equity.length) this.#grow()
    const { figures } = account
    const value = figures[accountRow.value] as number
    const gross = figures[accountRow.gross] as number
    const peak = this.#peak[0] as number
    this.equity[row] = value
    this.cash[row] = figures[accountRow.cash] as number
    if (gross !== 0) this.exposure[row] = value > 0 ? gross / value : Number.NaN
    if (value >= peak) this.#peak[0] = value
    else this.drawdown[row] = peak > 0 ? (peak - value) / peak : Number.NaN
    this.length = row + 1
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

  #grow(): void {
    const size = Math.max(firstCapacity, this.equity.length * 2)
    const longer = (column: Float64Array) => {
      const grown = new Float64Array(size)
      grown.set(column)
      return grown
    }
    if (this.time !== undefined) this.time = longer(this.time)
    this.equity = longer(this.equity)
    this.cash = longer(this.cash)
    this.exposure = longer(this.exposure)
    this.drawdown = longer(this.drawdown)
  }
}
