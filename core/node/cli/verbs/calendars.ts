import type { Gives } from '../../../contract/contract.ts'
import { callService } from '../../call-service.ts'
import { textTable } from '../output.ts'
import { exitCode, time, type Verb } from '../verb.ts'

const dayMs = 86_400_000

/** The trading calendars, and the sessions of one. */
export const calendarsVerb: Verb = {
  name: 'calendars',
  words: 1,
  usage: 'calendars | calendars NAME [--from DATE] [--to DATE]',
  about:
    'The trading calendars that an instrument can name; with a name its sessions from a day (today) to before another (a week later). Choose one for an instrument in the Data panel, or with instrument.update.',
  options: { from: { type: 'string' }, to: { type: 'string' } },
  async run({ output, positionals, values, service }) {
    const [name] = positionals
    const running = await service()
    if (name === undefined) {
      const { calendars } = await callService(running, 'calendar.list', {})
      output.answer({ calendars }, () => calendarTable(calendars))
      return exitCode.done
    }
    const from = time(values, 'from') ?? Math.floor(Date.now() / dayMs) * dayMs
    const to = time(values, 'to') ?? from + 7 * dayMs
    const { days } = await callService(running, 'calendar.days', { calendar: name, from, to })
    output.answer({ calendar: name, days }, () =>
      textTable(
        ['day', 'opens', 'closes'],
        days.map(({ day, open, close }) => [day, new Date(open).toISOString(), new Date(close).toISOString()]),
      ),
    )
    return exitCode.done
  },
}

function calendarTable(calendars: Gives<'calendar.list'>['calendars']): string {
  return textTable(
    ['name', 'of', 'zone', 'hours', 'holidays known'],
    calendars.map(({ id, title, zone, open, close, from, to }) => [
      ...[id, title.en, zone, `${clock(open)}-${clock(close)}`, `${from} to ${to}`],
    ]),
  )
}

function clock(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
