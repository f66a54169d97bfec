import { z } from 'zod'
import { daysFromCivil } from '../../../data/civil.ts'
import type { FilterRules } from '../../../data/filters/filter.ts'
import type { ResampleRules } from '../../../data/resample-rules.ts'
import type { Timeframe } from '../../../data/timeframe.ts'
import { createTradingCalendar, type TradingCalendar, type TradingHours } from '../../../data/trading-calendar.ts'
import { zoneClock } from '../../../data/zone-offsets.ts'
import { type IntervalSpec, isMeasureSpec, parseInterval } from '../../../domain/bar-spec.ts'
import { number, type OptionValues, text, texts, UsageError } from '../verb.ts'

/** Options of `resample` besides those that say how the file is read. */
export const resampleOptions = {
  to: { type: 'string' },
  profile: { type: 'string' },
  replay: { type: 'boolean' },
  session: { type: 'string' },
  holiday: { type: 'string', multiple: true },
  filter: { type: 'string', multiple: true },
  bar2edge: { type: 'string' },
  adjbartime: { type: 'string' },
  rightedge: { type: 'string' },
  takelate: { type: 'string' },
  boundoff: { type: 'string' },
} as const

const minuteMs = 60_000

/** `09:30-16:00` in milliseconds of the day; undefined: not given. */
export function sessionOf(values: OptionValues): { readonly open: number; readonly close: number } | undefined {
  const given = text(values, 'session')
  if (given === undefined) return undefined
  const [, from, until] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(given) ?? []
  const [open, close] = [from, until].map(minutesOf)
  if (open === undefined || close === undefined || Number.isNaN(open) || Number.isNaN(close))
    throw new UsageError(`--session is opening and closing time such as 09:30-16:00, was “${given}”`)
  return { open: open * minuteMs, close: close * minuteMs }
}

function minutesOf(time: string | undefined): number {
  const [hour = Number.NaN, minute = Number.NaN] = (time ?? '').split(':').map(Number)
  return hour <= 24 && minute < 60 ? hour * 60 + minute : Number.NaN
}

function calendarOf(values: OptionValues, zone: string): TradingCalendar | undefined {
  const hours: TradingHours | undefined = sessionOf(values)
  if (hours === undefined) return undefined
  return createTradingCalendar({ ...hours, holidays: texts(values, 'holiday').map(dayOf) }, zoneClock(zone))
}

function dayOf(text: string): number {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []
  if (day === undefined) throw new UsageError(`--holiday is a date such as 2024-03-29, was “${text}”`)
  return daysFromCivil(Number(year), Number(month), Number(day))
}

/** The rules that the command line asks for; `source` is the interval of the file's bars, null for prints. */
export function rulesOf(values: OptionValues, zone: string, source: string | null): ResampleRules {
  const to = text(values, 'to')
  if (to === undefined) throw new UsageError('--to is missing: an interval such as 15m, 1d, 500tick or 2.5renko')
  const spec = parseInterval(to)
  const calendar = calendarOf(values, zone)
  const profile = text(values, 'profile') ?? 'default'
  if (profile === 'default') return { profile, spec, zone, calendar }
  if (profile !== 'backtrader') throw new UsageError(`--profile is default, backtrader or qtpylib, was “${profile}”`)
  const session = sessionOf(values)
  return {
    profile,
    ...timeframeOf(spec),
    ...flags(values),
    boundoff: number(values, 'boundoff') ?? 0,
    source: source === null ? { timeframe: 'Ticks', compression: 1 } : timeframeOf(parseInterval(source)),
    zone,
    ...(session === undefined ? {} : { sessionEnd: session.close }),
    ...(calendar === undefined || texts(values, 'holiday').length === 0 ? {} : { calendar }),
  }
}

/** Options of upstream that are yes unless told. */
function flags(values: OptionValues) {
  const names = ['bar2edge', 'adjbartime', 'rightedge', 'takelate'] as const
  return Object.fromEntries(
    names.flatMap((name) => {
      const given = text(values, name)
      if (given !== undefined && given !== 'yes' && given !== 'no')
        throw new UsageError(`--${name} is yes or no, was “${given}”`)
      return given === undefined ? [] : [[name, given === 'yes']]
    }),
  )
}

const timeframeByUnit = {
  second: 'Seconds',
  minute: 'Minutes',
  hour: 'Minutes',
  day: 'Days',
  week: 'Weeks',
  month: 'Months',
  year: 'Years',
} as const

/** backtrader's words for an interval. */
function timeframeOf(spec: IntervalSpec): { readonly timeframe: Timeframe; readonly compression: number } {
  if (!isMeasureSpec(spec))
    return { timeframe: timeframeByUnit[spec.unit], compression: spec.unit === 'hour' ? spec.step * 60 : spec.step }
  if (spec.measure === 'tick') return { timeframe: 'Ticks', compression: spec.step }
  throw new UsageError(`backtrader has no bars of ${spec.measure}; leave --profile out`)
}

const fill = {
  price: z.number().nullable().optional(),
  volume: z.number().optional(),
  openInterest: z.number().optional(),
}
const filterSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('session') }),
  z.strictObject({ kind: z.literal('session-filler'), skipFirstFill: z.boolean().optional(), ...fill }),
  z.strictObject({ kind: z.literal('data-filler'), ...fill }),
  z.strictObject({ kind: z.literal('calendar-days'), ...fill }),
  z.strictObject({ kind: z.literal('day-steps') }),
  z.strictObject({ kind: z.literal('day-splitter'), closeVolume: z.number().min(0).max(1).optional() }),
  z.strictObject({ kind: z.literal('heikin-ashi') }),
  z.strictObject({
    kind: z.literal('renko'),
    hilo: z.boolean().optional(),
    size: z.number().positive().nullable().optional(),
    autosize: z.number().positive().optional(),
    dynamic: z.boolean().optional(),
    align: z.number().positive().optional(),
    roundstart: z.boolean().optional(),
  }),
])

/** Filters in the order in which they are given: `heikin-ashi`, or `{"kind":"renko","size":5}`. */
export function filtersOf(values: OptionValues): FilterRules[] {
  return texts(values, 'filter').map((given) => {
    const parsed = filterSchema.safeParse(given.startsWith('{') ? jsonOf(given) : { kind: given })
    if (!parsed.success) throw new UsageError(`--filter ${given}: ${parsed.error.issues[0]?.message ?? 'not known'}`)
    return parsed.data as FilterRules
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError(`--filter is a name or JSON, was ${text}`)
  }
}
