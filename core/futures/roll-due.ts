import { upperBound } from '../lib/columns.ts'
import type { ContinuousSeries } from './continuous-series.ts'
import type { ContractChain, FuturesContract } from './contract-chain.ts'
import { isRollDue, type RollRule } from './roll-rule.ts'

/**
 * Position in the chain of the contract to be held from now on: that of the last row, or the next one where the rule
 * says at its close that it is left. `last-bars` knows a contract's last bar, which nobody does while it trades: as part
 * of a rule it never says so here. −1 for a series without rows.
 */
export function contractToHold(chain: ContractChain, rule: RollRule, { contract, bars }: ContinuousSeries): number {
  const at = contract.at(-1) ?? -1
  const current = chain[at]
  const next = chain[at + 1]
  if (current === undefined || next === undefined) return at
  const known = bars.closeTime.at(-1) as number
  return isDue(rule, current, next, known) ? at + 1 : at
}

function isDue(rule: RollRule, current: FuturesContract, next: FuturesContract, known: number): boolean {
  if (rule.kind === 'last-bars') return false
  if (rule.kind === 'any') return rule.rules.some((one) => isDue(one, current, next, known))
  if (rule.kind === 'all') return rule.rules.every((one) => isDue(one, current, next, known))
  const nextBar = upperBound(next.bars.closeTime, known) - 1
  if (nextBar < 0) return false
  return isRollDue(rule, { current, next, bar: upperBound(current.bars.closeTime, known) - 1, nextBar }, known)
}
