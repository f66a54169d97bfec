import { DomainError } from '../domain/errors.ts'
import type { ParamValue } from './definition.ts'

/** Where *now* is, as a bar index; −1 before the first bar. Owned and moved by the engine, shared by all its lines. */
export interface Cursor {
  i: number
}

/** What a line can be combined with: another line of the same bars, or a number. */
export type Operand = Line | number

/** The graph a line belongs to, as far as lines need it. */
export interface LineOwner {
  /** The line that `operator` makes of the operands (`minus`, `above` …, see operators.ts). */
  operate(operator: string, operands: readonly Operand[], params?: Readonly<Record<string, ParamValue>>): Line
}

export interface LineOptions {
  readonly name: string
  readonly owner: LineOwner
  readonly cursor: Cursor
  readonly column: Float64Array
  /** Bars before its first defined value, inputs included. */
  readonly warmup: number
  readonly display?: LineDisplay | undefined
}

/** How a chart draws a line that comes from an indicator. */
export interface LineDisplay {
  readonly pane: 'price' | 'own'
  readonly draw: 'line' | 'histogram' | 'points'
  /** Bars by which it is drawn later, negative: earlier. */
  readonly shift: number
  readonly guides: readonly number[]
}

/** The whole column behind a line, future included: for engine, charts and reports, never for strategy code. */
export let columnOf: (line: Line) => Float64Array

/** The graph of a line. Hidden like the column: whoever has the graph can move the cursor. */
export let ownerOf: (line: Line) => LineOwner

/** How a chart draws a line; undefined for lines of no indicator, and for those that operators make. */
export let displayOf: (line: Line) => LineDisplay | undefined

/** Puts a longer column behind a line when its graph grows. */
export let rebindColumn: (line: Line, column: Float64Array) => void

/**
 * One series of numbers, seen from *now*. Nothing public reaches beyond the cursor, so a strategy cannot look ahead
 * engine, charts and reports take the whole column through `columnOf`.
 */
export class Line {
  /** E.g. `close` or `sma(30)`; for messages. */
  readonly name: string
  /** Bars before its first defined value; the engine waits for the longest of a strategy's lines. */
  readonly warmup: number
  readonly #owner: LineOwner
  readonly #cursor: Cursor
  readonly #display: LineDisplay | undefined
  #column: Float64Array

  constructor(options: LineOptions) {
    this.name = options.name
    this.warmup = options.warmup
    this.#owner = options.owner
    this.#cursor = options.cursor
    this.#display = options.display
    this.#column = options.column
  }

  /**
   * The value `ago` bars ago, 0 = now. NaN where it is undefined (warm-up, gaps) and before the first bar has come.
   * Throws `strategy.look-ahead` {series, ago, message} for a negative or fractional `ago`, `strategy.history` (the same
   * and bars) beyond the first bar.
   */
  at(ago = 0): number {
    if (ago >= 0) {
      const value = this.#column[this.#cursor.i - ago]
      if (value !== undefined) return value
    }
    return this.#outside(ago)
  }

  /** The value now; NaN where undefined. */
  get now(): number {
    const value = this.#column[this.#cursor.i]
    return value === undefined ? Number.NaN : value
  }

  /** The value one bar earlier; NaN where undefined, also on the first bar. */
  get before(): number {
    const value = this.#column[this.#cursor.i - 1]
    return value === undefined ? Number.NaN : value
  }

  plus(other: Operand): Line {
    return this.#owner.operate('plus', [this, other])
  }

  minus(other: Operand): Line {
    return this.#owner.operate('minus', [this, other])
  }

  times(other: Operand): Line {
    return this.#owner.operate('times', [this, other])
  }

  /** This divided by other; NaN where other is 0. */
  over(other: Operand): Line {
    return this.#owner.operate('over', [this, other])
  }

  negated(): Line {
    return this.#owner.operate('negated', [this])
  }

  absolute(): Line {
    return this.#owner.operate('absolute', [this])
  }

  /** This to the power of other. */
  power(other: Operand): Line {
    return this.#owner.operate('power', [this, other])
  }

  /** The largest whole number not above this: `a.over(b).floored()` is Python's a // b. */
  floored(): Line {
    return this.#owner.operate('floor', [this])
  }

  /** This line as it was `bars` ≥ 1 bars earlier. */
  ago(bars: number): Line {
    return this.#owner.operate('ago', [this], { bars })
  }

  /** 1 where this > other, else 0; NaN where one is undefined. So do the next three. */
  above(other: Operand): Line {
    return this.#owner.operate('above', [this, other])
  }

  below(other: Operand): Line {
    return this.#owner.operate('below', [this, other])
  }

  atLeast(other: Operand): Line {
    return this.#owner.operate('atLeast', [this, other])
  }

  atMost(other: Operand): Line {
    return this.#owner.operate('atMost', [this, other])
  }

  /** 1 where both are equal, else 0; NaN where one is undefined. */
  equalTo(other: Operand): Line {
    return this.#owner.operate('equal', [this, other])
  }

  /** 1 where they differ, else 0; NaN where one is undefined. */
  unequalTo(other: Operand): Line {
    return this.#owner.operate('unequal', [this, other])
  }

  /** 1 where neither is 0, else 0: `i.close.above(a).and(i.volume.above(b))`. */
  and(other: Operand): Line {
    return this.#owner.operate('and', [this, other])
  }

  /** 1 where one of them is not 0, else 0. */
  or(other: Operand): Line {
    return this.#owner.operate('or', [this, other])
  }

  /** 1 where this is 0, else 0. */
  not(): Line {
    return this.#owner.operate('not', [this])
  }

  #outside(ago: number): number {
    const asked = { series: this.name, ago, message: `${this.name}.at(${ago})` }
    if (!(ago >= 0) || !Number.isInteger(ago)) throw new DomainError('strategy.look-ahead', asked)
    if (this.#cursor.i < 0) return Number.NaN
    throw new DomainError('strategy.history', { ...asked, bars: this.#cursor.i + 1 })
  }

  static {
    columnOf = (line) => line.#column
    ownerOf = (line) => line.#owner
    displayOf = (line) => line.#display
    rebindColumn = (line, column) => {
      line.#column = column
    }
  }
}
