import type { TickMessage } from '../domain/market-message.ts'
import type { CleaningLimits } from './cleaning-rules.ts'

const windowLength = 21

/**
 * Finds prices that stand alone (a Hampel filter with confirmation): a print far from the median of the last 21 is held
 * back until the next one, which either is as far away on the same side, so that both are real, or shows it as a spike.
 */
export class SpikeWatch {
  readonly #limits: CleaningLimits
  readonly #prices = new Float64Array(windowLength)
  readonly #sorted = new Float64Array(windowLength)
  #count = 0
  #held: TickMessage | null = null

  constructor(limits: CleaningLimits) {
    this.#limits = limits
  }

  /**
   * Takes the next print. `pass` are those that are real now, in order; `spike` one that was not. Both are reused:
   * read them at once.
   */
  take(tick: TickMessage): { readonly pass: readonly TickMessage[]; readonly spike: TickMessage | null } {
    const held = this.#held
    this.#held = null
    if (held !== null) return this.#judge(held, tick)
    if (this.#isFar(tick.price)) {
      this.#held = tick
      return { pass: [], spike: null }
    }
    this.#add(tick.price)
    return { pass: [tick], spike: null }
  }

  /** A print that waits for its confirmation, when nothing follows: it stands. */
  release(): TickMessage | null {
    const held = this.#held
    this.#held = null
    if (held !== null) this.#add(held.price)
    return held
  }

  #judge(held: TickMessage, next: TickMessage): { pass: readonly TickMessage[]; spike: TickMessage | null } {
    const center = this.#median()
    const confirms = this.#isFar(next.price) && Math.sign(next.price - center) === Math.sign(held.price - center)
    if (confirms) {
      // The market has moved: what was usual before says nothing of where it is now
      this.#count = 0
      this.#add(held.price)
      this.#add(next.price)
      return { pass: [held, next], spike: null }
    }
    const again = this.take(next)
    return { pass: again.pass, spike: held }
  }

  #isFar(price: number): boolean {
    const { spikeFactor, spikeFloor } = this.#limits
    if (spikeFactor <= 0 || this.#count < 5) return false
    const center = this.#median()
    const distance = Math.abs(price - center)
    if (distance <= Math.abs(center) * spikeFloor) return false
    return distance > spikeFactor * this.#usualDistance(center)
  }

  #add(price: number): void {
    this.#prices[this.#count++ % windowLength] = price
  }

  #median(): number {
    const length = Math.min(this.#count, windowLength)
    const sorted = this.#sorted.subarray(0, length)
    sorted.set(this.#prices.subarray(0, length))
    sorted.sort()
    return sorted[length >> 1] as number
  }

  /** Median distance from the median, scaled as a deviation. */
  #usualDistance(center: number): number {
    const length = Math.min(this.#count, windowLength)
    const sorted = this.#sorted.subarray(0, length)
    for (let index = 0; index < length; index++) sorted[index] = Math.abs((this.#prices[index] as number) - center)
    sorted.sort()
    return 1.4826 * (sorted[length >> 1] as number)
  }
}
