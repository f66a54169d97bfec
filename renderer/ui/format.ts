import { priceDecimals } from '../../core/domain/instrument.ts'
import { missing } from './date-time.ts'

export { date, dateTime, missing, type TimePrecision, zoneFor } from './date-time.ts'

const minus = '\u2212'

const formats = new Map<number, Intl.NumberFormat>()

function fixed(value: number, decimals: number): string {
  let format = formats.get(decimals)
  if (format === undefined) {
    format = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    formats.set(decimals, format)
  }
  const text = format.format(Math.abs(value))
  return value < 0 && /[1-9]/.test(text) ? minus + text : text
}

function signed(value: number, decimals: number): string {
  const text = fixed(value, decimals)
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text
}

function known(value: number | null | undefined): value is number {
  return value !== null && value !== undefined && Number.isFinite(value)
}

/** A price with the decimals of its tick size, e.g. 0.25 → `4,105.25`. */
export function price(value: number | null | undefined, tickSize: number): string {
  return known(value) ? fixed(value, priceDecimals(tickSize)) : missing
}

/** Cash with two decimals and its currency, unsigned unless negative: `12,430.50 USD`. */
export function money(value: number | null | undefined, currency = ''): string {
  return known(value) ? withUnit(fixed(value, 2), currency) : missing
}

/** Profit or loss: always signed, zero neutral: `+12,430.50`, `−1,208.00`, `0.00`. */
export function signedMoney(value: number | null | undefined, currency = ''): string {
  return known(value) ? withUnit(signed(value, 2), currency) : missing
}

/** A ratio as percent, always signed: 0.0342 → `+3.42%`. */
export function ratioPercent(value: number | null | undefined, decimals = 2): string {
  return known(value) ? `${signed(value * 100, decimals)}%` : missing
}

/** A ratio as percent without plus sign, for shares, exposure and drawdown depth: `12.5%`. */
export function percent(value: number | null | undefined, decimals = 1): string {
  return known(value) ? `${fixed(value * 100, decimals)}%` : missing
}

/** A quantity with the decimals of its lot size; without one at most 8 decimals, trailing zeros dropped. */
export function quantity(value: number | null | undefined, lotSize?: number): string {
  if (!known(value)) return missing
  if (lotSize !== undefined) return fixed(value, priceDecimals(lotSize))
  return fixed(value, priceDecimals(lastDecimal(value)))
}

function lastDecimal(value: number): number {
  for (let decimals = 0; decimals < 8; decimals++) {
    if (Math.abs(value * 10 ** decimals - Math.round(value * 10 ** decimals)) < 1e-6) return 10 ** -decimals
  }
  return 1e-8
}

/** A whole number, grouped: `5,214`. */
export function count(value: number | null | undefined): string {
  return known(value) ? fixed(value, 0) : missing
}

/** A plain number with a fixed number of decimals, e.g. a Sharpe ratio. */
export function decimal(value: number | null | undefined, decimals = 2): string {
  return known(value) ? fixed(value, decimals) : missing
}

const scales = {
  en: [
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'K'],
  ],
  zh: [
    [1e8, '亿'],
    [1e4, '万'],
  ],
} as const

/** A large number in the units of the language: `1.25 M`, `125.3 万`; for one table use one or the other, never both. */
export function compact(value: number | null | undefined, language: 'en' | 'zh'): string {
  if (!known(value)) return missing
  for (const [size, unit] of scales[language]) {
    if (Math.abs(value) >= size) return `${fixed(value / size, 2)} ${unit}`
  }
  return fixed(value, Number.isInteger(value) ? 0 : 2)
}

/** Bytes in binary units: `12.4 MB`. */
export function bytes(value: number | null | undefined): string {
  if (!known(value)) return missing
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  const step = Math.min(units.length - 1, value < 1 ? 0 : Math.floor(Math.log2(value) / 10))
  return `${fixed(value / 1024 ** step, step === 0 ? 0 : 1)} ${units[step]}`
}

const durationUnits = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1_000, 's'],
  [1, 'ms'],
] as const

/** A duration of `ms` in at most two units: `3 h 12 m`, `1.4 s`, `850 µs`. */
export function duration(ms: number | null | undefined): string {
  if (!known(ms)) return missing
  if (ms < 0) return minus + duration(-ms)
  if (ms < 1) return ms === 0 ? '0 ms' : `${Math.max(1, Math.round(ms * 1000))} µs`
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`
  return twoUnits(ms)
}

function twoUnits(ms: number): string {
  const first = durationUnits.findIndex(([size]) => ms >= size)
  const unit = durationUnits[first]
  const next = durationUnits[first + 1]
  if (unit === undefined) return missing
  if (next === undefined || next[1] === 'ms') return `${Math.round(ms / unit[0])} ${unit[1]}`
  const inNext = Math.round(ms / next[0])
  const perUnit = Math.round(unit[0] / next[0])
  const rest = inNext % perUnit
  const head = `${Math.floor(inNext / perUnit)} ${unit[1]}`
  return rest === 0 ? head : `${head} ${rest} ${next[1]}`
}

function withUnit(text: string, unit: string): string {
  return unit === '' ? text : `${text} ${unit}`
}
