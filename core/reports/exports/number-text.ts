import type { MetricUnit } from '../metric.ts'
import { isoDay } from './iso-time.ts'

/** Undefined is an en dash, never 0. */
export const missing = '–'

const grouped = (text: string) => text.replace(/\B(?=(\d{3})+(?!\d))/g, ',')

/** A number with thousands marked and a true minus. */
export function decimal(value: number | null | undefined, digits = 2): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return missing
  const [whole = '0', part] = Math.abs(value).toFixed(digits).split('.')
  const isZero = Number(Math.abs(value).toFixed(digits)) === 0
  return `${value < 0 && !isZero ? '−' : ''}${grouped(whole)}${part === undefined ? '' : `.${part}`}`
}

/** Digits that a number needs to tell something: more for small ones. */
export function plain(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return missing
  if (Number.isInteger(value)) return decimal(value, 0)
  const size = Math.abs(value)
  return size >= 1e-4 ? decimal(value, size >= 100 ? 1 : size >= 0.1 ? 2 : 4) : value.toExponential(2).replace('-', '−')
}

export function percent(value: number | null | undefined, digits = 2): string {
  return value === null || value === undefined || !Number.isFinite(value)
    ? missing
    : `${decimal(value * 100, digits)} %`
}

/** A value in the unit of its metric. */
export function unitText(value: number | null | undefined, unit: MetricUnit): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return missing
  switch (unit) {
    case 'ratio':
      return percent(value, Math.abs(value) < 0.001 ? 4 : 2)
    case 'money':
      return decimal(value)
    case 'date':
      return isoDay(value)
    case 'count':
    case 'bars':
    case 'days':
      return decimal(value, Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : 1)
    case 'number':
      return plain(value)
  }
}
