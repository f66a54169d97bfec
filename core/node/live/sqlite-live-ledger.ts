import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { DomainError } from '../../domain/errors.ts'
import type {
  ChainedEntry,
  LedgerEntry,
  LedgerKind,
  LedgerQuery,
  LedgerRow,
  LedgerSession,
  LiveLedger,
} from '../../stores/live-ledger.ts'

interface SessionRow {
  readonly number: number
  readonly id: string
  readonly created_at: number
  readonly state: LedgerSession['state']
  readonly record: string
  readonly ended_at: number | null
  readonly error: string | null
}

interface EntryRow {
  readonly seq: number
  readonly at: number
  readonly kind: LedgerKind
  readonly data: string
  readonly hash: string
}

/** Where a session's journal ends. */
interface Tail {
  readonly number: number
  seq: number
  hash: string
}

/** How many entries `verify` looks at in one turn. */
const verifyRows = 5_000

/**
 * The journal in SQLite with `synchronous = FULL`. Appends that come in one turn of the thread share a commit, so that
 * ten sessions cost one sync.
 */
export function createSqliteLiveLedger(db: Database): LiveLedger & { flush(): void } {
  const statements = prepare(db)
  const tails = new Map<string, Tail>()
  let waiting: { entries: readonly LedgerEntry[]; done: () => void; failed: (error: unknown) => void }[] = []

  const sessionRow = (id: string): SessionRow => {
    const row = statements.session.get(id) as SessionRow | undefined
    if (row === undefined) throw new DomainError('live.unknown', { session: id })
    return row
  }
  const tailOf = (id: string): Tail => {
    const known = tails.get(id)
    if (known !== undefined) return known
    const { number } = sessionRow(id)
    const last = statements.last.get(number) as Pick<EntryRow, 'seq' | 'hash'> | undefined
    const tail = { number, seq: last?.seq ?? 0, hash: last?.hash ?? '' }
    tails.set(id, tail)
    return tail
  }
  const keep = (entry: LedgerEntry) => {
    const tail = tailOf(entry.session)
    const data = JSON.stringify(entry.data ?? null)
    if (entry.seq <= tail.seq) {
      const there = statements.entry.get(tail.number, entry.seq) as EntryRow | undefined
      if (there?.kind === entry.kind && there.data === data) return
    }
    if (entry.seq !== tail.seq + 1)
      throw new DomainError('live.journal', { session: entry.session, entry: entry.seq, expected: tail.seq + 1 })
    const hash = hashOf(tail.hash, { ...entry, data })
    statements.insert.run(tail.number, entry.seq, entry.at, entry.kind, data, hash)
    if (entry.kind === 'order' || entry.kind === 'fill') keepRow(entry.kind, tail.number, entry.data, data)
    tail.seq = entry.seq
    tail.hash = hash
  }
  const keepRow = (kind: 'order' | 'fill', number: number, value: unknown, data: string) => {
    const { id, instrument, ...times } = value as {
      id: number
      instrument: string
      createdTime?: number
      time?: number
    }
    statements[kind].run(number, id, instrument, times.time ?? times.createdTime ?? 0, data)
  }
  const keepAll = db.transaction((batches: readonly (readonly LedgerEntry[])[]) => {
    for (const entries of batches) for (const entry of entries) keep(entry)
  })
  /** A batch that is wrong must not take the others with it. */
  const commit = (batches: typeof waiting) => {
    try {
      keepAll.immediate(batches.map(({ entries }) => entries))
      for (const { done } of batches) done()
    } catch (error) {
      tails.clear()
      if (batches.length === 1) batches[0]?.failed(error)
      else for (const batch of batches) commit([batch])
    }
  }
  const flush = () => {
    const batches = waiting
    waiting = []
    if (batches.length > 0) commit(batches)
  }

  return {
    flush,
    async create({ id, createdAt, state, record, endedAt, error }) {
      statements.create.run(id, createdAt, state, JSON.stringify(record), endedAt, jsonOrNull(error))
    },
    async end(session, { state, endedAt, error }) {
      const { number } = sessionRow(session)
      statements.end.run(state, endedAt, jsonOrNull(error), number)
    },
    sessions: async () => (statements.sessions.all() as SessionRow[]).map(toSession),
    session: async (id) => toSession(sessionRow(id)),
    append(entries) {
      if (entries.length === 0) return Promise.resolve()
      return new Promise((done, failed) => {
        waiting.push({ entries, done, failed })
        if (waiting.length === 1) setImmediate(flush)
      })
    },
    async read(session, after, limit, kinds) {
      const { number } = sessionRow(session)
      const rows =
        kinds === null
          ? statements.read.all(number, after, limit)
          : statements.readKinds.all(number, after, JSON.stringify(kinds), limit)
      return (rows as EntryRow[]).map(
        ({ data, ...row }): ChainedEntry => ({ session, ...row, data: JSON.parse(data) as unknown }),
      )
    },
    lastSeq: async (session) => tailOf(session).seq,
    async verify(session) {
      const { number } = sessionRow(session)
      let hash = ''
      let seq = 0
      for (;;) {
        const rows = statements.read.all(number, seq, verifyRows) as EntryRow[]
        if (rows.length === 0) return { entries: seq, broken: null }
        for (const row of rows) {
          hash = hashOf(hash, { session, ...row })
          if (row.seq !== seq + 1 || row.hash !== hash) return { entries: seq, broken: seq + 1 }
          seq = row.seq
        }
      }
    },
    orders: async (query) => find(db, 'orders', query),
    fills: async (query) => find(db, 'fills', query),
    ask: async (request, takes, at) =>
      Number(statements.ask.run(at, request, JSON.stringify(takes ?? null)).lastInsertRowid),
    asked: async () =>
      (statements.asked.all() as { id: number; at: number; request: string; takes: string }[]).map(
        ({ takes, ...row }) => ({ ...row, takes: JSON.parse(takes) as unknown }),
      ),
    async answer(id, answer) {
      statements.answer.run(JSON.stringify(answer ?? null), id)
    },
    async answerOf(id) {
      const row = statements.answerOf.get(id) as { answer: string | null } | undefined
      return row?.answer == null ? undefined : (JSON.parse(row.answer) as unknown)
    },
  }
}

