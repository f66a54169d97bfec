import { count, decimal, missing, money, ratioPercent, signedMoney } from './format.ts'
import type { Tone } from './table-model.ts'

/** Units a metric may have, as the service names them. */
export type MetricUnit = 'money' | 'ratio' | 'count' | 'number' | 'bars' | 'days'

/** Ratios that are depths, shares or chances and carry no sign. */
const unsigned = /drawdown|rate|exposure|share|volatility|var$|ulcer|deviation/i
/** Figures whose sign is a result. */
const results = /return|pnl|profit|expectancy|cagr|alpha|average|best|worst|largest/i

/** Units that are written behind a figure. */
const units = {
  en: { bars: ' bars', days: ' d' },
  zh: { bars: ' 根', days: ' 天' },
} as const

interface MetricLook {
  readonly currency?: string
  readonly language?: 'en' | 'zh'
}

/** A metric as it stands in the report: percent for ratios, cash with currency, – where undefined. */
export function metricText(
  id: string,
  unit: MetricUnit,
  value: number | null | undefined,
  { currency = '', language = 'en' }: MetricLook = {},
): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return missing
  switch (unit) {
    case 'ratio':
      return unsigned.test(id) ? ratioPercent(value).replace(/^\+/, '') : ratioPercent(value)
    case 'money':
      return results.test(id) && !/factor/i.test(id) ? signedMoney(value, currency) : money(value, currency)
    case 'count':
      return Number.isInteger(value) ? count(value) : decimal(value, 1)
    case 'bars':
    case 'days':
      return (Number.isInteger(value) ? count(value) : decimal(value, 1)) + units[language][unit]
    case 'number':
      return decimal(value, 2)
  }
}

/** Profit or loss colour of a result; none for figures that have no direction. */
export function metricTone(id: string, unit: MetricUnit, value: number | null | undefined): Tone | undefined {
  if (value === null || value === undefined || value === 0) return undefined
  if (unit !== 'money' && unit !== 'ratio') return undefined
  if (unsigned.test(id) || !results.test(id)) return undefined
  return value > 0 ? 'profit' : 'loss'
}

/** Difference of a metric, signed in its unit. */
export function metricDelta(unit: MetricUnit, value: number | null): string {
  if (value === null) return decimal(null)
  switch (unit) {
    case 'ratio':
      return ratioPercent(value)
    case 'money':
      return signedMoney(value)
    case 'count':
    case 'bars':
      return value > 0 ? `+${metricText('', 'count', value)}` : metricText('', 'count', value)
    case 'days':
    case 'number':
      return value > 0 ? `+${decimal(value)}` : decimal(value)
  }
}
