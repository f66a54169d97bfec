/**
 * Rows of `width` doubles in one growing block: one capacity check a row, neighbouring writes. Read it back as columns
 * when everything is in.
 */
export class RecordBuffer {
  /** Rows so far. */
  count = 0
  /** The block: value `k` of row `r` is at r · width + k. Replaced when it grows. */
  values: Float64Array
  readonly width: number

  constructor(width: number, capacity = 1024) {
    this.width = width
    this.values = new Float64Array(width * capacity)
  }

  /** Adds a row of zeros and returns where it starts in `values`. */
  add(): number {
    const start = this.count * this.width
    if (start === this.values.length) this.#grow()
    this.count++
    return start
  }

  at(row: number, column: number): number {
    return row < this.count ? (this.values[row * this.width + column] as number) : Number.NaN
  }

  set(row: number, column: number, value: number): void {
    this.values[row * this.width + column] = value
  }

  /** One column as an array of its own. */
  column(column: number): Float64Array<ArrayBuffer> {
    const { width, values, count } = this
    const taken = new Float64Array(count)
    for (let row = 0, at = column; row < count; row++, at += width) taken[row] = values[at] as number
    return taken
  }

  #grow(): void {
    const grown = new Float64Array(this.values.length * 4)
    grown.set(this.values)
    this.values = grown
  }
}
