import type { BarSeries } from '../domain/bar-series.ts'
import { lowerBound } from '../lib/columns.ts'
import type { Roll } from './back-adjust.ts'
import type { ContractChain } from './contract-chain.ts'

/** Bars over which a weighted series goes from one contract to the next, unless told. */
export const usualWeighedBars = 5

const weighed = ['open', 'high', 'low', 'close', 'volume', 'openInterest'] as const

/**
 * Lets a series of unadjusted contracts go over at each roll within so many bars instead of at once: the new one counts
 * 1/n in the first bar of the roll, 2/n in the second, and all in the n-th. Nothing that comes later is needed, and
 * nothing is shifted: each price is what a basket of both contracts cost. Where the old contract has no bar at that time
 * (closeTime) the new one counts in full. A further roll within those bars begins from the contract held. Changes the
 * columns in place.
 */
export function weighRolls(
  bars: BarSeries,
  contract: Int32Array,
  rolls: readonly Roll[],
  { chain, over }: { readonly chain: ContractChain; readonly over: number },
): void {
  for (const [at, { row: first }] of rolls.entries()) {
    if (first === 0) continue
    const old = chain[contract[first - 1] as number]?.bars
    if (old === undefined) continue
    const end = Math.min(first + over - 1, rolls[at + 1]?.row ?? bars.length, bars.length)
    for (let row = first; row < end; row++) {
      const other = lowerBound(old.closeTime, bars.closeTime[row] as number)
      if (old.closeTime[other] !== bars.closeTime[row]) continue
      const weight = (row - first + 1) / over
      for (const name of weighed) {
        const column = bars[name]
        column[row] = (column[row] as number) * weight + (old[name][other] as number) * (1 - weight)
      }
    }
  }
}
