import { type Adjustment, adjustPrices, type Roll } from './back-adjust.ts'

/** A day's price of the contract that is held and of the one that follows (pysystemtrade's multiple prices). */
export interface MultiplePrices {
  readonly time: Float64Array
  readonly price: Float64Array
  readonly contract: readonly string[]
  /** NaN where the next contract has no price. */
  readonly forward: Float64Array
}

/** The continuous price and its rolls; `lastOfOld` is the row before each roll. */
export interface StitchedPrices {
  readonly adjusted: Float64Array
  readonly rolls: readonly Roll[]
}

/**
 * Stitches the held contract's prices: at each change of contract the gap is forward − price of the last row of the
 * old one that has both. A change without any such row
 * moves nothing, and its prices are NaN.
 */
export function stitchPrices(
  { time, price, contract, forward }: MultiplePrices,
  adjustment: Adjustment,
): StitchedPrices {
  const rolls: Roll[] = []
  for (let row = 1; row < price.length; row++) {
    if (contract[row] === contract[row - 1]) continue
    const last = lastWithBoth(price, forward, rolls.at(-1)?.row ?? 0, row)
    rolls.push({
      from: contract[row - 1] as string,
      to: contract[row] as string,
      row,
      time: time[last ?? row - 1] as number,
      oldPrice: last === undefined ? Number.NaN : (price[last] as number),
      newPrice: last === undefined ? Number.NaN : (forward[last] as number),
    })
  }
  const adjusted = price.slice()
  adjustPrices([adjusted], rolls, adjustment)
  return { adjusted, rolls }
}

function lastWithBoth(price: Float64Array, forward: Float64Array, from: number, to: number): number | undefined {
  for (let row = to - 1; row >= from; row--)
    if (Number.isFinite(price[row]) && Number.isFinite(forward[row])) return row
  return undefined
}
