import { isMeasureSpec, parseBarSpec, parseInterval } from '../../../core/domain/bar-spec.ts'
import { intervalMs } from '../../state/intervals.ts'
import type { Coverage, Instrument } from '../../state/types.ts'

/** What typed text can mean. */
export type QuickMatch =
  | { readonly kind: 'interval'; readonly interval: string }
  | { readonly kind: 'instrument'; readonly id: string; readonly name: string }

/**
 * What a trader means by typing on the chart: a number is minutes (`15` = 15m), a number with a letter an interval,
 * letters an instrument by the beginning of its id, then by any part of id or name.
 */
export function quickMatches(
  text: string,
  instruments: readonly Instrument[],
  coverage: readonly Coverage[],
): readonly QuickMatch[] {
  const typed = text.trim()
  if (typed === '') return []
  const interval = readInterval(typed)
  const intervals: QuickMatch[] = interval === null ? [] : [{ kind: 'interval', interval }]
  const lower = typed.toLowerCase()
  const withBars = new Set(coverage.map((series) => series.instrument))
  const rank = ({ id, name }: Instrument) => {
    if (id.toLowerCase().startsWith(lower)) return 0
    return `${id} ${name}`.toLowerCase().includes(lower) ? 1 : 2
  }
  const found = instruments
    .filter((record) => withBars.has(record.id) && rank(record) < 2)
    .sort((a, b) => rank(a) - rank(b) || a.id.localeCompare(b.id))
    .slice(0, 8)
    .map(({ id, name }): QuickMatch => ({ kind: 'instrument', id, name }))
  return [...intervals, ...found]
}

/** `15` → `15m`, `1D` → `1d`, `4H` → `4h`, `2.5Renko` → `2.5renko`; `1M` stays a month. Null for text that is no interval. */
export function readInterval(typed: string): string | null {
  return /[a-z]{4}/i.test(typed) ? readMeasure(typed.toLowerCase()) : readTime(typed)
}

/** Prints are not stored, so that bars of them cannot be shown. */
function readMeasure(typed: string): string | null {
  try {
    const spec = parseInterval(typed)
    return isMeasureSpec(spec) && spec.measure !== 'tick' ? typed : null
  } catch {
    return null
  }
}

function readTime(typed: string): string | null {
  const match = /^(\d{1,5})([smhdwMyHDWYS]?)$/.exec(typed)
  if (match === null) return null
  const letter = match[2] ?? ''
  const unit = letter === '' ? 'm' : letter === 'M' ? 'M' : letter.toLowerCase()
  const text = `${match[1]}${unit}`
  try {
    parseBarSpec(text)
    return Number.isNaN(intervalMs(text)) ? null : text
  } catch {
    return null
  }
}
