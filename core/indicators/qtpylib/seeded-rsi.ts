/**
 * Relative strength as qtpylib seeds it: its first `window + 1` changes make the seed, then the recursion starts at the
 * `window`-th change, so the last two of them count twice. Known from bar `window + 1` on; a gap starts it again.
 */
export class SeededRsi {
  readonly #window: number
  /** Mean rise and fall, value before, and the rises and falls of the last change. */
  readonly #state = Float64Array.of(0, 0, Number.NaN, 0)
  /** Changes so far, until the seed is complete. */
  #changes = 0

  constructor(window: number) {
    this.#window = window
  }

  run(input: Float64Array, output: Float64Array, from: number, to: number): void {
    const state = this.#state
    for (let i = from; i < to; i++) {
      const value = input[i] as number
      const change = value - (state[2] as number)
      state[2] = value
      output[i] = change - change === 0 ? this.#next(change) : this.#restart()
      state[3] = change
    }
  }

  #restart(): number {
    this.#changes = 0
    this.#state[0] = 0
    this.#state[1] = 0
    return Number.NaN
  }

  #next(change: number): number {
    const state = this.#state
    if (this.#changes > this.#window) this.#follow(change)
    else {
      state[0] = (state[0] as number) + (change > 0 ? change : 0)
      state[1] = (state[1] as number) + (change < 0 ? -change : 0)
      this.#changes++
      if (this.#changes <= this.#window) return Number.NaN
      state[0] = (state[0] as number) / this.#window
      state[1] = (state[1] as number) / this.#window
      this.#follow(state[3] as number)
      this.#follow(change)
    }
    const fall = state[1] as number
    if (fall === 0) return (state[0] as number) === 0 ? Number.NaN : 100
    return 100 - 100 / (1 + (state[0] as number) / fall)
  }

  #follow(change: number): void {
    const state = this.#state
    const window = this.#window
    state[0] = ((state[0] as number) * (window - 1) + (change > 0 ? change : 0)) / window
    state[1] = ((state[1] as number) * (window - 1) + (change > 0 ? 0 : -change)) / window
  }
}
