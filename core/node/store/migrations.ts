/** One step of a schema. Steps are never edited once released; a change is a new step. */
export interface Migration {
  /** 1, 2, 3 …: the file's `user_version` afterwards. */
  readonly version: number
  readonly statements: readonly string[]
}

/** `ledger.db`: instruments, runs and their results, settings. Small and precious. */
export const ledgerMigrations: readonly Migration[] = [
  {
    version: 1,
    statements: [
      `CREATE TABLE instruments (
        id TEXT PRIMARY KEY, symbol TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, currency TEXT NOT NULL,
        tick_size REAL NOT NULL, lot_size REAL NOT NULL, multiplier REAL NOT NULL, zone TEXT NOT NULL,
        simulated INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID`,
      `CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID`,
      `CREATE TABLE runs (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, created_at REAL NOT NULL,
        owner TEXT NOT NULL, search TEXT NOT NULL, duration_ms REAL NOT NULL, strategy TEXT NOT NULL,
        config TEXT NOT NULL, counts TEXT NOT NULL, metrics TEXT NOT NULL, error TEXT, note TEXT NOT NULL
      ) STRICT`,
      `CREATE INDEX runs_newest ON runs (created_at DESC, id DESC)`,
      `CREATE INDEX runs_unfinished ON runs (owner) WHERE state = 'running'`,
      `CREATE TABLE run_details (
        run INTEGER PRIMARY KEY REFERENCES runs (number) ON DELETE CASCADE,
        capsule TEXT NOT NULL, log TEXT NOT NULL, hash TEXT NOT NULL
      ) STRICT`,
      `CREATE TABLE run_tables (
        run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE, name TEXT NOT NULL, rows INTEGER NOT NULL,
        columns TEXT NOT NULL, texts TEXT NOT NULL, raw_bytes INTEGER NOT NULL, hash TEXT NOT NULL, data BLOB NOT NULL,
        PRIMARY KEY (run, name)
      ) STRICT`,
    ],
  },
  {
    version: 2,
    statements: [
      `CREATE TABLE optimisations (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, created_at REAL NOT NULL,
        owner TEXT NOT NULL, search TEXT NOT NULL, duration_ms REAL NOT NULL, strategy TEXT NOT NULL,
        idea TEXT NOT NULL, config TEXT NOT NULL, columns TEXT NOT NULL, planned INTEGER NOT NULL,
        done INTEGER NOT NULL, failed INTEGER NOT NULL, best TEXT, error TEXT, result_hash TEXT, capsule TEXT NOT NULL
      ) STRICT`,
      `CREATE INDEX optimisations_newest ON optimisations (created_at DESC, id DESC)`,
      `CREATE TABLE trials (
        optimisation INTEGER NOT NULL REFERENCES optimisations (number) ON DELETE CASCADE, point INTEGER NOT NULL,
        error TEXT, figures BLOB NOT NULL, PRIMARY KEY (optimisation, point)
      ) STRICT`,
      `CREATE TABLE walks (
        optimisation INTEGER PRIMARY KEY REFERENCES optimisations (number) ON DELETE CASCADE, windows TEXT NOT NULL,
        rows INTEGER NOT NULL, columns TEXT NOT NULL, texts TEXT NOT NULL, raw_bytes INTEGER NOT NULL,
        hash TEXT NOT NULL, data BLOB NOT NULL
      ) STRICT`,
      // Trials of deleted optimisations were made all the same: what they say about luck stays counted.
      `CREATE TABLE ideas (
        idea TEXT PRIMARY KEY, trials INTEGER NOT NULL, sharpes INTEGER NOT NULL, sharpe_sum REAL NOT NULL,
        sharpe_squares REAL NOT NULL
      ) STRICT, WITHOUT ROWID`,
    ],
  },
  { version: 3, statements: ['ALTER TABLE instruments ADD COLUMN calendar TEXT'] },
]

