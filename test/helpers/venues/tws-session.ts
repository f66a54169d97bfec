import type { ExchangeAccount, StandInOrder, StandInTrade } from './exchange-account.ts'
import type { VenueMarket, VenueSymbol } from './venue-market.ts'

/** Who gave an order, under which number. */
export interface GivenOrder {
  readonly clientId: number
  readonly number: number
  readonly order: StandInOrder
}

/** The orders of all clients. */
export interface OrderDesk {
  readonly account: ExchangeAccount
  readonly nextOrder: number
  place(session: TwsSession, number: number, wanted: Omit<StandInOrder, 'id' | 'filled' | 'paid' | 'status'>): void
  cancel(session: TwsSession, number: number): void
  /** Those that work, of one client or all. */
  open(clientId: number | null): GivenOrder[]
  executions(clientId: number): { readonly given: GivenOrder; readonly trade: StandInTrade }[]
}

/** One client's connection. */
export interface TwsSession {
  readonly market: VenueMarket
  readonly now: () => number
  /** What it listens to, by request number. */
  readonly streams: Map<number, TwsStream>
  send(...fields: (string | number)[]): void
  /** What this client's orders are given to. */
  readonly desk: OrderDesk
  clientId: number
  /** True: it hears nothing of its orders by itself; for tests of silence. */
  isMute?: boolean
}

export interface TwsStream {
  readonly kind: 'last' | 'bid-ask' | 'depth' | 'bars'
  readonly symbol: VenueSymbol
  told: number
  readonly shown: Map<string, string>
}

export type AnswerTws = (session: TwsSession, fields: readonly string[]) => void
