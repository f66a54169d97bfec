import type { IndicatorDefinition, IndicatorParams, KernelColumns } from './definition.ts'

/**
 * Columns that graphs over the same complete bars share, so that a thousand runs compute `sma(close, 20)` once. A
 * column is known by what made it: the definition itself, its params, and the very columns it was made from. Reading
 * only: whoever gets a cached column must not write it.
 */
export class LineCache {
  readonly #numbers = new WeakMap<object, number>()
  readonly #halfBytes: number
  #recent = new Map<string, readonly Float64Array[]>()
  #older = new Map<string, readonly Float64Array[]>()
  #recentBytes = 0
  #lastNumber = 0

  /** Holds at most `maxBytes`; what was not asked for longest goes first, half of it at a time. */
  constructor(maxBytes: number) {
    this.#halfBytes = maxBytes / 2
  }

  /** The outputs of an indicator, undefined when it was not computed yet or is forgotten. */
  find(
    definition: IndicatorDefinition,
    params: IndicatorParams,
    inputs: readonly Float64Array[],
  ): readonly Float64Array[] | undefined {
    const key = this.#keyOf(definition, params, inputs)
    const recent = this.#recent.get(key)
    if (recent !== undefined) return recent
    const older = this.#older.get(key)
    if (older !== undefined) this.#add(key, older)
    return older
  }

  /** Remembers the outputs of an indicator. */
  keep(definition: IndicatorDefinition, params: IndicatorParams, { inputs, outputs }: KernelColumns): void {
    this.#add(this.#keyOf(definition, params, inputs), [...outputs])
  }

  #add(key: string, outputs: readonly Float64Array[]): void {
    const bytes = outputs.reduce((sum, { byteLength }) => sum + byteLength, 0)
    if (this.#recentBytes + bytes > this.#halfBytes) {
      this.#older = this.#recent
      this.#recent = new Map()
      this.#recentBytes = 0
    }
    if (bytes > this.#halfBytes) return
    this.#recent.set(key, outputs)
    this.#recentBytes += bytes
  }

  #keyOf(definition: IndicatorDefinition, params: IndicatorParams, inputs: readonly Float64Array[]): string {
    return `${[definition, ...inputs].map((part) => this.#numberOf(part)).join(' ')} ${JSON.stringify(params)}`
  }

  #numberOf(part: object): number {
    const known = this.#numbers.get(part)
    if (known !== undefined) return known
    this.#lastNumber++
    this.#numbers.set(part, this.#lastNumber)
    return this.#lastNumber
  }
}
