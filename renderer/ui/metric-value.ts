import { count, decimal, missing, money, percent, ratioPercent, signedMoney } from './format.ts'
import type { Tone } from './table-model.ts'

/** Units a metric may have, as the service names them. */
export type MetricUnit = 'money' | 'ratio' | 'count' | 'number' | 'bars' | 'days'

/** Figures that are a result: signed, and coloured as profit or loss. All others are depths, shares and counts. */
const results: ReadonlySet<string> = new Set([
  ...['net-profit', 'total-return', 'cagr', 'best-day', 'worst-day'],
  ...['expectancy', 'average-win', 'average-loss', 'largest-win', 'largest-loss'],
])

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
      return results.has(id) ? ratioPercent(value) : percent(value, 2)
    case 'money':
      return results.has(id) ? signedMoney(value, currency) : money(value, currency)
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
export function metricTone(id: string, value: number | null | undefined): Tone | undefined {
  if (value === null || value === undefined || value === 0) return undefined
  return !results.has(id) ? undefined : value > 0 ? 'profit' : 'loss'
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
    case 'days':
      return value > 0 ? `+${metricText('', 'count', value)}` : metricText('', 'count', value)
    case 'number':
      return value > 0 ? `+${decimal(value)}` : decimal(value)
  }
}
