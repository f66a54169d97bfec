/** A call that was begun under a key. */
export interface KnownCall {
  readonly request: string
  /** Null while its end is not known: it works, or the service ended in it. */
  readonly answer: unknown
}

/** Calls under an Idempotency-Key with their answers, for a day; on disk before they are carried out. */
export interface CallStore {
  /** Notes that a call begins; what is known of it when the key was used before. */
  begin(key: string, request: string, at: number): Promise<KnownCall | null>
  /** Keeps its answer, plain JSON; null: it failed, and may be tried again under its key. */
  end(key: string, answer: unknown): Promise<void>
}
