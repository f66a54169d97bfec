/** The last `period` values in order, oldest first, with only one copy of the window for every `period` bars. */
export class OrderedWindow {
  readonly #period: number
  readonly #values: Float64Array
  #end = 0
  #known = 0

  constructor(period: number) {
    this.#period = period
    this.#values = new Float64Array(2 * period)
  }

  /** Takes the next value; true when the window is full of finite values. */
  push(value: number): boolean {
    const period = this.#period
    if (this.#end === 2 * period) {
      this.#values.copyWithin(0, period + 1)
      this.#end = period - 1
    }
    this.#values[this.#end++] = value
    this.#known = Number.isFinite(value) ? Math.min(this.#known + 1, period) : 0
    return this.#known === period
  }

  /** The column that holds the window, and where in it the oldest value is. */
  get values(): Float64Array {
    return this.#values
  }

  get start(): number {
    return this.#end - this.#period
  }
}
