import { z } from 'zod'
import { noticeLevels } from '../../domain/notice-words.ts'
import { request, topic } from '../define.ts'
import { epochMsSchema } from '../schemas.ts'

const alertId = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/)
const maybeTime = epochMsSchema.nullable()

export const alertSchema = z.strictObject({
  id: alertId,
  /** What people are told; empty: the conditions. */
  name: z.string().max(200),
  /** In the notation of docs/alerts.md, e.g. `SPX 1d: close crosses-above sma(period=50)`. */
  conditions: z.array(z.string().min(1).max(300)).min(1).max(8),
  join: z.enum(['all', 'any']),
  repeat: z.enum(['once', 'per-bar', 'per-minute']),
  /** From then on it never fires; null: it does not end. */
  expires: maybeTime,
  level: z.enum(noticeLevels),
  armed: z.boolean(),
})

export const firingSchema = z.strictObject({
  alert: alertId,
  name: z.string(),
  /** Of the market: the close of the bar, or the time of the print. */
  at: epochMsSchema,
  level: z.enum(noticeLevels),
  /** The conditions with the figures that they compared. */
  text: z.string(),
})

const fails = ['alert.wrong', 'interval.invalid', 'instrument.unknown', 'indicator.unknown', 'param.invalid'] as const

/** Alerts without code. */
export const alertChannels = {
  'alert.list': request({
    about: 'Every alert, where it stands, when it last fired and how often since it was armed.',
    takes: z.strictObject({}),
    gives: z.strictObject({
      alerts: z.array(
        alertSchema.extend({
          state: z.enum(['armed', 'fired', 'expired', 'off']),
          /** Moments of the market after this one may fire it, 0: any; null: it is not watched yet. */
          since: maybeTime,
          firedAt: maybeTime,
          fired: z.number().int(),
          /** What kept it from being looked at the last time; null: nothing. */
          trouble: z.string().nullable(),
        }),
      ),
    }),
  }),
  'alert.put': request({
    about: 'Stores an alert, over one of the same id, and arms it anew when it is armed.',
    takes: z.strictObject({ alert: alertSchema }),
    gives: z.strictObject({}),
    fails: [...fails, 'store.full'],
    changes: true,
  }),
  'alert.arm': request({
    about: 'Arms an alert, so that it may fire again, or switches it off.',
    takes: z.strictObject({ alert: alertId, armed: z.boolean() }),
    gives: z.strictObject({}),
    fails: ['alert.unknown'],
    changes: true,
  }),
  'alert.remove': request({
    about: 'Forgets an alert; what it fired stays in the log.',
    takes: z.strictObject({ alert: alertId }),
    gives: z.strictObject({}),
    fails: ['alert.unknown'],
    changes: true,
  }),
  'alert.try': request({
    about:
      'How often an alert would have fired over the stored past, judged as it is judged live. `untried`: conditions that no past is stored of; with them the alert is tried without them.',
    takes: z.strictObject({ alert: alertSchema, from: maybeTime, to: maybeTime }),
    gives: z.strictObject({
      count: z.number().int(),
      /** The newest 500, newest first. */
      firings: z.array(firingSchema),
      /** Moments at which it was looked at, first and last. */
      moments: z.number().int(),
      from: maybeTime,
      to: maybeTime,
      untried: z.array(z.string()),
    }),
    fails: [...fails, 'data.missing', 'interval.unavailable'],
  }),
  'alert.log': request({
    about: 'What fired, newest first; the newest 500 are kept.',
    takes: z.strictObject({ alert: alertId.nullable(), limit: z.number().int().min(1).max(500) }),
    gives: z.strictObject({ firings: z.array(firingSchema) }),
  }),
} as const

export const alertTopics = {
  'alert.changed': topic({
    about: 'An alert was stored, armed, switched off, removed, or stands elsewhere. Ask alert.list.',
    payload: z.strictObject({ alert: alertId }),
  }),
  'alert.fired': topic({ about: 'An alert fired.', payload: firingSchema }),
} as const
