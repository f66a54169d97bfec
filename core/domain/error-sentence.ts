import type { ErrorData } from './errors.ts'

/** A text of `resources/messages/<language>/errors.json`, undefined when there is none under the key. */
export type FindMessage = (key: string) => string | undefined

/**
 * The user's sentence for a failure, the same in window and terminal. The most fitting text is taken:
 * `<code>.<reason>` (a sentence of its own), else `<code>`. Into it go the failure's values; words for `reason` and for
 * the parts of `rule` come from `<family>.reason.<reason>` and `<family>.rule.<part>`, `when` is the bar's time.
 * A place in the user's file that the sentence does not name itself is put in front (`place`).
 */
export function errorSentence(code: string, data: ErrorData, message: FindMessage): string {
  const family = code.split('.')[0] ?? code
  const template = message(`${code}.${data.reason}`) ?? message(code) ?? code
  const values = {
    ...data,
    when: typeof data.time === 'number' ? ` (${isoMinute(data.time)})` : '',
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

/** `2020-02-05`, or with its time where it has one. */
function isoMinute(time: number): string {
  const iso = new Date(time).toISOString()
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : `${iso.slice(0, 16).replace('T', ' ')} UTC`
}
