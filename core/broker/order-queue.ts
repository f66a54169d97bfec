const firstCapacity = 64

/**
 * Rows of working orders in the order in which they are tried. A cycle walks through them and keeps those that go on
 * working, in place: nothing is allocated. Rows that have left are told by their flag in the order table.
 */
export class OrderQueue {
  #rows = new Int32Array(firstCapacity)
  #count = 0
  #reached = 0
  #kept = 0
  #walking = false

  get count(): number {
    return this.#count
  }

  /** The row at a place in the queue; not to be called inside a cycle. */
  at(index: number): number {
    return this.#rows[index] as number
  }

  push(row: number): void {
    if (this.#count === this.#rows.length) {
      const grown = new Int32Array(this.#count * 2)
      grown.set(this.#rows)
      this.#rows = grown
    }
    this.#rows[this.#count++] = row
  }

  /** Begins a cycle. */
  start(): void {
    this.#reached = 0
    this.#kept = 0
    this.#walking = true
  }

  /** The next row of the cycle; −1 at its end. */
  next(): number {
    return this.#reached < this.#count ? (this.#rows[this.#reached++] as number) : -1
  }

  /** Leaves a row in the queue for the next cycle. */
  keep(row: number): void {
    this.#rows[this.#kept++] = row
  }

  /** Ends a cycle: what was not kept is gone. */
  finish(): void {
    this.#count = this.#kept
    this.#walking = false
  }

  /**
   * All rows; within a cycle the one that is worked on (a rival tried before it may end it), those still to come, then
   * those already kept.
   */
  rows(): number[] {
    if (!this.#walking) return [...this.#rows.subarray(0, this.#count)]
    const current = Math.max(0, this.#reached - 1)
    return [...this.#rows.subarray(current, this.#count), ...this.#rows.subarray(0, this.#kept)]
  }
}
