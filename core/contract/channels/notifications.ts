import { z } from 'zod'
import { channelKindNames, deliveryStates, noticeEvents, noticeLevels } from '../../domain/notice-words.ts'
import { request, topic } from '../define.ts'
import { epochMsSchema } from '../schemas.ts'

const channelId = z.string().regex(/^[A-Za-z0-9._-]{1,32}$/)
const level = z.enum(noticeLevels)
const word = z.string().max(128)

export const channelSchema = z.strictObject({
  id: channelId,
  kind: z.enum(channelKindNames),
  enabled: z.boolean(),
  language: z.enum(['en', 'zh']),
  /** What its kind needs; see notification.kinds. No secrets. */
  settings: z.record(z.string().max(32), z.string().max(4096)),
  /** Liquid template of the text; empty: the usual one. */
  template: z.string().max(10_000),
})

export const routeSchema = z.strictObject({
  level,
  events: z.array(z.enum(noticeEvents)).max(32),
  /** Empty: any. */
  source: word,
  strategy: word,
  instrument: word,
  channels: z.array(channelId).max(64),
})

export const notificationRulesSchema = z.strictObject({
  channels: z.array(channelSchema).max(64),
  routes: z.array(routeSchema).max(256),
  /** Minutes of the local day; null: none. */
  quiet: z
    .strictObject({
      from: z.number().int().min(0).max(1440),
      to: z.number().int().min(0).max(1440),
      zone: z.string().max(64),
    })
    .nullable(),
  foldSeconds: z.number().min(0).max(86_400),
  repeatMinutes: z.number().min(0).max(10_080),
  escalateAfter: z.number().int().min(0).max(1000),
  escalateTo: z.array(channelId).max(64),
})

export const noticeSchema = z.strictObject({
  id: z.string(),
  at: epochMsSchema,
  level,
  event: z.enum(noticeEvents),
  source: word,
  strategy: word,
  instrument: word,
  title: z.string().max(500),
  text: z.string().max(10_000),
})

const deliverySchema = z.strictObject({
  id: z.string(),
  channel: channelId,
  state: z.enum(deliveryStates),
  at: epochMsSchema,
  updatedAt: epochMsSchema,
  due: epochMsSchema,
  attempts: z.number().int(),
  repeats: z.number().int(),
  critical: z.boolean(),
  reason: z.string(),
  notice: noticeSchema,
  count: z.number().int(),
})

/** Who is told of what, how, and whether it arrived. */
export const notificationChannels = {
  'notification.kinds': request({
    about: 'The kinds of channels with the settings and secrets that each needs; those that end in ? may be left out.',
    takes: z.strictObject({}),
    gives: z.strictObject({
      kinds: z.array(
        z.strictObject({
          kind: z.enum(channelKindNames),
          settings: z.array(z.string()),
          secrets: z.array(z.string()),
          perMinute: z.number(),
        }),
      ),
    }),
  }),
  'notification.rules': request({
    about: 'Channels, routes, quiet hours, folding, repetition. `secrets`: those that the vault has, by channel.',
    takes: z.strictObject({}),
    gives: z.strictObject({
      rules: notificationRulesSchema,
      secrets: z.record(z.string(), z.array(z.string())),
    }),
  }),
  'notification.configure': request({
    about: 'Stores the rules as a whole. Secrets of channels that are gone are deleted.',
    takes: z.strictObject({ rules: notificationRulesSchema }),
    gives: z.strictObject({}),
    fails: ['notification.channel', 'template.wrong', 'store.full'],
    changes: true,
  }),
  'notification.secret': request({
    about: 'Puts a secret of a channel into the vault. Nobody can read it back.',
    takes: z.strictObject({ channel: channelId, name: z.string().max(32), secret: z.string().max(4096) }),
    gives: z.strictObject({}),
    fails: ['notification.channel', 'vault.locked', 'vault.wrong'],
    changes: true,
  }),
  'notification.test': request({
    about: 'Sends one message through a channel now, without trying again, and says what the service said.',
    takes: z.strictObject({ channel: channelId }),
    gives: z.strictObject({ accepted: z.boolean(), reason: z.string() }),
    fails: ['notification.channel', 'template.wrong', 'vault.locked'],
    changes: true,
  }),
  'notification.send': request({
    about: 'Tells something by the rules, as the service itself does.',
    takes: noticeSchema.omit({ id: true, at: true }),
    gives: z.strictObject({ notice: z.string(), channels: z.array(channelId) }),
    fails: ['live.no-service'],
    changes: true,
  }),
  'notification.log': request({
    about: 'Deliveries, newest first: queued, sent, accepted, failed with the reason, acknowledged.',
    takes: z.strictObject({
      channel: channelId.nullable(),
      state: z.enum(deliveryStates).nullable(),
      text: z.string().max(200),
      limit: z.number().int().min(1).max(10_000),
    }),
    gives: z.strictObject({ deliveries: z.array(deliverySchema) }),
  }),
  'notification.acknowledge': request({
    about: 'Somebody has seen a notice: it is not repeated any more.',
    takes: z.strictObject({ notice: z.string().max(128) }),
    gives: z.strictObject({ deliveries: z.number().int() }),
    changes: true,
  }),
} as const

/** What is told to the windows. */
export const notificationTopics = {
  'notification.changed': topic({
    about: 'A delivery is new or has another state.',
    payload: z.strictObject({ delivery: deliverySchema }),
  }),
  'notification.raised': topic({
    about: 'A notice for a channel of kind desktop: the window shows it.',
    payload: z.strictObject({ notice: noticeSchema, count: z.number().int(), sound: z.boolean() }),
  }),
  'blotter.troubled': topic({
    about: 'A source, or the store under the blotter, has failed at something that ends nothing.',
    payload: z.strictObject({
      source: z.string(),
      instrument: z.string().nullable(),
      code: z.string(),
      text: z.string(),
    }),
  }),
} as const
