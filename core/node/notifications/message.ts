import type { Notice } from '../../notifications/notice.ts'

/** A message for one channel. */
export interface Message {
  readonly id: string
  readonly subject: string
  readonly text: string
  readonly notice: Notice
  readonly count: number
  readonly settings: Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
  /** EpochMs, for signatures. */
  readonly now: number
}

/** Hands a message over; throws DeliveryFailure. Success is what the body says, not the status alone (08 section 5). */
export type Sender = (message: Message) => Promise<void>
