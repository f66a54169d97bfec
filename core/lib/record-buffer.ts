import { ColumnArena } from './column-arena.ts'

const shift = 12
const chunkRows = 1 << shift
/** Divides `chunkRows`. */
const tileRows = 64

/**
 * Rows of `width` doubles in growing chunks: nothing is copied when it grows, and the values of a row lie together.
 * Read it back as columns when everything is in.
 */
export class RecordBuffer {
  /** Rows so far. */
  count = 0
  /** The chunk of the row that was added last: value `k` of that row is at `add()` + k. */
  values: Float64Array = new Float64Array(0)
  readonly width: number
  readonly #chunks: Float64Array[] = []
  readonly #arena: ColumnArena

  /** `arena`: where chunks come from; they are no longer needed once the columns have been read. */
  constructor(width: number, arena = new ColumnArena()) {
    this.width = width
    this.#arena = arena
  }

  /** Adds a row that may hold anything and returns where it starts in `values`. */
  add(): number {
    const inChunk = this.count & (chunkRows - 1)
    if (inChunk === 0) {
      this.values = this.#arena.take(this.width * chunkRows)
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

  /** One column as an array of its own. */
  column(column: number): Float64Array<ArrayBuffer> {
    const { width, count } = this
    const taken = new Float64Array(count)
    for (const [chunk, values] of this.#chunks.entries()) {
      const first = chunk << shift
      const end = Math.min(count, first + chunkRows)
      for (let row = first, at = column; row < end; row++, at += width) taken[row] = values[at] as number
    }
    return taken
  }

  /** Every column, in order. A few rows at a time, so that each is fetched from memory once for all columns. */
  columns(): Float64Array<ArrayBuffer>[] {
    const { count } = this
    const columns = Array.from({ length: this.width }, () => new Float64Array(count))
    for (let row = 0; row < count; row += tileRows) this.#copyTile(columns, row, Math.min(count, row + tileRows))
    return columns
  }

  #copyTile(columns: readonly Float64Array[], from: number, to: number): void {
    const { width } = this
    const values = this.chunkOf(from)
    const start = this.startOf(from)
    for (let column = 0; column < width; column++) {
      const target = columns[column] as Float64Array
      for (let row = from, at = start + column; row < to; row++, at += width) target[row] = values[at] as number
    }
  }
}
