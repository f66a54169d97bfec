import type { BarStore } from './bar-store.ts'
import type { InstrumentStore } from './instrument-store.ts'
import type { MarketStore } from './market-store.ts'
import type { OptimisationStore } from './optimisation-store.ts'
import type { RevisionStore } from './revision-store.ts'
import type { RunStore } from './run-store.ts'
import type { SettingsStore } from './settings-store.ts'

/** All store ports of one place; every kind (memory, SQLite, later servers) offers the same and passes the same tests. */
export interface Stores {
  readonly bars: BarStore
  /** Ticks, quotes and order books. */
  readonly market: MarketStore
  readonly instruments: InstrumentStore
  readonly runs: RunStore
  readonly optimisations: OptimisationStore
  readonly settings: SettingsStore
}

/** What a workstation works on: the stores it chose, and what stays in its data folder whatever they are. */
export interface KeptStores extends Stores {
  /** What was revised in the bars from here; kept beside the settings, not on a server. */
  readonly revisions: RevisionStore
}

/** SHA-256 of bytes as lower-case hex; core has no crypto of its own, so a host gives it. */
export type Sha256 = (bytes: Uint8Array) => string
