import { DomainError } from '../domain/errors.ts'

/**
 * How contracts are fitted to each other. `difference` (Panama) and `ratio` leave the last contract's prices alone and
 * change what came before, so history moves with each roll; the forward kinds leave the first contract's alone and
 * change what comes after, so what was once shown stays.
 */
export const adjustments = ['none', 'difference', 'ratio', 'forward-difference', 'forward-ratio'] as const
export type Adjustment = (typeof adjustments)[number]

/** Where one contract gives way to the next. */
export interface Roll {
  readonly from: string
  readonly to: string
  /** First row of the new contract in the continuous series. */
  readonly row: number
  /** The moment at which both had a price: EpochMs. */
  readonly time: number
  /** Price of the old contract then, and of the new one; NaN when they never had one together. */
  readonly oldPrice: number
  readonly newPrice: number
}

/**
 * Shifts (or scales) prices by the gaps of the rolls. Changes the columns in place; row k belongs to the contract after
 * the last roll with `row` ≤ k. A roll without a gap moves nothing. Throws `futures.ratio` where a ratio meets a price
 * of zero or less.
 */
export function adjustPrices(columns: readonly Float64Array[], rolls: readonly Roll[], adjustment: Adjustment): void {
  if (adjustment === 'none') return
  if (adjustment === 'difference' || adjustment === 'ratio') backAdjust(columns, rolls, adjustment)
  else forwardAdjust(columns, rolls, adjustment)
}

function backAdjust(
  columns: readonly Float64Array[],
  rolls: readonly Roll[],
  adjustment: 'difference' | 'ratio',
): void {
  let shift = 0
  let factor = 1
  for (let at = rolls.length - 1; at >= 0; at--) {
    const roll = rolls[at] as Roll
    if (adjustment === 'difference') shift += gapOf(roll)
    else factor *= ratioOf(roll)
    move(columns, { from: rolls[at - 1]?.row ?? 0, to: roll.row, factor, shift })
  }
}

function forwardAdjust(
  columns: readonly Float64Array[],
  rolls: readonly Roll[],
  adjustment: 'forward-difference' | 'forward-ratio',
): void {
  let shift = 0
  let factor = 1
  for (const [at, roll] of rolls.entries()) {
    if (adjustment === 'forward-difference') shift -= gapOf(roll)
    else factor /= ratioOf(roll)
    move(columns, { from: roll.row, to: rolls[at + 1]?.row ?? Number.POSITIVE_INFINITY, factor, shift })
  }
}

interface Move {
  readonly from: number
  readonly to: number
  readonly factor: number
  readonly shift: number
}

function move(columns: readonly Float64Array[], { from, to, factor, shift }: Move): void {
  for (const column of columns) {
    const end = Math.min(to, column.length)
    for (let row = from; row < end; row++) column[row] = (column[row] as number) * factor + shift
  }
}

/** Price of the new contract less that of the old one, 0 when they never had one together. */
function gapOf({ oldPrice, newPrice }: Roll): number {
  const gap = newPrice - oldPrice
  return Number.isNaN(gap) ? 0 : gap
}

function ratioOf({ from, to, oldPrice, newPrice, time }: Roll): number {
  if (Number.isNaN(newPrice - oldPrice)) return 1
  if (!(oldPrice > 0 && newPrice > 0)) throw new DomainError('futures.ratio', { from, to, time })
  return newPrice / oldPrice
}