/** `bars.db`: column blocks. Large, and can be imported again. Metadata stands before the blob so that reading it skips the blob's pages. */
export const barsMigrations: readonly Migration[] = [
  {
    version: 1,
    statements: [
      `CREATE TABLE series (
        number INTEGER PRIMARY KEY, instrument TEXT NOT NULL, interval TEXT NOT NULL, bars INTEGER NOT NULL,
        first_time REAL NOT NULL, end_time REAL NOT NULL, hash TEXT NOT NULL, index_hash TEXT NOT NULL,
        source TEXT NOT NULL, updated_at REAL NOT NULL, UNIQUE (instrument, interval)
      ) STRICT`,
      `CREATE TABLE blocks (
        series INTEGER NOT NULL REFERENCES series (number) ON DELETE CASCADE, block INTEGER NOT NULL,
        bars INTEGER NOT NULL, first_time REAL NOT NULL, last_time REAL NOT NULL, hash TEXT NOT NULL,
        raw_bytes INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (series, block)
      ) STRICT`,
    ],
  },
  {
    version: 2,
    statements: [
      // What writes replaced or put between bars, so that the bars of an earlier run can be had back.
      `CREATE TABLE revisions (
        instrument TEXT NOT NULL, interval TEXT NOT NULL, at REAL NOT NULL, source TEXT NOT NULL, bars INTEGER NOT NULL,
        bars_raw INTEGER NOT NULL, added INTEGER NOT NULL, added_raw INTEGER NOT NULL, hash TEXT NOT NULL,
        bars_data BLOB NOT NULL, added_data BLOB NOT NULL, PRIMARY KEY (instrument, interval, at)
      ) STRICT`,
    ],
  },
]

/**
 * `market.db`: ticks, quotes and order books, by UTC day. A day's rows stand in blocks; what was written last of the
 * newest day stands in chunks, one a write, until it fills a block.
 */
export const marketMigrations: readonly Migration[] = [
  {
    version: 1,
    statements: [
      `CREATE TABLE series (
        number INTEGER PRIMARY KEY, instrument TEXT NOT NULL, kind TEXT NOT NULL, rows INTEGER NOT NULL,
        first_time REAL NOT NULL, last_time REAL NOT NULL, last_key REAL NOT NULL, bytes INTEGER NOT NULL,
        tail_rows INTEGER NOT NULL, tail_chunks INTEGER NOT NULL, tail_bytes INTEGER NOT NULL, tail_hash TEXT NOT NULL,
        days_hash TEXT NOT NULL, row_hash TEXT NOT NULL, source TEXT NOT NULL, updated_at REAL NOT NULL,
        UNIQUE (instrument, kind)
      ) STRICT`,
      `CREATE TABLE days (
        series INTEGER NOT NULL REFERENCES series (number) ON DELETE CASCADE, day REAL NOT NULL, rows INTEGER NOT NULL,
        bytes INTEGER NOT NULL, hash TEXT NOT NULL, blocks_hash TEXT NOT NULL, PRIMARY KEY (series, day)
      ) STRICT, WITHOUT ROWID`,
      `CREATE TABLE blocks (
        series INTEGER NOT NULL REFERENCES series (number) ON DELETE CASCADE, day REAL NOT NULL, block INTEGER NOT NULL,
        rows INTEGER NOT NULL, first_time REAL NOT NULL, last_time REAL NOT NULL, last_key REAL NOT NULL,
        bytes INTEGER NOT NULL, hash TEXT NOT NULL, raw_bytes INTEGER NOT NULL, data BLOB NOT NULL,
        PRIMARY KEY (series, day, block)
      ) STRICT`,
      `CREATE TABLE chunks (
        series INTEGER NOT NULL REFERENCES series (number) ON DELETE CASCADE, chunk INTEGER NOT NULL,
        rows INTEGER NOT NULL, first_time REAL NOT NULL, last_time REAL NOT NULL, last_key REAL NOT NULL,
        bytes INTEGER NOT NULL, hash TEXT NOT NULL, chain TEXT NOT NULL, raw_bytes INTEGER NOT NULL,
        data BLOB NOT NULL, PRIMARY KEY (series, chunk)
      ) STRICT`,
    ],
  },
  {
    version: 2,
    statements: [
      // What did not read and was taken out of the way, until somebody looks at it or deletes the file.
      `CREATE TABLE damaged (
        number INTEGER PRIMARY KEY, instrument TEXT NOT NULL, kind TEXT NOT NULL, first_time REAL NOT NULL,
        last_time REAL NOT NULL, rows INTEGER NOT NULL, found_at REAL NOT NULL, data BLOB NOT NULL
      ) STRICT`,
    ],
  },
]
