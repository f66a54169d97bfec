const firstCapacity = 1024

/** One row per step of a run: when, what the account was worth, its cash and its exposure; plus recorded series. */
export class EquityColumns {
  length = 0
  time: Float64Array
  equity: Float64Array
  cash: Float64Array
  /** Gross exposure in money. */
  gross: Float64Array
  readonly recorded = new Map<string, Float64Array>()

  constructor(capacity: number) {
    const size = Math.max(firstCapacity, capacity)
    this.time = new Float64Array(size)
    this.equity = new Float64Array(size)
    this.cash = new Float64Array(size)
    this.gross = new Float64Array(size)
  }

  /** Opens the next row. Its equity is written by `mark`. */
  add(time: number, equity: number, cash: number, gross: number): void {
    const row = this.length
    if (row === this.time.length) this.#grow()
    this.time[row] = time
    this.equity[row] = equity
    this.cash[row] = cash
    this.gross[row] = gross
    this.length = row + 1
  }

  /** Writes a value of a recorded series into the current row; NaN where nothing was written. */
  record(name: string, value: number): void {
    let column = this.recorded.get(name)
    if (column === undefined || column.length < this.time.length) {
      const grown = new Float64Array(this.time.length).fill(Number.NaN)
      if (column !== undefined) grown.set(column)
      this.recorded.set(name, grown)
      column = grown
    }
    column[Math.max(0, this.length - 1)] = value
  }

  #grow(): void {
    const size = this.time.length * 2
    const longer = (column: Float64Array) => {
      const grown = new Float64Array(size)
      grown.set(column)
      return grown
    }
    this.time = longer(this.time)
    this.equity = longer(this.equity)
    this.cash = longer(this.cash)
    this.gross = longer(this.gross)
  }
}
