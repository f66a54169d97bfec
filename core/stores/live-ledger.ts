/** What is on record about a live session besides its journal. `record` and everything in it is plain JSON. */
export interface LedgerSession {
  readonly id: string
  readonly createdAt: number
  /** `running` sessions go on when the service starts again. */
  readonly state: 'running' | 'stopped' | 'failed'
  /** What the session was started with, and whatever restores it. */
  readonly record: unknown
  /** When it ended, EpochMs; null while it runs. */
  readonly endedAt: number | null
  /** Why it failed: a wire error; null otherwise. */
  readonly error: unknown
}

/** What moves a session, in the order in which it came, and what came of it. */
export const ledgerInputs = [
  'bars',
  'tick',
  'quote',
  'order-book',
  'command',
  'pause',
  'limits',
  'flatten',
  'report',
] as const
export const ledgerOutputs = ['order', 'fill', 'intent', 'log', 'refused', 'state'] as const
export type LedgerKind = (typeof ledgerInputs)[number] | (typeof ledgerOutputs)[number]

/** One line of a session's journal. */
export interface LedgerEntry {
  readonly session: string
  /** 1, 2, 3 … without a hole. */
  readonly seq: number
  /** When it was written, EpochMs of the service's clock. */
  readonly at: number
  readonly kind: LedgerKind
  /** Plain JSON. */
  readonly data: unknown
}

/** An entry with its place in the chain: SHA-256 over the hash before it and the entry itself. */
export interface ChainedEntry extends LedgerEntry {
  readonly hash: string
}

/** Which orders or fills of all sessions are asked for; what is null does not matter. */
export interface LedgerQuery {
  readonly session: string | null
  readonly instrument: string | null
  /** Times in [from, to), EpochMs. */
  readonly from: number | null
  readonly to: number | null
  /** Newest first, at most so many. */
  readonly limit: number
}

/** A row of a query: the order or fill as its session told it last. */
export interface LedgerRow {
  readonly session: string
  readonly data: unknown
}

/** What another process asks the service that runs the sessions. */
export interface LedgerRequest {
  readonly id: number
  readonly at: number
  readonly request: string
  readonly takes: unknown
}

/**
 * The journal of live sessions: what is on it survives a power cut. One service writes; others read, and ask through
 * `ask`. Orders and fills can be found by session, instrument and time for as long as the file is kept.
 */
export interface LiveLedger {
  create(session: LedgerSession): Promise<void>
  /** Changes how a session ended. Throws `live.unknown`. */
  end(session: string, end: Pick<LedgerSession, 'state' | 'endedAt' | 'error'>): Promise<void>
  /** Every session, newest first. */
  sessions(): Promise<LedgerSession[]>
  /** Throws `live.unknown`. */
  session(id: string): Promise<LedgerSession>
  /**
   * Resolves when every entry is on disk, all or none. An entry that is there already, the same, is left; one that leaves
   * a hole or differs throws `live.journal`.
   */
  append(entries: readonly LedgerEntry[]): Promise<void>
  /** Entries after `after`, oldest first, at most `limit`; null: of every kind. */
  read(session: string, after: number, limit: number, kinds: readonly LedgerKind[] | null): Promise<ChainedEntry[]>
  /** Number of the last entry; 0 for none. */
  lastSeq(session: string): Promise<number>
  /** Checks the chain of a session; the number of the first entry that does not fit, null when all do. */
  verify(session: string): Promise<{ readonly entries: number; readonly broken: number | null }>
  orders(query: LedgerQuery): Promise<LedgerRow[]>
  fills(query: LedgerQuery): Promise<LedgerRow[]>
  /** Leaves a request for the service; its number. */
  ask(request: string, takes: unknown, at: number): Promise<number>
  /** Requests that nobody has answered, oldest first. */
  asked(): Promise<LedgerRequest[]>
  answer(id: number, answer: unknown): Promise<void>
  /** The answer, undefined while there is none. */
  answerOf(id: number): Promise<unknown>
}
