import { notificationRulesSchema } from '../../contract/channels/notifications.ts'
import type { Handlers } from '../../contract/contract.ts'
import { DomainError } from '../../domain/errors.ts'
import { channelKindNames } from '../../domain/notice-words.ts'
import { createEmitter } from '../../lib/emitter.ts'
import { type Channel, channelKinds, missingFields } from '../../notifications/channel-kinds.ts'
import type { Notice } from '../../notifications/notice.ts'
import { firstRules, type NotificationRules } from '../../notifications/routing.ts'
import type { Ports } from '../ports.ts'
import type { Topics } from '../topics.ts'
import { createNotifier, type NoticeDraft, type Notifier, plain } from './notifier.ts'
import { tellOfTopics } from './topic-notices.ts'

type NotificationHandlers = Pick<Handlers, Extract<keyof Handlers, `notification.${string}`>>

const settingKey = 'notifications'

/** Notifications of a workstation: who is told of what, and what became of it. */
export function createNotifications(ports: Ports, topics: Topics) {
  const { stores, clock } = ports
  const { sender, deliveries } = ports.notifications
  let known: Promise<NotificationRules> | null = null
  const read = async (): Promise<NotificationRules> => {
    const stored = notificationRulesSchema.safeParse(await stores.settings.get(settingKey))
    return stored.success ? stored.data : firstRules
  }
  const rules = () => {
    known ??= read()
    return known
  }
  // Another process may have stored others
  const forgetRules = topics.subscribe('settings.changed', ({ key }) => {
    if (key === settingKey) known = null
  })
  const told = createEmitter<NoticeDraft>()
  const sending = createNotifier(ports, topics, rules)
  const notifier: Notifier = {
    ...sending,
    notify(draft) {
      told.emit(draft)
      return sending.notify(draft)
    },
  }
  const find = async (id: string): Promise<Channel> => {
    const channel = (await rules()).channels.find((each) => each.id === id)
    if (channel === undefined) throw new DomainError('notification.channel', { channel: id, missing: '' })
    return channel
  }

  const handlers: NotificationHandlers = {
    'notification.kinds': () => ({
      kinds: channelKindNames.map((kind) => {
        const { settings, secrets, perMinute } = channelKinds[kind]
        return { kind, settings: [...settings], secrets: [...secrets], perMinute }
      }),
    }),
    'notification.rules': async () => {
      const current = await rules()
      const secrets = await Promise.all(
        current.channels.map(async (channel) => [channel.id, await heldSecrets(channel)]),
      )
      return { rules: JSON.parse(JSON.stringify(current)), secrets: Object.fromEntries(secrets) }
    },
    'notification.configure': async ({ rules: wanted }) => {
      for (const channel of wanted.channels) refuseIncomplete(channel)
      for (const channel of wanted.channels) await sender.text(channel, sampleNotice(clock.now()), 1)
      const before = await rules()
      await stores.settings.set(settingKey, JSON.parse(JSON.stringify(wanted)))
      for (const { id } of before.channels) if (!wanted.channels.some((each) => each.id === id)) await sender.forget(id)
      known = null
      topics.publish('settings.changed', { key: settingKey })
      return {}
    },
    'notification.secret': async ({ channel: id, name, secret }) => {
      const channel = await find(id)
      const names = channelKinds[channel.kind].secrets.map((each) => each.replace('?', ''))
      if (!names.includes(name))
        throw new DomainError('notification.channel', { channel: id, missing: names.join(', ') })
      await sender.setSecret(id, name, secret)
      return {}
    },
    'notification.test': async ({ channel: id }) => {
      const channel = await find(id)
      const notice = sampleNotice(clock.now())
      if (channel.kind === 'desktop') {
        const sound = channel.settings.sound !== 'no'
        topics.publish('notification.raised', { notice: { ...notice }, count: 1, sound })
        return { accepted: true, reason: '' }
      }
      const message = { id: `test-${ports.nextId()}`, notice, count: 1 }
      const { reason } = await sender.send(channel, message, { patient: false, onAttempt: () => undefined })
      return { accepted: reason === '', reason }
    },
    'notification.send': async (draft) => {
      const { notice, channels } = await notifier.notify(draft)
      return { notice, channels: [...channels] }
    },
    'notification.log': async (query) => ({ deliveries: (await deliveries.find(query)).map(plain) }),
    'notification.acknowledge': async ({ notice }) => ({ deliveries: await notifier.acknowledge(notice) }),
  }

  async function heldSecrets({ id, kind }: Channel): Promise<string[]> {
    const names = channelKinds[kind].secrets.map((name) => name.replace('?', ''))
    const held = await Promise.all(names.map((name) => sender.hasSecret(id, name)))
    return names.filter((_, index) => held[index])
  }

  const stopTelling = ports.live.isHost ? tellOfTopics(topics, notifier) : () => undefined
  if (ports.live.isHost) void notifier.resume().catch(() => undefined)
  return {
    handlers,
    notify: notifier.notify,
    /** Hears every notice, also those that no route leads anywhere. */
    listen: (listener: (notice: NoticeDraft) => void) => told.subscribe(listener),
    async stop() {
      stopTelling()
      forgetRules()
      await notifier.stop()
    },
  }
}

function refuseIncomplete({ id, kind, settings }: Channel): void {
  const missing = missingFields(kind, settings)
  if (missing.length > 0) throw new DomainError('notification.channel', { channel: id, missing: missing.join(', ') })
}

function sampleNotice(at: number): Notice {
  return {
    ...{ id: 'notice-test', at, level: 'info', event: 'test', source: 'notifications', strategy: '', instrument: '' },
    ...{ title: 'Tickwright: test message', text: 'This channel works. 此渠道可用。' },
  }
}
