import type { BarSeries } from '../domain/bar-series.ts'
import { zoneClock } from './zone-offsets.ts'

/** The opening times of the bars on the clock of a zone, written as if that were UTC. */
export function localTimes({ time, length }: BarSeries, zone: string): Float64Array {
  const clock = zoneClock(zone)
  const local = new Float64Array(length)
  for (let i = 0; i < length; i++) local[i] = (time[i] as number) + clock.offsetAt(time[i] as number)
  return local
}

/** Bars that know their local times; these are made when an indicator of sessions first asks. */
export function withLocalTime(bars: BarSeries, zone: string): BarSeries & { localTime(): Float64Array } {
  return { ...bars, localTime: () => localTimes(bars, zone) }
}
