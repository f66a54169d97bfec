import { dayMs } from '../civil.ts'

export interface IntervalGuess {
  readonly interval: string
  readonly stamp: 'open' | 'close' | 'day'
  readonly doubts: readonly string[]
}

const usualMs: readonly (readonly [number, string])[] = [
  ...[1, 2, 5, 10, 15, 20, 30].map((step) => [step * 1_000, `${step}s`] as const),
  ...[1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30].map((step) => [step * 60_000, `${step}m`] as const),
  ...[1, 2, 3, 4, 6, 8, 12].map((step) => [step * 3_600_000, `${step}h`] as const),
]

/** Interval and stamp convention from the local stamps of a sample (any order, repeats allowed). */
export function inferInterval(stamps: readonly number[]): IntervalGuess {
  const times = [...new Set(stamps)].sort((a, b) => a - b)
  const steps = times.slice(1).map((time, index) => time - (times[index] as number))
  if (steps.length === 0) return lonely(times[0] ?? 0)
  const median = [...steps].sort((a, b) => a - b)[(steps.length - 1) >> 1] as number
  const calendar = calendarInterval(median)
  if (calendar !== undefined && median >= dayMs * 0.9) return { interval: calendar, stamp: 'day', doubts: [] }
  // The smallest usual step that occurs often: in a thin market the median is a gap.
  const counts = new Map<number, number>()
  for (const step of steps) counts.set(step, (counts.get(step) ?? 0) + 1)
  const usual =
    usualMs.find(([ms]) => (counts.get(ms) ?? 0) >= steps.length * 0.1) ?? usualMs.find(([ms]) => counts.has(ms))
  if (usual === undefined) return { interval: '1m', stamp: 'open', doubts: ['interval', 'stamp'] }
  const [lengthMs, interval] = usual
  const aligned = times.every((time) => time % Math.min(lengthMs, 60_000) === 0)
  const stamp = stampOf(times, lengthMs)
  return {
    interval,
    stamp: stamp ?? 'open',
    doubts: [...(aligned ? [] : ['interval']), ...(stamp === undefined ? ['stamp'] : [])],
  }
}

function lonely(time: number): IntervalGuess {
  if (time % dayMs === 0) return { interval: '1d', stamp: 'day', doubts: ['interval'] }
  return { interval: '1m', stamp: 'open', doubts: ['interval', 'stamp'] }
}

function calendarInterval(stepMs: number): string | undefined {
  const days = stepMs / dayMs
  if (days >= 350) return '1y'
  if (days >= 25 && days <= 35) return '1M'
  if (days > 4.5 && days < 10) return '1w'
  return days >= 0.9 ? '1d' : undefined
}

/** Sessions begin on a full or half hour: the first stamp of each day tells whether it is a bar's open or its close. */
function stampOf(times: readonly number[], lengthMs: number): 'open' | 'close' | undefined {
  const firsts: number[] = []
  let day = Number.NaN
  for (const time of times) {
    if (Math.floor(time / dayMs) !== day) firsts.push(time % dayMs)
    day = Math.floor(time / dayMs)
  }
  if (firsts.length < 2 || lengthMs >= 1_800_000) return undefined
  const onGrid = firsts.filter((first) => first % 1_800_000 === 0).length
  const afterGrid = firsts.filter((first) => first % 1_800_000 === lengthMs).length
  if (onGrid > afterGrid) return 'open'
  return afterGrid > onGrid && afterGrid * 2 >= firsts.length ? 'close' : undefined
}
