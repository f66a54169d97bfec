import type { Stores } from '../../stores/stores.ts'

/** All ports: what InfluxDB cannot hold (instruments, runs, optimisations, settings) stays in the local store. */
export function withInflux(local: Stores, { bars, market }: Pick<Stores, 'bars' | 'market'>): Stores {
  const { instruments, runs, optimisations, settings } = local
  return { bars, market, instruments, runs, optimisations, settings }
}
