import { dayMs, daysFromCivil, daysInMonth } from '../civil.ts'
import { bytesOf } from './bytes.ts'

/** Reads the bytes [from, to) as a time in milliseconds; NaN when they do not follow the format. */
export type TimeParser = (bytes: Uint8Array, from: number, to: number) => number

/** A compiled date format. With `absolute` the result is UTC (epochs, texts with an offset), else local time of the recipe's zone. */
export interface DateFormat {
  readonly absolute: boolean
  readonly date: TimeParser
  /** For a second column; undefined when the format has no time part to split off. */
  readonly time: TimeParser | undefined
}

const epochScale: Readonly<Record<string, number>> = {
  'epoch-s': 1e3,
  'epoch-ms': 1,
  'epoch-us': 1e-3,
  'epoch-ns': 1e-6,
}

/**
 * Compiles `yyyy-MM-dd HH:mm:ss.SSS` and the like: yyyy or yy (70–99 = 19yy), M d H (one or two digits) or MM dd HH
 * mm ss, MMM (English), .SSS (one to nine digits, or nothing), a (AM or PM), XXX (`Z`, `+01:00`, `-0500`); other letters stand for themselves.
 * Also `epoch-s`, `epoch-ms`, `epoch-us`, `epoch-ns`, `ms-of-day` after a date (`yyyyMMdd ms-of-day`), and
 * `ms-of-day@yyyyMMdd` for files whose day is only in their name. Undefined: not a format.
 */
export function compileDateFormat(text: string): DateFormat | undefined {
  const scale = epochScale[text]
  if (scale !== undefined) return { absolute: true, date: epochParser(scale), time: undefined }
  const named = /^ms-of-day@(\d{4})(\d\d)(\d\d)$/.exec(text)
  if (named !== null) return { absolute: false, date: dayMsParser(dayOf(named) * dayMs), time: undefined }
  const tokens = tokenize(text)
  // Milliseconds of which day? Without a date there is no answer.
  if (tokens === undefined || text === 'ms-of-day') return undefined
  const cut = timeCut(text)
  const timeText = cut < 0 ? '' : text.slice(cut + 1)
  const dateTokens = cut < 0 ? tokens : tokenize(text.slice(0, cut))
  if (timeText === 'ms-of-day' && dateTokens !== undefined)
    return { absolute: false, date: patternParser(dateTokens, true), time: dayMsParser(0) }
  const timeTokens = timeText === '' ? undefined : tokenize(timeText)
  return {
    absolute: text.includes('XXX'),
    date: patternParser(tokens, true),
    time: timeTokens === undefined ? undefined : patternParser(timeTokens, false),
  }
}

/** The part of a format before its time part: what the date column holds when the time has a column of its own. */
export function datePart(text: string): string {
  const cut = timeCut(text)
  return cut < 0 ? text : text.slice(0, cut)
}

/** Index of the mark between date and time; −1 when there is no time part. */
function timeCut(text: string): number {
  return text.search(/[ T](?=H|ms-of-day)/)
}

function dayOf([, year, month, day]: RegExpExecArray): number {
  return daysFromCivil(Number(year), Number(month), Number(day))
}

function plainNumber(bytes: Uint8Array, from: number, to: number): number {
  if (to <= from || to - from > 25) return Number.NaN
  let value = 0
  let scale = 0
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number
    if (byte === 46 && scale === 0) scale = 1
    else if (byte < 48 || byte > 57) return Number.NaN
    else {
      value = value * 10 + byte - 48
      scale *= 10
    }
  }
  return scale > 1 ? value / scale : value
}

function epochParser(scale: number): TimeParser {
  return (bytes, from, to) => {
    const value = plainNumber(bytes, from, to)
    // 1e3 and 1 multiply exactly; dividing keeps whole milliseconds whole where multiplying by 1e-3 would not.
    const time = scale >= 1 ? value * scale : value / Math.round(1 / scale)
    return time <= 8.64e15 ? time : Number.NaN
  }
}

function dayMsParser(base: number): TimeParser {
  return (bytes, from, to) => {
    const value = plainNumber(bytes, from, to)
    return value < dayMs ? base + value : Number.NaN
  }
}

const fieldTokens = ['yyyy', 'yy', 'MMM', 'MM', 'M', 'dd', 'd', 'HH', 'H', 'mm', 'ss', '.SSS', 'XXX', 'a'] as const
type FieldToken = (typeof fieldTokens)[number]
type Token = { readonly field: FieldToken; readonly digits: number } | { readonly literal: number }

function tokenize(text: string): Token[] | undefined {
  const tokens: Token[] = []
  let rest = text
  while (rest !== '') {
    const field = fieldTokens.find((token) => rest.startsWith(token))
    if (field === undefined) {
      const [character = ''] = rest
      for (const byte of bytesOf(character)) tokens.push({ literal: byte })
      rest = rest.slice(character.length)
      continue
    }
    rest = rest.slice(field.length)
    // A field followed by a letter of another field has no mark to stop at: `yyyyMMdd` needs its digits exactly.
    const packed = fieldTokens.some((token) => rest.startsWith(token)) || packedBefore(tokens)
    tokens.push({ field, digits: packed || field.startsWith('y') ? field.length : 0 })
  }
  return tokens.some((token) => 'field' in token) ? tokens : undefined
}

