/** Index of the first value ≥ `target` in an ascending column; `column.length` when there is none. NaN is not allowed. */
export function lowerBound(column: Float64Array, target: number): number {
  let low = 0
  let high = column.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((column[middle] as number) < target) low = middle + 1
    else high = middle
  }
  return low
}

/** Index of the first value > `target` in an ascending column; `column.length` when there is none. */
export function upperBound(column: Float64Array, target: number): number {
  let low = 0
  let high = column.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((column[middle] as number) <= target) low = middle + 1
    else high = middle
  }
  return low
}

/** A zeroed column whose bytes worker threads share without copying. */
export function sharedColumn(length: number): Float64Array<SharedArrayBuffer> {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT))
}

/** A Float64 column that grows by doubling; `view()` is the filled part without a copy. */
export class GrowingColumn {
  #values: Float64Array
  #length = 0

  constructor(capacity = 1024) {
    this.#values = new Float64Array(capacity)
  }

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#grow()
    this.#values[this.#length++] = value
  }

  at(index: number): number {
    return index >= 0 && index < this.#length ? (this.#values[index] as number) : Number.NaN
  }

  set(index: number, value: number): void {
    this.#values[index] = value
  }

  /** The filled part; valid until the next `push`. */
  view(): Float64Array {
    return this.#values.subarray(0, this.#length)
  }

  /** A copy of the filled part with its own buffer, ready to be transferred. */
  take(): Float64Array<ArrayBuffer> {
    return this.#values.slice(0, this.#length)
  }

  #grow(): void {
    const grown = new Float64Array(this.#values.length * 2)
    grown.set(this.#values)
    this.#values = grown
  }
}
