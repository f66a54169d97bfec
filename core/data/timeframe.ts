import { dayMs } from './civil.ts'

/** backtrader's names, in ascending length. */
export const timeframes = ['Ticks', 'MicroSeconds', 'Seconds', 'Minutes', 'Days', 'Weeks', 'Months', 'Years'] as const
export type Timeframe = (typeof timeframes)[number]

const dayMicroseconds = 86_400_000_000

/** Points of a day: minutes, seconds, or microseconds for anything shorter. */
export function pointsPerDay(timeframe: Timeframe): number {
  if (timeframe === 'Minutes') return 1_440
  return timeframe === 'Seconds' ? 86_400 : dayMicroseconds
}

/** The point of the day at which a clock stands, with what is left beyond the point as a fraction. */
export function pointOfDay(timeframe: Timeframe, local: number): number {
  return (microsecondsOfDay(local) * pointsPerDay(timeframe)) / dayMicroseconds
}

/** Days from 0001-01-01, upstream's day 1, to 1970-01-01. */
const epochDay = 719_163

/**
 * Microseconds of the day as upstream sees them: a stamp is a day number in a double, which holds steps of ten
 * microseconds today, and what is within ten of a whole second is taken for it. Whole seconds come out exact; half a
 * second may not.
 */
export function microsecondsOfDay(local: number): number {
  const days = Math.floor(local / dayMs)
  const number = epochDay + days + (local - days * dayMs) / dayMs
  const hours = (number - Math.floor(number)) * 24
  const minutes = (hours - Math.floor(hours)) * 60
  const seconds = (minutes - Math.floor(minutes)) * 60
  const whole = (Math.floor(hours) * 60 + Math.floor(minutes)) * 60 + Math.floor(seconds)
  const micros = Math.trunc((seconds - Math.floor(seconds)) * 1e6)
  if (micros < 10) return whole * 1e6
  return micros > 999_990 ? ((whole + 1) * 1e6) % dayMicroseconds : whole * 1e6 + micros
}
