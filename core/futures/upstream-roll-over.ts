import type { ContractChain, FuturesContract } from './contract-chain.ts'

/** Which contract (its position in the chain) and which of its bars each row of a series comes from. */
export interface ChainRows {
  readonly contract: Int32Array
  readonly bar: Int32Array
}

/** Upstream's two questions, asked with each bar of the current contract. */
export interface RollOverRules {
  /** Whether it is time to roll; absent: only when a contract has no more bars. */
  readonly checkDate?: (stamp: number, current: FuturesContract) => boolean
  /** Whether to do it now; absent: yes. `bar` and `nextBar` are the rows that both contracts stand at. */
  readonly checkCondition?: (
    current: FuturesContract,
    next: FuturesContract,
    at: { readonly bar: number; readonly nextBar: number },
  ) => boolean
}

/**
 * backtrader's RollOver (D-12), as it is: later contracts go along with the current one, and when both questions are
 * answered with yes the new contract's bar takes the place of the one that was asked about. A later contract that has
 * already been moved past the old one's last day loses that bar when the old one ends. No price is adjusted.
 */
export function rollOver(chain: ContractChain, { checkDate, checkCondition }: RollOverRules): ChainRows {
  const bars = Int32Array.from(chain, () => -1)
  const rows = collect()
  let at = 0
  while (at < chain.length) {
    const current = chain[at] as FuturesContract
    const bar = (bars[at] as number) + 1
    if (bar >= current.bars.length) {
      at++
      continue
    }
    bars[at] = bar
    const stamp = current.bars.closeTime[bar] as number
    for (let later = at + 1; later < chain.length; later++) moveTo(chain[later] as FuturesContract, bars, later, stamp)
    const next = chain[at + 1]
    if (next !== undefined && (checkDate?.(stamp, current) ?? false)) {
      const nextBar = bars[at + 1] as number
      if (nextBar >= 0 && (checkCondition?.(current, next, { bar, nextBar }) ?? true)) at++
    }
    rows.add(at, bars[at] as number)
  }
  return rows.take()
}

/** Goes on to the first bar at or after a stamp; the last one stays. */
function moveTo({ bars }: FuturesContract, at: Int32Array, contract: number, stamp: number): void {
  let bar = at[contract] as number
  while (bar + 1 < bars.length && (bar < 0 || (bars.closeTime[bar] as number) < stamp)) bar++
  at[contract] = bar
}

/** backtrader's Chainer (D-13): each contract to its end, leaving out what is not after the last row. */
export function chain(contracts: ContractChain): ChainRows {
  const rows = collect()
  let last = Number.NEGATIVE_INFINITY
  for (const [contract, { bars }] of contracts.entries())
    for (let bar = 0; bar < bars.length; bar++) {
      const stamp = bars.closeTime[bar] as number
      if (stamp <= last) continue
      last = stamp
      rows.add(contract, bar)
    }
  return rows.take()
}

function collect() {
  const contract: number[] = []
  const bar: number[] = []
  return {
    add(ofContract: number, ofBar: number): void {
      contract.push(ofContract)
      bar.push(ofBar)
    },
    take: (): ChainRows => ({ contract: Int32Array.from(contract), bar: Int32Array.from(bar) }),
  }
}
