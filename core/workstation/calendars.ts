import type { Handlers } from '../contract/contract.ts'
import { dayMs, isoText } from '../data/civil.ts'
import { calendarOf, type NamedCalendar, namedCalendar, namedCalendars } from '../data/named-calendars.ts'
import { DomainError } from '../domain/errors.ts'

const dateOf = (day: number) => isoText(day * dayMs).slice(0, 10)

/** The calendars that instruments can name, and their sessions. */
export function calendarHandlers(): Pick<Handlers, 'calendar.list' | 'calendar.days'> {
  return {
    'calendar.list': () => ({ calendars: namedCalendars.map(described) }),
    'calendar.days': ({ calendar, from, to }) => {
      const trading = calendarOf(knownCalendar(calendar).id)
      if (trading === undefined) throw unknown(calendar)
      const days: { day: string; open: number; close: number }[] = []
      for (let day = trading.dayAt(from); day <= trading.dayAt(to - 1); day++) {
        if (!trading.isTradingDay(day)) continue
        const [open, close] = [trading.openOf(day), trading.closeOf(day)]
        if (close > from && open < to) days.push({ day: dateOf(day), open, close })
      }
      return { days }
    },
  }
}

/** Throws `calendar.unknown` with the names that there are. */
export function knownCalendar(id: string): NamedCalendar {
  const found = namedCalendar(id)
  if (found === undefined) throw unknown(id)
  return found
}

function unknown(calendar: string): DomainError {
  return new DomainError('calendar.unknown', { calendar, known: namedCalendars.map(({ id }) => id).join(', ') })
}

function described({ id, title, zone, open, close, offDays, from, to, source }: NamedCalendar) {
  return {
    ...{ id, title: { ...title }, zone, open, close, offDays: [...offDays] },
    ...{ from: dateOf(from), to: dateOf(to), source },
  }
}
