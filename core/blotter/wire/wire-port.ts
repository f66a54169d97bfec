import type { MarketMessage } from '../../domain/market-message.ts'

/** A wire that is open: what is sent to it reaches every subscriber. */
export interface Wire {
  readonly addresses: { readonly frames: string; readonly questions: string; readonly json: string }
  send(message: MarketMessage): void
  /** Frames that wait to be handed to the network. */
  readonly waiting: number
  readonly sent: number
  close(): Promise<void>
}
