import type { ContractSpan } from '../domain/contract-span.ts'
import { type Adjustment, type Roll, rowMoves } from './back-adjust.ts'
import type { ContinuousSeries } from './continuous-series.ts'
import type { ContractChain } from './contract-chain.ts'

/**
 * The stretches of a continuous series, oldest first: with them a run signals on the series and trades the contract.
 * A contract without a row has none; the gaps on both sides of it are added up. A roll that has not been reached yet
 * (its row is the series' end) has none either.
 */
export function contractSpans(
  { bars, contract, rolls }: ContinuousSeries,
  chain: ContractChain,
  adjustment: Adjustment,
): ContractSpan[] {
  return rowMoves(rolls, adjustment).flatMap(({ from, to, factor, shift }) => {
    const code = chain[contract[from] as number]?.code
    if (from >= Math.min(to, bars.length) || code === undefined) return []
    return [{ code, first: bars.time[from] as number, shift, factor, gap: from === 0 ? null : gapAt(rolls, from) }]
  })
}

function gapAt(rolls: readonly Roll[], row: number): number | null {
  let gap = 0
  for (const roll of rolls) if (roll.row === row) gap += roll.newPrice - roll.oldPrice
  return Number.isNaN(gap) ? null : gap
}
