/**
 * The round trips of a run as columns; NaN where a value is undefined. Open ones have `open` 1. Columns that are left
 * out read as unknown.
 */
export interface TradeColumns {
  readonly pnl: Float64Array
  readonly fees: Float64Array
  readonly bars: Float64Array
  readonly open: Float64Array
  /** 1 long, −1 short. */
  readonly side?: Float64Array
  readonly entryTime?: Float64Array
  readonly exitTime?: Float64Array
  readonly entryPrice?: Float64Array
  readonly exitPrice?: Float64Array
  readonly gross?: Float64Array
  /** Largest move against and for the entry price, price points ≥ 0. */
  readonly mae?: Float64Array
  readonly mfe?: Float64Array
}

/** Orders that did not become a trade. */
export interface OrderCounts {
  /** Refused by the broker, or denied before they left. */
  readonly rejected: number
  /** Expired while they would have opened a position. */
  readonly expiredEntries: number
  /** Expired while they would have closed one. */
  readonly expiredExits: number
  readonly cancelledEntries: number
}

const dayMs = 86_400_000

/** The closed round trips of a run, the part of each that metrics ask for. */
export class TradeFacts {
  readonly orders: OrderCounts | null
  /** Calendar years of the run; NaN when they are not known. */
  readonly years: number
  readonly #columns: TradeColumns
  /** Rows of the closed ones. */
  readonly #closed: Int32Array
  #results: Float64Array | undefined
  #wins: Float64Array | undefined
  #losses: Float64Array | undefined

  constructor(columns: TradeColumns, years: number, orders: OrderCounts | null) {
    this.#columns = columns
    this.years = years
    this.orders = orders
    this.#closed = closedRows(columns.open)
  }

  get count(): number {
    return this.#closed.length
  }

  /** A column of the closed trades; NaN throughout where it is not known. */
  #column(column: Float64Array | undefined): Float64Array {
    const closed = this.#closed
    const picked = new Float64Array(closed.length)
    if (column === undefined) return picked.fill(Number.NaN)
    // A loop: twenty thousand trades are picked in every run, and callbacks cost ten times as much.
    for (let at = 0; at < closed.length; at++) picked[at] = column[closed[at] as number] as number
    return picked
  }

  /** Net results. */
  get results(): Float64Array {
    this.#results ??= this.#column(this.#columns.pnl)
    return this.#results
  }

  get wins(): Float64Array {
    this.#wins ??= this.results.filter((value) => value > 0)
    return this.#wins
  }

  get losses(): Float64Array {
    this.#losses ??= this.results.filter((value) => value < 0)
    return this.#losses
  }

  /** Net results of one side: 1 long, −1 short. */
  resultsOf(side: 1 | -1): Float64Array {
    const sides = this.#column(this.#columns.side)
    return this.results.filter((_, at) => sides[at] === side)
  }

  get bars(): Float64Array {
    return this.#column(this.#columns.bars)
  }

  /** Days from entry to exit of the trades that won (1) or lost (−1); those at 0 are neither. */
  holdingDays(outcome: 1 | -1): Float64Array {
    const [entry, exit] = [this.#column(this.#columns.entryTime), this.#column(this.#columns.exitTime)]
    const days = exit.map((time, at) => (time - (entry[at] as number)) / dayMs)
    return days.filter((_, at) => Math.sign(this.results[at] as number) === outcome)
  }

  /** Moves against (`mae`) or for (`mfe`) the position as a ratio of the entry price. */
  excursions(which: 'mae' | 'mfe'): Float64Array {
    const entry = this.#column(this.#columns.entryPrice)
    return this.#column(this.#columns[which]).map((move, at) => move / Math.abs(entry[at] as number))
  }

  /** What was given back from the best moment to the exit, as a ratio of the entry price. */
  get givenBack(): Float64Array {
    const { side, entryPrice, exitPrice, mfe } = this.#columns
    const [sides, entry, exit] = [this.#column(side), this.#column(entryPrice), this.#column(exitPrice)]
    return this.#column(mfe).map((best, at) => {
      const price = entry[at] as number
      return (best - (sides[at] as number) * ((exit[at] as number) - price)) / Math.abs(price)
    })
  }
}

function closedRows(open: Float64Array): Int32Array {
  const rows = new Int32Array(open.length)
  let count = 0
  for (let row = 0; row < open.length; row++) if (open[row] === 0) rows[count++] = row
  return rows.subarray(0, count)
}
