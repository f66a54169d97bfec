import { holidaysBetween, type YearDay, yearDays } from './calendar-rules.ts'
import { dayMs, dayOfDate, daysFromCivil } from './civil.ts'
import { cnClosings } from './cn-closings.ts'
import { createTradingCalendar, type SpecialDay, type TradingCalendar, type TradingHours } from './trading-calendar.ts'
import { zoneClock } from './zone-offsets.ts'

/** A calendar that instruments name. */
export interface NamedCalendar {
  readonly id: string
  readonly title: { readonly en: string; readonly zh: string }
  /** IANA zone of its times. */
  readonly zone: string
  /** Opening and closing time, milliseconds of the local day; `open` ≥ `close`: it opens the evening before. */
  readonly open: number
  readonly close: number
  /** Weekdays without trading, Monday 1 … Sunday 7. */
  readonly offDays: readonly number[]
  /** First and last day whose holidays are known (days since 1970-01-01); outside them only weekdays count. */
  readonly from: number
  readonly to: number
  /** Days without trading, and those that open or close at other times. */
  readonly holidays: readonly number[]
  readonly specialDays: readonly SpecialDay[]
  /** Where the days come from, and what is left out. */
  readonly source: string
}

const at = (hour: number, minute = 0) => (hour * 60 + minute) * 60_000
const weekend = [6, 7]
const first = 2000
const last = 2050
const known = { from: daysFromCivil(first, 1, 1), to: daysFromCivil(last, 12, 31) }

/** Holidays of the NYSE: rule 7.2 and the closings that were announced. */
const nyseRules: readonly YearDay[] = [
  // A New Year's Day on a Saturday is not made up for: the last trading day of the year is one
  { month: 1, day: 1, observed: 'sunday' },
  { month: 1, weekday: 1, nth: 3 },
  { month: 2, weekday: 1, nth: 3 },
  { fromEaster: -2 },
  { month: 5, weekday: 1, nth: -1 },
  { month: 6, day: 19, observed: 'both', since: 2022 },
  { month: 7, day: 4, observed: 'both' },
  { month: 9, weekday: 1, nth: 1 },
  { month: 11, weekday: 4, nth: 4 },
  { month: 12, day: 25, observed: 'both' },
]
const nyseClosings = [
  ...['2001-09-11', '2001-09-12', '2001-09-13', '2001-09-14', '2004-06-11', '2007-01-02'],
  ...['2012-10-29', '2012-10-30', '2018-12-05', '2025-01-09'],
].map(dayOfDate)

/** Half days of the NYSE: the eve of Independence Day and Christmas when it is Monday to Thursday, the day after Thanksgiving. */
function nyseHalfDays(close: number, open: number): SpecialDay[] {
  const eves = yearDays(first, last, [
    { month: 7, day: 3, weekdays: [1, 2, 3, 4] },
    { month: 12, day: 24, weekdays: [1, 2, 3, 4] },
  ])
  const thanksgivings = yearDays(first, last, [{ month: 11, weekday: 4, nth: 4 }])
  return [...eves, ...thanksgivings.map((day) => day + 1)].sort((a, b) => a - b).map((day) => ({ day, open, close }))
}

/** Holidays of the United States on which index futures stop at noon in Chicago instead of resting. */
function chicagoHalfDays(): SpecialDay[] {
  const noon = yearDays(first, last, [
    { month: 1, weekday: 1, nth: 3 },
    { month: 2, weekday: 1, nth: 3 },
    { month: 5, weekday: 1, nth: -1 },
    { month: 6, day: 19, observed: 'both', since: 2022 },
    { month: 7, day: 4, observed: 'both' },
    { month: 9, weekday: 1, nth: 1 },
    { month: 11, weekday: 4, nth: 4 },
  ]).map((day) => ({ day, open: at(17), close: at(12) }))
  const taken = new Set(noon.map(({ day }) => day))
  const early = nyseHalfDays(at(12, 15), at(17)).filter(({ day }) => !taken.has(day))
  return [...noon, ...early].sort((a, b) => a.day - b.day)
}

const newYearAndChristmas: readonly YearDay[] = [
  { month: 1, day: 1 },
  { month: 12, day: 25 },
]
const eurexRules: readonly YearDay[] = [
  { month: 1, day: 1 },
  { fromEaster: -2 },
  { fromEaster: 1 },
  { month: 5, day: 1 },
  { month: 12, day: 24 },
  { month: 12, day: 25 },
  { month: 12, day: 26 },
  { month: 12, day: 31 },
]

