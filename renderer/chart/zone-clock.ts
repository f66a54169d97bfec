/** Moments as a wall clock in some zone shows them. */
export interface ZoneClock {
  /** IANA name, `utc` or `local`. */
  readonly zone: string
  /** Milliseconds whose UTC fields are the wall clock's fields at `ms`. */
  local(ms: number): number
}

const week = 604_800_000

/**
 * A wall clock that is fast for long ascending series: the offset is asked of the platform once a week,
 * and again only in weeks in which it changes. An unknown zone runs as UTC.
 */
export function createZoneClock(zone: string): ZoneClock {
  const offsetAt = offsetOf(zone)
  const weeks = new Map<number, number>()
  const offsetOfWeek = (start: number): number => {
    let offset = weeks.get(start)
    if (offset === undefined) {
      const atStart = offsetAt(start)
      offset = atStart === offsetAt(start + week) ? atStart : Number.NaN
      weeks.set(start, offset)
    }
    return offset
  }
  return {
    zone,
    local(ms) {
      const offset = offsetOfWeek(Math.floor(ms / week) * week)
      return ms + (Number.isNaN(offset) ? offsetAt(ms) : offset)
    },
  }
}

function offsetOf(zone: string): (ms: number) => number {
  if (zone === 'utc' || zone === 'UTC') return () => 0
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', {
      ...(zone === 'local' ? {} : { timeZone: zone }),
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    return () => 0
  }
  return (ms) => {
    const field: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(ms)) field[type] = Number(value)
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = field
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000
  }
}

/** The zone's short name at a moment, e.g. `EST`, `GMT+8`, `UTC`. */
export function zoneLabel(zone: string, ms: number): string {
  if (zone === 'utc' || zone === 'UTC') return 'UTC'
  try {
    const parts = new Intl.DateTimeFormat('en-US', {
      ...(zone === 'local' ? {} : { timeZone: zone }),
      timeZoneName: 'short',
    }).formatToParts(ms)
    return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone
  } catch {
    return 'UTC'
  }
}