function prepare(db: Database) {
  const upsert = (table: string) =>
    db.prepare(
      `INSERT INTO ${table} (session, id, instrument, time, data) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (session, id) DO UPDATE SET data = excluded.data`,
    )
  return {
    create: db.prepare(
      'INSERT INTO sessions (id, created_at, state, record, ended_at, error) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    end: db.prepare('UPDATE sessions SET state = ?, ended_at = ?, error = ? WHERE number = ?'),
    sessions: db.prepare('SELECT * FROM sessions ORDER BY created_at DESC, number DESC'),
    session: db.prepare('SELECT * FROM sessions WHERE id = ?'),
    last: db.prepare('SELECT seq, hash FROM entries WHERE session = ? ORDER BY seq DESC LIMIT 1'),
    entry: db.prepare('SELECT * FROM entries WHERE session = ? AND seq = ?'),
    insert: db.prepare('INSERT INTO entries (session, seq, at, kind, data, hash) VALUES (?, ?, ?, ?, ?, ?)'),
    order: upsert('orders'),
    fill: upsert('fills'),
    read: db.prepare(
      'SELECT seq, at, kind, data, hash FROM entries WHERE session = ? AND seq > ? ORDER BY seq LIMIT ?',
    ),
    readKinds: db.prepare(
      `SELECT seq, at, kind, data, hash FROM entries WHERE session = ? AND seq > ?
       AND kind IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT ?`,
    ),
    ask: db.prepare('INSERT INTO requests (at, request, takes) VALUES (?, ?, ?)'),
    asked: db.prepare('SELECT id, at, request, takes FROM requests WHERE answer IS NULL ORDER BY id'),
    answer: db.prepare('UPDATE requests SET answer = ? WHERE id = ?'),
    answerOf: db.prepare('SELECT answer FROM requests WHERE id = ?'),
  }
}

function find(db: Database, table: 'orders' | 'fills', query: LedgerQuery): LedgerRow[] {
  const rows = db
    .prepare(
      `SELECT sessions.id AS session, ${table}.data AS data FROM ${table} JOIN sessions ON sessions.number = ${table}.session
       WHERE (@session IS NULL OR sessions.id = @session) AND (@instrument IS NULL OR ${table}.instrument = @instrument)
       AND (@from IS NULL OR ${table}.time >= @from) AND (@to IS NULL OR ${table}.time < @to)
       ORDER BY ${table}.time DESC, ${table}.session DESC, ${table}.id DESC LIMIT @limit`,
    )
    .all(query) as { session: string; data: string }[]
  return rows.map(({ session, data }) => ({ session, data: JSON.parse(data) as unknown }))
}

function toSession({ id, created_at, state, record, ended_at, error }: SessionRow): LedgerSession {
  return {
    ...{ id, createdAt: created_at, state, record: JSON.parse(record) as unknown, endedAt: ended_at },
    error: error === null ? null : (JSON.parse(error) as unknown),
  }
}

function hashOf(
  before: string,
  { session, seq, at, kind, data }: Omit<LedgerEntry, 'data'> & { readonly data: string },
): string {
  return createHash('sha256').update(`${before}\n${session}\n${seq}\n${at}\n${kind}\n${data}`).digest('hex')
}

function jsonOrNull(value: unknown): string | null {
  return value == null ? null : JSON.stringify(value)
}
