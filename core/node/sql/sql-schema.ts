import type { OptimisationState } from '../../stores/optimisation-store.ts'
import type { RunState } from '../../stores/run-records.ts'

/** The tables of a server store: the same names and columns under MySQL/MariaDB and PostgreSQL. */
export interface SqlSchema {
  instruments: InstrumentsTable
  settings: { key: string; value: string }
  series: SeriesTable
  bar_blocks: BarBlocksTable
  bars: BarsTable
  runs: RunsTable
  run_details: { run: string; capsule: string; log: string; hash: string }
  run_tables: PackedTable & { run: string; name: string }
  run_table_parts: { run: string; name: string; part: number; data: Uint8Array }
  optimisations: OptimisationsTable
  trials: { optimisation: string; point: number; error: string | null; figures: Uint8Array }
  walks: PackedTable & { optimisation: string; windows: string }
  walk_parts: { optimisation: string; part: number; data: Uint8Array }
  ideas: {
    idea_hash: string
    idea: string
    trials: number
    sharpes: number
    sharpe_sum: number
    sharpe_squares: number
  }
}

export interface InstrumentsTable {
  id: string
  symbol: string
  name: string
  kind: string
  currency: string
  tick_size: number
  lot_size: number
  multiplier: number
  zone: string
  simulated: number
  calendar: string | null
}

/** One row per (instrument, interval); locked by whoever writes its bars. */
export interface SeriesTable {
  instrument: string
  bar_interval: string
  bars: number
  first_time: number
  end_time: number | null
  hash: string
  source: string
  updated_at: number
}

/** Proof of the bars: the hash of each 4096 of a series in the order of time. */
export interface BarBlocksTable {
  instrument: string
  bar_interval: string
  block: number
  bars: number
  first_time: number
  last_time: number
  hash: string
}

/** Bars as rows that any program can read; `special` says what a row's doubles cannot (special-values.ts). */
export interface BarsTable {
  instrument: string
  bar_interval: string
  open_time: number
  close_time: number | null
  open: number | null
  high: number | null
  low: number | null
  close: number | null
  volume: number | null
  open_interest: number | null
  special: number
}

export interface RunsTable {
  id: string
  state: RunState
  created_at: number
  owner: string
  search: string
  duration_ms: number
  strategy: string
  config: string
  counts: string
  metrics: string
  error: string | null
  note: string
}

export interface OptimisationsTable {
  id: string
  state: OptimisationState
  created_at: number
  owner: string
  search: string
  duration_ms: number
  strategy: string
  idea: string
  config: string
  columns: string
  planned: number
  done: number
  failed: number
  best: string | null
  error: string | null
  result_hash: string | null
  capsule: string
}

/** A run's table without its bytes, which lie in parts: a server limits the size of one statement. */
export interface PackedTable {
  rows: number
  columns: string
  texts: string
  raw_bytes: number
  hash: string
}
