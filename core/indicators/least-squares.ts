/** The share of a column's length that must be new for it to count as independent of those before it. */
const independent = 1e-12

/**
 * Least squares one column at a time: each is made orthogonal to those before it (twice, so that nothing of them is left
 * by rounding) and taken out of the target; what remains of the target are the residuals. Keeps its memory.
 */
export class LeastSquares {
  /** Residuals so far, in their first rows. */
  readonly left: Float64Array
  readonly #basis: readonly Float64Array[]
  #rows = 0
  #rank = 0

  constructor(mostRows: number, mostColumns: number) {
    this.left = new Float64Array(mostRows)
    this.#basis = Array.from({ length: mostColumns }, () => new Float64Array(mostRows))
  }

  /** Independent columns taken so far. */
  get rank(): number {
    return this.#rank
  }

  /** A new fit of `rows` values of `target` from `offset` on. */
  start(target: Float64Array, offset: number, rows: number): void {
    this.#rows = rows
    this.#rank = 0
    for (let k = 0; k < rows; k++) this.left[k] = target[offset + k] as number
  }

  /** Takes a column out; the target's component along what is new in it, NaN where nothing is. */
  take(source: Float64Array, offset: number): number {
    const rows = this.#rows
    const column = this.#basis[this.#rank] as Float64Array
    for (let k = 0; k < rows; k++) column[k] = source[offset + k] as number
    const before = squares(column, rows)
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < this.#rank; j++) withdraw(column, this.#basis[j] as Float64Array, rows)
    }
    const after = squares(column, rows)
    if (!(after > before * independent * independent)) return Number.NaN
    const length = Math.sqrt(after)
    for (let k = 0; k < rows; k++) column[k] = (column[k] as number) / length
    this.#rank++
    return withdraw(this.left, column, rows)
  }

  /** Sum of the squared residuals. */
  rest(): number {
    return squares(this.left, this.#rows)
  }
}

/** Takes the component along a unit column out of another; the component. */
function withdraw(from: Float64Array, unit: Float64Array, rows: number): number {
  let component = 0
  for (let k = 0; k < rows; k++) component += (from[k] as number) * (unit[k] as number)
  for (let k = 0; k < rows; k++) from[k] = (from[k] as number) - component * (unit[k] as number)
  return component
}

function squares(column: Float64Array, rows: number): number {
  let sum = 0
  for (let k = 0; k < rows; k++) sum += (column[k] as number) ** 2
  return sum
}
