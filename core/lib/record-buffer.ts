const shift = 12
const chunkRows = 1 << shift

/**
 * Rows of `width` doubles in growing chunks: nothing is copied when it grows, and the values of a row lie together.
 * Read it back as columns when everything is in.
 */
export class RecordBuffer {
  /** Rows so far. */
  count = 0
  /** The chunk of the row that was added last: value `k` of that row is at `add()` + k. */
  values = new Float64Array(0)
  readonly width: number
  readonly #chunks: Float64Array<ArrayBuffer>[] = []

  constructor(width: number) {
    this.width = width
  }

  /** Adds a row of zeros and returns where it starts in `values`. */
  add(): number {
    const inChunk = this.count & (chunkRows - 1)
    if (inChunk === 0) {
      this.values = new Float64Array(this.width * chunkRows)
      this.#chunks.push(this.values)
    }
    this.count++
    return inChunk * this.width
  }

  at(row: number, column: number): number {
    return row < this.count ? (this.chunkOf(row)[this.startOf(row) + column] as number) : Number.NaN
  }

  set(row: number, column: number, value: number): void {
    this.chunkOf(row)[this.startOf(row) + column] = value
  }

  /** The chunk that holds a row; its values begin at `startOf(row)`. */
  chunkOf(row: number): Float64Array {
    return this.#chunks[row >>> shift] as Float64Array
  }

  /** Where a row begins in its chunk. */
  startOf(row: number): number {
    return (row & (chunkRows - 1)) * this.width
  }

  /** Every column as an array of its own, in order. */
  columns(): Float64Array<ArrayBuffer>[] {
    const { width, count } = this
    const columns = Array.from({ length: width }, () => new Float64Array(count))
    for (const [chunk, values] of this.#chunks.entries()) {
      const first = chunk << shift
      const rows = Math.min(chunkRows, count - first)
      for (let column = 0; column < width; column++) {
        copyColumn(columns[column] as Float64Array, first, values.subarray(column), { width, rows })
      }
    }
    return columns
  }
}

/** Every `width`-th value of `values` into `rows` rows of `target` from `first` on. */
function copyColumn(
  target: Float64Array,
  first: number,
  values: Float64Array,
  { width, rows }: { readonly width: number; readonly rows: number },
): void {
  for (let row = 0, at = 0; row < rows; row++, at += width) target[first + row] = values[at] as number
}
