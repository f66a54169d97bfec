const firstCapacity = 16

/**
 * A short list of row numbers that is filled and emptied all the time. An array that is emptied gives its memory back and
 * asks for it anew; this keeps it.
 */
export class RowList {
  length = 0
  #rows = new Int32Array(firstCapacity)

  push(row: number): void {
    if (this.length === this.#rows.length) this.#grow()
    this.#rows[this.length++] = row
  }

  /** The row at a place below `length`. */
  at(place: number): number {
    return this.#rows[place] as number
  }

  /** Takes a row out; false when it is not in the list. */
  delete(row: number): boolean {
    const place = this.#rows.subarray(0, this.length).indexOf(row)
    if (place < 0) return false
    this.#rows.copyWithin(place, place + 1, this.length)
    this.length--
    return true
  }

  has(row: number): boolean {
    return this.#rows.subarray(0, this.length).includes(row)
  }

  clear(): void {
    this.length = 0
  }

  /** A copy as an array. */
  rows(): number[] {
    return [...this.#rows.subarray(0, this.length)]
  }

  #grow(): void {
    const longer = new Int32Array(this.#rows.length * 2)
    longer.set(this.#rows)
    this.#rows = longer
  }
}
