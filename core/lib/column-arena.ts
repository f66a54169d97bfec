/**
 * Memory for columns that nobody keeps after a run, such as indicators: fresh pages cost more than computing on them, so
 * the next run gets those of the last one. What it hands out is not cleared.
 */
export class ColumnArena {
  readonly #buffers: ArrayBuffer[]
  #used = 0

  /** `buffers` belongs to the caller, who hands it to one run after the other; it grows by what a run needs. */
  constructor(buffers: ArrayBuffer[] = []) {
    this.#buffers = buffers
  }

  /** A column of `length` values that may hold anything. */
  take(length: number): Float64Array {
    const buffers = this.#buffers
    const place = this.#used++
    for (let index = place; index < buffers.length; index++) {
      const known = buffers[index] as ArrayBuffer
      if (known.byteLength < length * 8) continue
      buffers[index] = buffers[place] as ArrayBuffer
      buffers[place] = known
      return new Float64Array(known, 0, length)
    }
    const column = new Float64Array(length)
    if (place < buffers.length) buffers.push(buffers[place] as ArrayBuffer)
    buffers[place] = column.buffer
    return column
  }

  /** The same for 32-bit integers. */
  takeIntegers(length: number): Int32Array {
    const { buffer, byteOffset } = this.take(Math.ceil(length / 2))
    return new Int32Array(buffer, byteOffset, length)
  }

  /** The same for small integers. */
  takeBytes(length: number): Int8Array {
    const { buffer, byteOffset } = this.take(Math.ceil(length / 8))
    return new Int8Array(buffer, byteOffset, length)
  }
}
