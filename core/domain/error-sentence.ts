import type { ErrorData } from './errors.ts'

/** A text of `resources/messages/<language>/errors.json`, undefined when there is none under the key. */
export type FindMessage = (key: string) => string | undefined

/**
 * The user's sentence for a failure, the same in window and terminal. The most fitting text is taken:
 * `<code>.<reason>` (a sentence of its own), else `<code>`. Into it go the failure's values; words for `reason` and for
 * the parts of `rule` come from `<family>.reason.<reason>` and `<family>.rule.<part>`, `when` is the bar's open.
 * A place in the user's file that the sentence does not name itself is put in front (`place`).
 */
export function errorSentence(code: string, data: ErrorData, message: FindMessage): string {
  const family = code.split('.')[0] ?? code
  const template = message(`${code}.${data.reason}`) ?? message(code) ?? code
  const values = {
    ...data,
    when: typeof data.time === 'number' ? ` (${isoMinute(data.time, data.zone)})` : '',
    ...(typeof data.reason === 'string' ? { reason: message(`${family}.reason.${data.reason}`) ?? data.reason } : {}),
    ...(typeof data.rule === 'string' ? { rule: ruleWords(data.rule, family, message) } : {}),
  }
  const hasPlace = typeof data.file === 'string' && typeof data.line === 'number' && data.line > 0
  const place = hasPlace && !template.includes('{{file}}') ? (message('place') ?? '') : ''
  return fill(place + template, values)
}

function ruleWords(rule: string, family: string, message: FindMessage): string {
  return rule
    .split(', ')
    .map((part) => message(`${family}.rule.${part}`) ?? part)
    .join(', ')
}

function fill(template: string, values: ErrorData): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? '–'))
}

/** `2020-02-05`, or with its time where it has one; on the clock of `zone`, UTC when none is given. */
function isoMinute(time: number, zone: ErrorData[string] | undefined): string {
  const timeZone = typeof zone === 'string' && zone !== '' ? zone : 'UTC'
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const part = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]))
  const day = `${part.year}-${part.month}-${part.day}`
  const clock = `${part.hour}:${part.minute}`
  return clock === '00:00' ? day : `${day} ${clock} ${timeZone}`
}
