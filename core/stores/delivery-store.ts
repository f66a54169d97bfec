import type { DeliveryState } from '../domain/notice-words.ts'

/** One message to one channel. */
export interface Delivery {
  readonly id: string
  readonly channel: string
  readonly state: DeliveryState
  /** When it was queued, and when its state last changed, EpochMs. */
  readonly at: number
  readonly updatedAt: number
  /** Not before this time, EpochMs. */
  readonly due: number
  readonly attempts: number
  /** How often it was sent again because nobody acknowledged it. */
  readonly repeats: number
  readonly critical: boolean
  /** Why it failed; empty: it has not. No secret is in it. */
  readonly reason: string
  /** The notice, and how many it stands for: plain JSON. */
  readonly notice: unknown
  readonly count: number
}

export interface DeliveryQuery {
  readonly channel: string | null
  readonly state: DeliveryState | null
  /** Part of a title or text; empty: any. */
  readonly text: string
  /** Newest first. */
  readonly limit: number
}

/** The delivery log. What is put is on disk (it survives `kill -9`) before the call ends. */
export interface DeliveryStore {
  put(deliveries: readonly Delivery[]): Promise<void>
  /** Deliveries that are not at an end: queued or sent. */
  pending(): Promise<Delivery[]>
  /** Critical deliveries that were accepted and that nobody has acknowledged. */
  unacknowledged(): Promise<Delivery[]>
  find(query: DeliveryQuery): Promise<Delivery[]>
}
