import type { BarSeries } from '../domain/bar-series.ts'
import { DomainError } from '../domain/errors.ts'

/** One delivery month of a future. */
export interface FuturesContract {
  /** As the venue writes it: `202412`, `ESZ4`. */
  readonly code: string
  /** When it stops trading, EpochMs; null: not known. */
  readonly expiry: number | null
  /** From when on its holder may be given delivery, EpochMs; absent or null: never, or not known. */
  readonly firstNotice?: number | null
  readonly bars: BarSeries
}

/** Contracts of one future, the earliest delivery first. */
export type ContractChain = readonly FuturesContract[]

/** Throws `futures.no-contracts` for an empty chain and `futures.order` when expiries or first bars go back in time. */
export function checkChain(chain: ContractChain): void {
  if (chain.length === 0 || chain.every(({ bars }) => bars.length === 0))
    throw new DomainError('futures.no-contracts', {})
  for (let index = 1; index < chain.length; index++) {
    const [before, here] = [chain[index - 1] as FuturesContract, chain[index] as FuturesContract]
    const late = before.expiry !== null && here.expiry !== null && here.expiry <= before.expiry
    if (late) throw new DomainError('futures.order', { before: before.code, contract: here.code })
  }
}
