import { upperBound } from '../lib/columns.ts'
import type { ContractChain } from './contract-chain.ts'

/** What makes a contract the active one. */
export type ActivityMeasure = 'volume' | 'open-interest' | 'expiry'

/**
 * Position of the contract that is active at a moment, from bars closed by then: the one with most volume or open
 * interest in its last bar (the earlier delivery of two equal ones), or the earliest that has a bar. A contract that
 * has expired, or whose newest bar is older than the chain's newest, is not active. undefined: no contract has a bar.
 */
export function activeContract(chain: ContractChain, time: number, measure: ActivityMeasure): number | undefined {
  const last = chain.map(({ bars }) => upperBound(bars.closeTime, time) - 1)
  const stamps = chain.map(({ bars }, at) => bars.closeTime[last[at] as number] ?? Number.NEGATIVE_INFINITY)
  const newest = Math.max(...stamps)
  let active: number | undefined
  let most = Number.NEGATIVE_INFINITY
  for (const [at, { bars, expiry }] of chain.entries()) {
    const bar = last[at] as number
    if (bar < 0 || stamps[at] !== newest || (expiry !== null && expiry < time)) continue
    if (measure === 'expiry') return at
    const amount = (measure === 'volume' ? bars.volume : bars.openInterest)[bar] as number
    if (active === undefined || amount > most) [active, most] = [at, Number.isNaN(amount) ? most : amount]
  }
  return active
}
