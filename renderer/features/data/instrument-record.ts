import type { Instrument } from '../../state/types.ts'

export const kinds: readonly Instrument['kind'][] = ['index', 'stock', 'etf', 'future', 'fx', 'crypto', 'cfd', 'other']

/** Fields of an instrument record that cannot be stored as they are. */
export function recordFaults(record: Instrument): (keyof Instrument)[] {
  const faults: (keyof Instrument)[] = []
  if (!/^[A-Za-z0-9._-]{1,48}$/.test(record.id)) faults.push('id')
  if (record.symbol.trim() === '' || record.symbol.length > 64) faults.push('symbol')
  if (record.currency.trim() === '' || record.currency.length > 12) faults.push('currency')
  for (const field of ['tickSize', 'lotSize', 'multiplier'] as const) {
    if (!(Number.isFinite(record[field]) && record[field] > 0)) faults.push(field)
  }
  return faults
}

let zones: readonly string[] | undefined

/** Every IANA zone of this runtime, UTC first. */
export function allZones(): readonly string[] {
  zones ??= ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
  return zones
}
