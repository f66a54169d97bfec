import type { KeptStores, Stores } from '../../stores/stores.ts'

/** All ports: what InfluxDB cannot hold (instruments, runs, optimisations, settings) stays in the local store. */
export function withInflux(local: KeptStores, { bars, market }: Pick<Stores, 'bars' | 'market'>): KeptStores {
  const { instruments, runs, optimisations, settings, revisions } = local
  return { bars, market, instruments, runs, optimisations, settings, revisions }
}
