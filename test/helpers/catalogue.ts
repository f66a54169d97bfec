import type { Coverage, Instrument } from '../../renderer/state/types.ts'

/** An instrument record; only what matters to a test is named. */
export function instrument(id: string, patch: Partial<Instrument> = {}): Instrument {
  return {
    id,
    symbol: id,
    name: '',
    kind: 'stock',
    currency: 'USD',
    tickSize: 0.01,
    lotSize: 1,
    multiplier: 1,
    zone: 'America/New_York',
    simulated: false,
    ...patch,
  }
}

/** A stored series of an instrument. */
export function series(id: string, interval: string, patch: Partial<Coverage> = {}): Coverage {
  return {
    instrument: id,
    interval,
    bars: 100,
    from: Date.UTC(2024, 0, 2),
    to: Date.UTC(2024, 5, 1),
    hash: 'ab'.repeat(32),
    source: 'test.csv',
    updatedAt: Date.UTC(2024, 5, 1),
    ...patch,
  }
}
