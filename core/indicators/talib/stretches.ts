import { columnAt, type Kernel, type KernelColumns } from '../definition.ts'

/**
 * What TA-Lib takes for zero, so that divisions by less give what it gives (version 0.6).
 * Its own comparisons keep the strict sides: −limit < value < limit.
 */
const limit = 1e-14

/** True for what TA-Lib takes for zero. */
export function isNothing(value: number): boolean {
  return -limit < value && value < limit
}

/** True for what TA-Lib takes for zero or less. */
export function isNothingOrLess(value: number): boolean {
  return value < limit
}

/** The state of one function over bars that follow each other without a gap. */
export interface Stretch {
  /** Forgets everything: the next bar is the first of a stretch. */
  restart(): void
  /**
   * Takes the bars [from, to) of the columns, all defined; bar `from` is the `age`-th of its stretch, 0 = its first. What
   * it writes for the bars of the lookback does not matter. Earlier bars of the stretch may be read.
   */
  run(from: number, to: number, age: number): void
}

/**
 * The kernel of a function whose definition starts at the first bar: a gap in an input makes it start again, as TA-Lib
 * starts after leading gaps. Outputs are NaN on the first `lookback` bars of a stretch, and where they are not finite.
 */
export function stretchKernel(columns: KernelColumns, lookback: number, stretch: Stretch): Kernel {
  let age = 0
  return (from, to) => {
    let start = from
    while (start < to) {
      const isKnown = isDefined(columns.inputs, start)
      let end = start + 1
      while (end < to && isDefined(columns.inputs, end) === isKnown) end++
      if (isKnown) {
        if (age === 0) stretch.restart()
        stretch.run(start, end, age)
        blank(columns.outputs, [start, end], Math.max(0, lookback - age))
        age += end - start
      } else {
        age = 0
        blank(columns.outputs, [start, end], end - start)
      }
      start = end
    }
  }
}

function isDefined(inputs: readonly Float64Array[], index: number): boolean {
  for (const input of inputs) {
    const value = input[index] as number
    if (value - value !== 0) return false
  }
  return true
}

function blank(outputs: readonly Float64Array[], [from, to]: readonly [number, number], bars: number): void {
  for (const output of outputs) {
    const known = Math.min(to, from + bars)
    output.fill(Number.NaN, from, known)
    for (let i = known; i < to; i++) {
      const value = output[i] as number
      if (value - value !== 0) output[i] = Number.NaN
    }
  }
}

/** A function of the last `bars` bars only: `compute` writes the outputs of bar `index` from bars [index − bars + 1, index]. */
export function windowKernel(columns: KernelColumns, bars: number, compute: (index: number) => void): Kernel {
  return stretchKernel(columns, bars - 1, {
    restart: () => undefined,
    run(from, to, age) {
      for (let i = from + Math.max(0, bars - 1 - age); i < to; i++) compute(i)
    },
  })
}

/** The columns a stretch works on, read afresh in every call: a growing graph replaces them. */
export function inputAt(columns: KernelColumns, index: number): Float64Array {
  return columnAt(columns.inputs, index)
}

/** The `index`-th output column; see inputAt. */
export function outputAt(columns: KernelColumns, index = 0): Float64Array {
  return columnAt(columns.outputs, index)
}
