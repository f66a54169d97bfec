/** A line written by a strategy or the engine. */
export interface LogLine {
  readonly time: number
  readonly kind: 'log' | 'notify' | 'engine'
  readonly text: string
}

/** Lines a run keeps; a strategy that logs every bar must not fill the memory. */
export const logCapacity = 10_000

/** What a run writes down, oldest first, capped: the last line then says how many were left out. */
export class RunLog {
  readonly #lines: LogLine[] = []
  #leftOut = 0

  add(time: number, kind: LogLine['kind'], text: string): void {
    if (this.#lines.length < logCapacity) this.#lines.push({ time, kind, text })
    else this.#leftOut++
  }

  /** The lines so far; they are then no longer kept. */
  drain(): LogLine[] {
    const lines = this.lines()
    this.#lines.length = 0
    this.#leftOut = 0
    return lines
  }

  lines(): LogLine[] {
    const last = this.#lines.at(-1)
    if (this.#leftOut === 0 || last === undefined) return [...this.#lines]
    const text = `${this.#leftOut} more lines were left out (limit ${logCapacity})`
    return [...this.#lines, { time: last.time, kind: 'engine', text }]
  }
}
