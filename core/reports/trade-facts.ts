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
  readonly #closed: readonly number[]
  #results: Float64Array | undefined
  #wins: Float64Array | undefined
  #losses: Float64Array | undefined

  constructor(columns: TradeColumns, years: number, orders: OrderCounts | null) {
    this.#columns = columns
    this.years = years
    this.orders = orders
    this.#closed = Array.from(columns.open, (_, row) => row).filter((row) => columns.open[row] === 0)
  }

  get count(): number {
    return this.#closed.length
  }

  #pick(read: (row: number) => number, keep: (row: number) => boolean = () => true): Float64Array {
    return Float64Array.from(this.#closed.filter(keep), read)
  }

  #pnl(row: number): number {
    return this.#columns.pnl[row] as number
  }

  /** Net results. */
  get results(): Float64Array {
    this.#results ??= this.#pick((row) => this.#pnl(row))
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
    return this.#pick(
      (row) => this.#pnl(row),
      (row) => this.#columns.side?.[row] === side,
    )
  }

  get bars(): Float64Array {
    return this.#pick((row) => this.#columns.bars[row] as number)
  }

  /** Days from entry to exit of the trades that won (1) or lost (−1); those at 0 are neither. */
  holdingDays(outcome: 1 | -1): Float64Array {
    const { entryTime, exitTime } = this.#columns
    const time = (column: Float64Array | undefined, row: number) => column?.[row] ?? Number.NaN
    return this.#pick(
      (row) => (time(exitTime, row) - time(entryTime, row)) / dayMs,
      (row) => Math.sign(this.#pnl(row)) === outcome,
    )
  }

  /** Moves against (`mae`) or for (`mfe`) the position as a ratio of the entry price. */
  excursions(which: 'mae' | 'mfe'): Float64Array {
    const { entryPrice } = this.#columns
    const column = this.#columns[which]
    return this.#pick((row) => (column?.[row] ?? Number.NaN) / Math.abs(entryPrice?.[row] ?? Number.NaN))
  }

  /** What was given back from the best moment to the exit, as a ratio of the entry price. */
  get givenBack(): Float64Array {
    const { side, entryPrice, exitPrice, mfe } = this.#columns
    const at = (column: Float64Array | undefined, row: number) => column?.[row] ?? Number.NaN
    return this.#pick((row) => {
      const entry = at(entryPrice, row)
      return (at(mfe, row) - at(side, row) * (at(exitPrice, row) - entry)) / Math.abs(entry)
    })
  }
}
