import type { Migration } from '../store/migrations.ts'

/** `live.db`: the journal of live sessions, their orders and fills, and what was told to whom. */
export const liveMigrations: readonly Migration[] = [
  {
    version: 1,
    statements: [
      `CREATE TABLE sessions (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at REAL NOT NULL, state TEXT NOT NULL,
        record TEXT NOT NULL, ended_at REAL, error TEXT
      ) STRICT`,
      `CREATE TABLE entries (
        session INTEGER NOT NULL REFERENCES sessions (number), seq INTEGER NOT NULL, at REAL NOT NULL, kind TEXT NOT NULL,
        data TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (session, seq)
      ) STRICT, WITHOUT ROWID`,
      `CREATE TABLE orders (
        session INTEGER NOT NULL REFERENCES sessions (number), id INTEGER NOT NULL, instrument TEXT NOT NULL,
        time REAL NOT NULL, data TEXT NOT NULL, PRIMARY KEY (session, id)
      ) STRICT, WITHOUT ROWID`,
      `CREATE INDEX orders_newest ON orders (time DESC)`,
      `CREATE INDEX orders_of_instrument ON orders (instrument, time DESC)`,
      `CREATE TABLE fills (
        session INTEGER NOT NULL REFERENCES sessions (number), id INTEGER NOT NULL, instrument TEXT NOT NULL,
        time REAL NOT NULL, data TEXT NOT NULL, PRIMARY KEY (session, id)
      ) STRICT, WITHOUT ROWID`,
      `CREATE INDEX fills_newest ON fills (time DESC)`,
      `CREATE INDEX fills_of_instrument ON fills (instrument, time DESC)`,
      `CREATE TABLE requests (
        id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, request TEXT NOT NULL, takes TEXT NOT NULL, answer TEXT
      ) STRICT`,
      `CREATE INDEX requests_open ON requests (id) WHERE answer IS NULL`,
    ],
  },
  {
    version: 2,
    statements: [
      `CREATE TABLE deliveries (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, state TEXT NOT NULL, at REAL NOT NULL,
        updated_at REAL NOT NULL, due REAL NOT NULL, attempts INTEGER NOT NULL, repeats INTEGER NOT NULL,
        critical INTEGER NOT NULL, reason TEXT NOT NULL, notice TEXT NOT NULL, count INTEGER NOT NULL
      ) STRICT`,
      `CREATE INDEX deliveries_open ON deliveries (state) WHERE state IN ('queued', 'sent')`,
      `CREATE INDEX deliveries_unheard ON deliveries (state) WHERE critical = 1 AND state = 'accepted'`,
    ],
  },
  {
    version: 3,
    statements: [
      `CREATE TABLE calls (
        key TEXT PRIMARY KEY, at REAL NOT NULL, request TEXT NOT NULL, answer TEXT
      ) STRICT`,
      `CREATE INDEX calls_age ON calls (at)`,
    ],
  },
]
