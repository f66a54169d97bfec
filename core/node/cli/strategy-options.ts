import type { Takes } from '../../contract/contract.ts'
import { readHours } from '../../domain/run-notation.ts'
import { text, UsageError, type VerbContext } from './verb.ts'

type Config = Takes<'backtest.start'>

/** Options of what a strategy works with besides data and broker. */
export const strategyOptions = { sizer: { type: 'string' }, session: { type: 'string' } } as const

/** How `strategyOptions` are written. */
export const strategyUsage = '[--sizer fixed:N|percent:P|all-in|risk:R] [--session HH:MM-HH:MM]'

/** The sizer and the hours that the command line asks for. */
export function strategySettings({ values }: VerbContext): Pick<Config, 'sizer' | 'hours'> {
  const sizer = text(values, 'sizer')
  const session = text(values, 'session')
  return {
    ...(sizer === undefined ? {} : { sizer: sizerOf(sizer) }),
    ...(session === undefined ? {} : { hours: hoursOf(session) }),
  }
}

function sizerOf(value: string): NonNullable<Config['sizer']> {
  const [kind, amount = ''] = value.split(':')
  const parsed = Number(amount)
  if (kind === 'all-in' && amount === '') return { kind }
  if (parsed > 0 && Number.isFinite(parsed)) {
    if (kind === 'fixed') return { kind, units: parsed }
    if (kind === 'percent') return { kind, percent: parsed }
    if (kind === 'risk' && parsed <= 1) return { kind, ratio: parsed }
  }
  throw new UsageError(`--sizer is fixed:10, percent:20, all-in or risk:0.01, was “${value}”`)
}

function hoursOf(value: string): NonNullable<Config['hours']> {
  const hours = readHours(value)
  if (hours !== undefined) return hours
  throw new UsageError(`--session is HH:MM-HH:MM within one day, was “${value}”`)
}
