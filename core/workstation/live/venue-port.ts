import type { z } from 'zod'
import type { OpenSending, VenueIntent, VenueReport } from '../../broker/venue/venue-messages.ts'
import type { accountSchema } from '../../contract/account-schemas.ts'
import type { InstrumentRecord } from '../../domain/instrument.ts'

export type AccountConfig = z.output<typeof accountSchema>
export type ExchangeAccountConfig = Extract<AccountConfig, { kind: 'exchange' }>
export type IbAccountConfig = Extract<AccountConfig, { kind: 'ib' }>

/** A session's way to its venue. */
export interface VenueLine {
  /** Sends what is wanted, one after another. Never fails: what becomes of it is reported. */
  send(intents: readonly VenueIntent[]): void
  /** Finds out what became of what was given to the venue before, and follows it. */
  resume(open: readonly OpenSending[]): void
  /** Asks back all that rests there: nobody follows it any more. Resolves when the venue has answered or the patience ends. */
  abandon(): Promise<void>
  close(): Promise<void>
}

/** What a line needs of its session. */
export interface VenueTask {
  readonly account: AccountConfig
  readonly instruments: readonly InstrumentRecord[]
  report(report: VenueReport): void
}

/** Money or units that an account holds. */
export interface VenueBalance {
  readonly currency: string
  readonly free: number
  readonly total: number
}

/** An order that works at the venue, whoever made it. */
export interface VenueOrder {
  readonly venueOrder: string
  /** The name that its maker gave it; empty: none. */
  readonly id: string
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly quantity: number
  readonly filled: number
  readonly price: number | null
}

/** What a venue says of an account now. */
export interface VenueAccountState {
  readonly balances: readonly VenueBalance[]
  readonly orders: readonly VenueOrder[]
  /** How long its answers took, ms. */
  readonly latencyMs: number
}

/** Real accounts. */
export interface VenuePort {
  /** Opens at once, whether the venue can be reached or not. */
  open(task: VenueTask): Promise<VenueLine>
  /** Asks the venue. Throws `account.secret` when a key is missing, and `venue.*`. */
  look(account: AccountConfig): Promise<VenueAccountState>
  setSecret(account: string, name: string, secret: string): Promise<void>
  hasSecret(account: string, name: string): Promise<boolean>
  forget(account: string, names: readonly string[]): Promise<void>
}
