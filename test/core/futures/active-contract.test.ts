import { expect, test } from 'vitest'
import { activeContract } from '../../../core/futures/active-contract.ts'
import type { ContractChain } from '../../../core/futures/contract-chain.ts'
import { barsOf, type Candle } from '../../helpers/bars-of.ts'

const dayMs = 86_400_000
const start = Date.UTC(2024, 0, 1)
const contract = (code: string, expiry: number | null, volumes: readonly number[]) => {
  const candles = volumes.map((volume): Candle => [1, 1, 1, 1, volume])
  return { code, expiry, bars: barsOf(candles, start) }
}
const chain: ContractChain = [contract('H24', start + 5 * dayMs, [50, 40, 30]), contract('M24', null, [10, 40, 60, 70])]
const at = (day: number) => start + day * dayMs

test('the active contract has most volume in the last closed bar; the earlier one of two equal', () => {
  expect(activeContract(chain, at(1), 'volume')).toBe(0)
  expect(activeContract(chain, at(2), 'volume')).toBe(0)
  expect(activeContract(chain, at(3), 'volume')).toBe(1)
})

test('before any bar there is none; a contract that stopped or expired is none', () => {
  expect(activeContract(chain, at(0) - 1, 'volume')).toBeUndefined()
  expect(activeContract(chain, at(3), 'expiry')).toBe(0)
  expect(activeContract(chain, at(4), 'expiry')).toBe(1)
  expect(activeContract([contract('H24', at(0), [1, 1])], at(2), 'expiry')).toBeUndefined()
})
