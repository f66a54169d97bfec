import type { BarSeries } from '../domain/bar-series.ts'
import { DomainError } from '../domain/errors.ts'

/** The bars of one instrument of a run. */
export interface RunBars {
  readonly record: { readonly id: string; readonly zone: string }
  readonly bars: BarSeries
}

/**
 * Refuses bars on which no run can be trusted: `data.disorder` for a bar that does not come after the one before it,
 * `data.no-overlap` for instruments that are never there at the same time.
 */
export function refuseBadBars(parts: readonly RunBars[]): void {
  for (const { record, bars } of parts) {
    const { time, closeTime, length } = bars
    for (let bar = 1; bar < length; bar++) {
      const isLater = (time[bar] as number) > (time[bar - 1] as number)
      if (isLater && (closeTime[bar] as number) > (closeTime[bar - 1] as number)) continue
      const place = { instrument: record.id, time: time[bar] as number, zone: record.zone }
      throw new DomainError('data.disorder', { ...place, bar: bar + 1 })
    }
  }
  const started = parts.reduce((latest, part) => (firstOf(part) > firstOf(latest) ? part : latest), parts[0] as RunBars)
  const ended = parts.reduce(
    (earliest, part) => (lastOf(part) < lastOf(earliest) ? part : earliest),
    parts[0] as RunBars,
  )
  if (parts.length > 1 && firstOf(started) >= lastOf(ended)) {
    throw new DomainError('data.no-overlap', { instrument: ended.record.id, other: started.record.id })
  }
}

function firstOf({ bars }: RunBars): number {
  return bars.time[0] as number
}

function lastOf({ bars }: RunBars): number {
  return bars.closeTime[bars.length - 1] as number
}
