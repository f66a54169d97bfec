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

/** How the rows of one contract are moved: `price · factor + shift` for rows from `from` to before `to`. */
export interface RowMove {
  readonly from: number
  readonly to: number
  readonly factor: number
  readonly shift: number
}

/**
 * Shifts (or scales) prices by the gaps of the rolls. Changes the columns in place; row k belongs to the contract after
 * the last roll with `row` ≤ k. A roll without a gap moves nothing. Throws `futures.ratio` where a ratio meets a price
 * of zero or less.
 */
export function adjustPrices(columns: readonly Float64Array[], rolls: readonly Roll[], adjustment: Adjustment): void {
  for (const move of rowMoves(rolls, adjustment)) {
    const { from, to, factor, shift } = move
    if (factor === 1 && shift === 0) continue
    for (const column of columns) {
      const end = Math.min(to, column.length)
      for (let row = from; row < end; row++) column[row] = (column[row] as number) * factor + shift
    }
  }
}

/** The move of every contract, one more than there are rolls. Throws as `adjustPrices`. */
export function rowMoves(rolls: readonly Roll[], adjustment: Adjustment): RowMove[] {
  const isBack = adjustment === 'difference' || adjustment === 'ratio'
  const scales = scalesOf(isBack ? rolls.toReversed() : rolls, adjustment)
  if (isBack) scales.reverse()
  return scales.map((scale, at) => ({
    from: rolls[at - 1]?.row ?? 0,
    to: rolls[at]?.row ?? Number.POSITIVE_INFINITY,
    ...scale,
  }))
}

/** The scale of the contract that is left alone, then of each one after it in the order of the rolls given. */
function scalesOf(rolls: readonly Roll[], adjustment: Adjustment): Pick<RowMove, 'factor' | 'shift'>[] {
  let shift = 0
  let factor = 1
  const scales = [{ factor, shift }]
  for (const roll of rolls) {
    if (adjustment === 'difference') shift += gapOf(roll)
    else if (adjustment === 'ratio') factor *= ratioOf(roll)
    else if (adjustment === 'forward-difference') shift -= gapOf(roll)
    else if (adjustment === 'forward-ratio') factor /= ratioOf(roll)
    scales.push({ factor, shift })
  }
  return scales
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