/** The calendars that there are. */
export const namedCalendars: readonly NamedCalendar[] = [
  {
    ...{ id: 'NYSE', title: { en: 'New York Stock Exchange, Nasdaq', zh: '纽约证券交易所、纳斯达克' } },
    ...{ zone: 'America/New_York', open: at(9, 30), close: at(16), offDays: weekend, ...known },
    holidays: holidaysBetween(first, last, nyseRules, nyseClosings),
    specialDays: nyseHalfDays(at(13), at(9, 30)),
    source: 'NYSE rule 7.2 and its announced closings; half days as since 2013.',
  },
  {
    ...{ id: 'CME', title: { en: 'CME Globex, equity index futures', zh: '芝商所 Globex 股指期货' } },
    ...{ zone: 'America/Chicago', open: at(17), close: at(16), offDays: weekend, ...known },
    holidays: holidaysBetween(first, last, [
      { month: 1, day: 1, observed: 'sunday' },
      { fromEaster: -2 },
      { month: 12, day: 25, observed: 'both' },
    ]),
    specialDays: chicagoHalfDays(),
    source: 'CME Globex holiday calendar; the short sessions of some Good Fridays are left out.',
  },
  {
    ...{ id: 'EUREX', title: { en: 'Eurex, equity index futures', zh: '欧洲期货交易所股指期货' } },
    ...{ zone: 'Europe/Berlin', open: at(1, 10), close: at(22), offDays: weekend, ...known },
    holidays: holidaysBetween(first, last, eurexRules),
    specialDays: [],
    source: 'Eurex trading calendar; hours as since 2018.',
  },
  {
    ...{ id: 'XETRA', title: { en: 'Xetra', zh: '德国 Xetra' } },
    ...{ zone: 'Europe/Berlin', open: at(9), close: at(17, 30), offDays: weekend, ...known },
    holidays: holidaysBetween(first, last, eurexRules),
    specialDays: [],
    source: 'Xetra trading calendar as since 2022; Whit Monday and 3 October of earlier years are trading days here.',
  },
  {
    ...{ id: 'FX', title: { en: 'Foreign exchange, 24 hours on five days', zh: '外汇（每周五天、24 小时）' } },
    ...{ zone: 'America/New_York', open: at(17), close: at(17), offDays: weekend, ...known },
    holidays: holidaysBetween(first, last, newYearAndChristmas),
    specialDays: [],
    source: 'Sunday to Friday, 17:00 New York; closed on 25 December and 1 January.',
  },
  {
    ...{ id: 'CRYPTO', title: { en: 'Around the clock, every day', zh: '全天候、每天' } },
    ...{ zone: 'UTC', open: 0, close: dayMs, offDays: [], ...known },
    ...{ holidays: [], specialDays: [], source: 'Never closes; days are those of UTC.' },
  },
  {
    ...{ id: 'CN', title: { en: 'Shanghai and Shenzhen stock exchanges', zh: '上海、深圳证券交易所' } },
    ...{ zone: 'Asia/Shanghai', open: at(9, 30), close: at(15), offDays: weekend },
    ...{ from: cnClosings.from, to: cnClosings.to, holidays: cnClosings.days, specialDays: [] },
    source: 'Closings as announced for 2023 to 2026. The lunch break is within the session.',
  },
]

/** The calendar of that name; undefined: there is none. */
export function namedCalendar(id: string): NamedCalendar | undefined {
  return namedCalendars.find((each) => each.id === id)
}

const made = new Map<string, TradingCalendar>()

/** Its trading days and hours; undefined for no name or an unknown one. */
export function calendarOf(id: string | undefined): TradingCalendar | undefined {
  if (id === undefined) return undefined
  const found = namedCalendar(id)
  if (found === undefined) return undefined
  const calendar = made.get(id) ?? createTradingCalendar(hoursOf(found), zoneClock(found.zone))
  made.set(id, calendar)
  return calendar
}

function hoursOf({ open, close, offDays, holidays, specialDays }: NamedCalendar): TradingHours {
  return { open, close, offDays, holidays, specialDays }
}
