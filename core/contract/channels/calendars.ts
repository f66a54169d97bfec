import { z } from 'zod'
import { request } from '../define.ts'
import { epochMsSchema } from '../schemas.ts'

const date = z.string().regex(/^\d{4}-\d\d-\d\d$/)

/** When exchanges trade. */
export const calendarChannels = {
  'calendar.list': request({
    about:
      'The trading calendars that an instrument can name. `open` and `close` are milliseconds of the local day; open ≥ close: the session opens the evening before.',
    takes: z.strictObject({}),
    gives: z.strictObject({
      calendars: z.array(
        z.strictObject({
          id: z.string(),
          title: z.strictObject({ en: z.string(), zh: z.string() }),
          zone: z.string(),
          open: z.number(),
          close: z.number(),
          /** Weekdays without trading, Monday 1 … Sunday 7. */
          offDays: z.array(z.number().int()),
          /** First and last day whose holidays are known. */
          from: date,
          to: date,
          source: z.string(),
        }),
      ),
    }),
  }),
  'calendar.days': request({
    about: 'The sessions of a calendar that lie, in part or whole, in [from, to).',
    takes: z.strictObject({ calendar: z.string().min(1).max(32), from: epochMsSchema, to: epochMsSchema }),
    gives: z.strictObject({
      days: z.array(z.strictObject({ day: date, open: epochMsSchema, close: epochMsSchema })),
    }),
    fails: ['calendar.unknown'],
  }),
} as const
