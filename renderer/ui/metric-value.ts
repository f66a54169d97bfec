import { dateTime } from './date-time.ts'
import { count, decimal, missing, money, percent, ratioPercent, signedMoney } from './format.ts'
import type { Tone } from './table-model.ts'

/** Units a metric may have, as the service names them. */
export type MetricUnit = 'money' | 'ratio' | 'count' | 'number' | 'bars' | 'days' | 'date'

/** Figures that are a result: signed, and coloured as profit or loss. All others are depths, shares and counts. */
const results: ReadonlySet<string> = new Set([
  ...['net-profit', 'total-return', 'cagr', 'best-day', 'worst-day'],
  ...['expectancy', 'average-win', 'average-loss', 'largest-win', 'largest-loss'],
  ...['annual-return', 'mean-annual-return', 'expected-daily', 'expected-monthly', 'expected-yearly'],
  ...['average-return', 'average-up-day', 'average-down-day', 'average-up-month', 'average-down-month'],
  ...['best-month', 'worst-month', 'best-year', 'worst-year', 'return-mtd', 'return-3m', 'return-6m', 'return-ytd'],
  ...['return-1y', 'return-3y', 'return-5y', 'return-10y', 'return-per-exposure', 'max-drawdown-return'],
  ...['value-at-risk', 'value-at-risk-normal', 'expected-shortfall', 'expected-shortfall-normal'],
  ...['expected-shortfall-below-normal', 'benchmark-return', 'benchmark-excess', 'alpha', 'alpha-simple'],
  ...['beta-fragility', 'kelly', 'break-even-cost'],
  ...['monte-carlo-return-5', 'monte-carlo-return-50', 'monte-carlo-return-95'],
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
      return results.has(id) ? ratioPercent(value, fine(value, 0.0005)) : percent(value, fine(value, 0.0005))
    case 'money':
      return results.has(id) ? signedMoney(value, currency) : money(value, currency)
    case 'count':
      return amount(value)
    case 'bars':
    case 'days':
      return amount(value) + units[language][unit]
    case 'number':
      return decimal(value, fine(value, 0.01))
    case 'date':
      return dateTime(value, 'UTC', 'day')
  }
}

/** Whole numbers stay whole; a large one has no use for tenths. */
function amount(value: number): string {
  return Number.isInteger(value) || Math.abs(value) >= 100 ? count(Math.round(value)) : decimal(value, 1)
}

/** Decimals: more for a value so small that two would show nothing of it. */
function fine(value: number, below: number): number {
  return value !== 0 && Math.abs(value) < below ? 4 : 2
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
    case 'date':
      return value > 0 ? `+${metricText('', 'count', value)}` : metricText('', 'count', value)
    case 'number':
      return value > 0 ? `+${decimal(value)}` : decimal(value)
  }
}
