import type { InstrumentRecord } from '../domain/instrument.ts'
import type { Clock } from '../lib/clock.ts'
import type { InstrumentStore } from './instrument-store.ts'
import { createMemoryBarStore } from './memory-bar-store.ts'
import { createMemoryMarketStore } from './memory-market-store.ts'
import { createMemoryOptimisationStore } from './memory-optimisation-store.ts'
import { createMemoryRevisionStore } from './memory-revision-store.ts'
import { createMemoryRunStore } from './memory-run-store.ts'
import type { JsonValue, SettingsStore } from './settings-store.ts'
import type { KeptStores, Sha256 } from './stores.ts'

/** Every port in memory, for tests and for work that is not to be kept. */
export function createMemoryStores(options: { readonly clock: Clock; readonly sha256: Sha256 }): KeptStores {
  return {
    bars: createMemoryBarStore(options),
    market: createMemoryMarketStore(options),
    instruments: createMemoryInstrumentStore(),
    runs: createMemoryRunStore(),
    optimisations: createMemoryOptimisationStore(),
    settings: createMemorySettingsStore(),
    revisions: createMemoryRevisionStore(),
  }
}

function createMemoryInstrumentStore(): InstrumentStore {
  const stored = new Map<string, InstrumentRecord>()
  return {
    async list() {
      return [...stored.values()].map((instrument) => ({ ...instrument })).sort((a, b) => (a.id < b.id ? -1 : 1))
    },
    async get(id) {
      return stored.get(id) ?? null
    },
    async put(instrument) {
      stored.set(instrument.id, { ...instrument })
    },
    async delete(id) {
      return stored.delete(id)
    },
  }
}

function createMemorySettingsStore(): SettingsStore {
  const stored = new Map<string, string>()
  return {
    async get(key) {
      const text = stored.get(key)
      return text === undefined ? null : (JSON.parse(text) as JsonValue)
    },
    async set(key, value) {
      stored.set(key, JSON.stringify(value))
    },
    async delete(key) {
      return stored.delete(key)
    },
  }
}
