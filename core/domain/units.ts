import { invariant } from '../lib/assert.ts'
import type { Brand } from '../lib/brand.ts'

/** UTC epoch milliseconds; fractions only for ticks. */
export type EpochMs = Brand<number, 'EpochMs'>
/** Price of one unit in the instrument's currency; may be negative (spreads, energy). */
export type Price = Brand<number, 'Price'>
/** Units, lots or contracts; in orders and fills positive, in positions signed. */
export type Quantity = Brand<number, 'Quantity'>
/** Research cash: float64 in the account's currency (the live ledger posts integer minor units instead). */
export type Money = Brand<number, 'Money'>
/** 1 = 100 %. */
export type Ratio = Brand<number, 'Ratio'>

export function epochMs(value: number): EpochMs {
  invariant(Number.isFinite(value), `a time must be finite, was ${value}`)
  return value as EpochMs
}

export function price(value: number): Price {
  invariant(Number.isFinite(value), `a price must be finite, was ${value}`)
  return value as Price
}

export function quantity(value: number): Quantity {
  invariant(Number.isFinite(value), `a quantity must be finite, was ${value}`)
  return value as Quantity
}
