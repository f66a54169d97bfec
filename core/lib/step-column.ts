const firstCapacity = 256

/** A column that keeps only the rows on which its value changes; it holds until the next of them. */
export class StepColumn {
  #rows = new Int32Array(firstCapacity)
  #values = new Float64Array(firstCapacity)
  #count = 0

  /** The value from `row` on; rows must not go back. The last value of a row stays. */
  set(row: number, value: number): void {
    const last = this.#count - 1
    if (last >= 0) {
      if (this.#values[last] === value) return
      if (this.#rows[last] === row) {
        this.#values[last] = value
        return
      }
    }
    if (this.#count === this.#rows.length) this.#grow()
    this.#rows[this.#count] = row
    this.#values[this.#count++] = value
  }

  /** The column written out, `length` rows; NaN before the first value. */
  write(length: number): Float64Array<ArrayBuffer> {
    const column = new Float64Array(length)
    const first = this.#count === 0 ? length : Math.min(length, this.#rows[0] as number)
    column.fill(Number.NaN, 0, first)
    for (let k = 0; k < this.#count; k++) {
      const end = k + 1 < this.#count ? (this.#rows[k + 1] as number) : length
      column.fill(this.#values[k] as number, this.#rows[k] as number, Math.min(length, end))
    }
    return column
  }

  #grow(): void {
    const rows = new Int32Array(this.#rows.length * 4)
    rows.set(this.#rows)
    this.#rows = rows
    const values = new Float64Array(this.#values.length * 4)
    values.set(this.#values)
    this.#values = values
  }
}
