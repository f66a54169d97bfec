import { DomainError } from '../domain/errors.ts'

/** How earlier contracts are fitted to the last one, whose prices stay as they are. */
export type Adjustment = 'none' | 'difference' | 'ratio'

/** Where one contract gives way to the next. */
export interface Roll {
  readonly from: string
  readonly to: string
  /** First row of the new contract in the continuous series. */
  readonly row: number
  /** The moment at which both had a price: EpochMs. */
  readonly time: number
  /** Price of the old contract then, and of the new one. */
  readonly oldPrice: number
  readonly newPrice: number
}

/**
 * Shifts (or scales) prices before each roll by the gap of that roll and of all later ones. Changes the columns in
 * place; row k belongs to the contract after the last roll with `row` ≤ k.
 */
export function backAdjust(columns: readonly Float64Array[], rolls: readonly Roll[], adjustment: Adjustment): void {
  if (adjustment === 'none') return
  let shift = 0
  let factor = 1
  for (let at = rolls.length - 1; at >= 0; at--) {
    const roll = rolls[at] as Roll
    if (adjustment === 'difference') shift += roll.newPrice - roll.oldPrice
    else factor *= ratioOf(roll)
    const from = rolls[at - 1]?.row ?? 0
    for (const column of columns)
      for (let row = from; row < roll.row; row++) column[row] = (column[row] as number) * factor + shift
  }
}

function ratioOf({ from, to, oldPrice, newPrice, time }: Roll): number {
  if (!(oldPrice > 0 && newPrice > 0)) throw new DomainError('futures.ratio', { from, to, time })
  return newPrice / oldPrice
}
