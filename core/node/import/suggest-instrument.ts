import { basename } from 'node:path'
import type { InstrumentId } from '../../domain/ids.ts'
import type { InstrumentKind, InstrumentRecord } from '../../domain/instrument.ts'
import type { ImportRecipe } from '../../workstation/ports.ts'

const kinds: readonly (readonly [RegExp, InstrumentKind])[] = [
  [/future/, 'future'],
  [/forex|fx/, 'fx'],
  [/crypto/, 'crypto'],
  [/cfd/, 'cfd'],
  [/etf/, 'etf'],
  [/equity|stock|share/, 'stock'],
  [/index|indices/, 'index'],
]

/** An instrument named after its file (`…/equity/ibm-day-trade.csv` → IBM), its tick from the decimals of the closes. */
export function suggestInstrument(path: string, recipe: ImportRecipe, closes: readonly string[]): InstrumentRecord {
  const stem = basename(path).replace(/(\.(csv|txt|tsv|dat|gz))+$/i, '')
  const short =
    stem.replace(/[-_ ]*\b(day|daily|minute|min|hour|week|month|tick|trade|trades|bars|data)\b/gi, '') || stem
  const name = `${short}${recipe.pick === undefined ? '' : `-${recipe.pick.value}`}`
  const id =
    name
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 48)
      .toUpperCase() || 'IMPORTED'
  const place = path.toLowerCase()
  return {
    id: id as InstrumentId,
    symbol: id,
    name: stem.slice(0, 120),
    kind: kinds.find(([pattern]) => pattern.test(place))?.[1] ?? 'other',
    currency: 'USD',
    tickSize: tickOf(closes, recipe),
    lotSize: 1,
    multiplier: 1,
    zone: recipe.zone,
    simulated: false,
  }
}

function tickOf(closes: readonly string[], { decimal, priceDivisor }: ImportRecipe): number {
  const written = closes.map((text) => text.split(decimal)[1]?.replace(/0+$/, '').length ?? 0)
  // Computed prices have long tails; a quarter of the rows settles what is usual.
  const usual = written.sort((a, b) => a - b)[Math.floor(written.length * 0.9)] ?? 2
  const decimals = Math.min(8, usual + Math.round(Math.log10(priceDivisor)))
  return Number(`1e-${Math.max(0, decimals)}`)
}
