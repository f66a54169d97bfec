/** Waits that all end at once when their owner does. */
export class Pauses {
  readonly #wakes = new Set<() => void>()
  #isOver = false

  of(ms: number): Promise<void> {
    if (this.#isOver) return Promise.resolve()
    return new Promise((done) => {
      const wake = () => {
        clearTimeout(timer)
        this.#wakes.delete(wake)
        done()
      }
      const timer = setTimeout(wake, ms)
      this.#wakes.add(wake)
    })
  }

  end(): void {
    this.#isOver = true
    for (const wake of this.#wakes) wake()
  }
}