function packedBefore(tokens: readonly Token[]): boolean {
  const previous = tokens.at(-1)
  return previous !== undefined && 'field' in previous
}

const months = 'janfebmaraprmayjunjulaugsepoctnovdec'

/** One reused scratch object: no allocation per row. */
const parts = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, fraction: 0, offset: 0, half: -1 }

function patternParser(tokens: readonly Token[], needsDate: boolean): TimeParser {
  return (bytes, from, to) => {
    parts.year = 1970
    parts.month = parts.day = 1
    parts.hour = parts.minute = parts.second = parts.fraction = parts.offset = 0
    parts.half = -1
    let at = from
    for (const token of tokens) {
      if ('literal' in token) {
        if (bytes[at] !== token.literal) return Number.NaN
        at++
      } else {
        at = readField(bytes, at, to, token)
        if (at < 0) return Number.NaN
      }
    }
    return at === to ? assemble(needsDate) : Number.NaN
  }
}

function assemble(needsDate: boolean): number {
  const { year, month, day, minute, second, fraction, offset, half } = parts
  let hour = parts.hour
  if (half >= 0) {
    if (hour < 1 || hour > 12) return Number.NaN
    hour = (hour % 12) + half * 12
  }
  const endOfDay = hour === 24 && minute === 0 && second === 0
  if ((hour > 23 && !endOfDay) || minute > 59 || second > 59) return Number.NaN
  const clock = ((hour * 60 + minute) * 60 + second) * 1_000 + fraction - offset
  if (!needsDate) return clock
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return Number.NaN
  return daysFromCivil(year, month, day) * dayMs + clock
}

function readField(bytes: Uint8Array, at: number, to: number, token: { field: FieldToken; digits: number }): number {
  switch (token.field) {
    case 'MMM':
      return readMonthName(bytes, at, to)
    case '.SSS':
      return readFraction(bytes, at, to)
    case 'XXX':
      return readOffset(bytes, at, to)
    case 'a':
      return readHalf(bytes, at, to)
    default:
      return readDigits(bytes, at, to, token)
  }
}

function readDigits(
  bytes: Uint8Array,
  at: number,
  to: number,
  { field, digits }: { field: FieldToken; digits: number },
): number {
  const limit = digits === 0 ? 2 : digits
  let value = 0
  let end = at
  while (end < to && end - at < limit) {
    const byte = bytes[end] as number
    if (byte < 48 || byte > 57) break
    value = value * 10 + byte - 48
    end++
  }
  if (end === at || (digits > 0 && end - at !== digits)) return -1
  setPart(field, value)
  return end
}

function setPart(field: FieldToken, value: number): void {
  if (field === 'yyyy') parts.year = value
  else if (field === 'yy') parts.year = value >= 70 ? 1900 + value : 2000 + value
  else if (field === 'MM' || field === 'M') parts.month = value
  else if (field === 'dd' || field === 'd') parts.day = value
  else if (field === 'HH' || field === 'H') parts.hour = value
  else if (field === 'mm') parts.minute = value
  else parts.second = value
}

function readFraction(bytes: Uint8Array, at: number, to: number): number {
  let value = 0
  let scale = 1
  // Whole seconds are often written without their zeros.
  if (at >= to || bytes[at] !== 46) return at
  let end = at + 1
  for (; end < to && end - at < 10; end++) {
    const byte = bytes[end] as number
    if (byte < 48 || byte > 57) break
    value = value * 10 + byte - 48
    scale *= 10
  }
  if (end === at + 1) return -1
  parts.fraction = (value * 1_000) / scale
  return end
}

function readMonthName(bytes: Uint8Array, at: number, to: number): number {
  if (at + 3 > to) return -1
  const name = String.fromCharCode(bytes[at] as number, bytes[at + 1] as number, bytes[at + 2] as number).toLowerCase()
  const index = months.indexOf(name)
  if (index < 0 || index % 3 !== 0) return -1
  parts.month = index / 3 + 1
  return at + 3
}

function readHalf(bytes: Uint8Array, at: number, to: number): number {
  if (at + 2 > to || ((bytes[at + 1] as number) | 32) !== 109) return -1
  const letter = (bytes[at] as number) | 32
  parts.half = letter === 97 ? 0 : letter === 112 ? 1 : -1
  return parts.half < 0 ? -1 : at + 2
}

function readOffset(bytes: Uint8Array, at: number, to: number): number {
  const sign = bytes[at]
  if (at < to && (sign === 90 || sign === 122)) return at + 1
  if (at >= to || (sign !== 43 && sign !== 45)) return -1
  const colon = bytes[at + 3] === 58 ? 1 : 0
  const end = Math.min(to, at + 5 + colon)
  if (end < at + 3) return -1
  const hours = plainNumber(bytes, at + 1, at + 3)
  const minutes = end >= at + 5 + colon ? plainNumber(bytes, at + 3 + colon, at + 5 + colon) : 0
  if (Number.isNaN(hours) || Number.isNaN(minutes) || hours > 18 || minutes > 59) return -1
  parts.offset = (sign === 45 ? -1 : 1) * (hours * 60 + minutes) * 60_000
  return end
}
