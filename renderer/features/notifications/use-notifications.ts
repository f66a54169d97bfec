import { create } from 'zustand'
import type { Gives, Takes } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'

export type Rules = Gives<'notification.rules'>['rules']
export type Channel = Rules['channels'][number]
export type Level = Rules['routes'][number]['level']
export type Delivery = Gives<'notification.log'>['deliveries'][number]
export type Kind = Gives<'notification.kinds'>['kinds'][number]

const keptRows = 1_000

interface NotificationDesk {
  readonly rules: Rules | null
  /** Names of the secrets that the vault has, by channel. */
  readonly secrets: Readonly<Record<string, readonly string[]>>
  readonly kinds: readonly Kind[]
  readonly deliveries: readonly Delivery[]
  readonly failure: unknown
  load(): Promise<void>
  configure(rules: Takes<'notification.configure'>['rules']): Promise<boolean>
  keepSecrets(channel: string, secrets: Readonly<Record<string, string>>): Promise<boolean>
  /** What the service said: null when it took the message. */
  test(channel: string): Promise<string | null>
  acknowledge(notice: string): Promise<void>
}

const told = async (work: () => Promise<unknown>): Promise<boolean> => {
  try {
    await work()
    return true
  } catch (failure) {
    useStore.getState().notifyError(failure)
    return false
  }
}

export const useNotifications = create<NotificationDesk>()((set, get) => ({
  rules: null,
  secrets: {},
  kinds: [],
  deliveries: [],
  failure: null,
  async load() {
    try {
      const [{ kinds }, { rules, secrets }, { deliveries }] = await Promise.all([
        bridge().call('notification.kinds', {}),
        bridge().call('notification.rules', {}),
        bridge().call('notification.log', { channel: null, state: null, text: '', limit: keptRows }),
      ])
      set({ kinds, rules, secrets, deliveries, failure: null })
    } catch (failure) {
      set({ failure })
    }
  },
  configure: (rules) =>
    told(async () => {
      await bridge().call('notification.configure', { rules })
      await get().load()
    }),
  keepSecrets: (channel, secrets) =>
    told(async () => {
      for (const [name, secret] of Object.entries(secrets)) {
        if (secret !== '') await bridge().call('notification.secret', { channel, name, secret })
      }
      await get().load()
    }),
  async test(channel) {
    let answer: string | null = ''
    const isAnswered = await told(async () => {
      const { accepted, reason } = await bridge().call('notification.test', { channel })
      answer = accepted ? null : reason
    })
    return isAnswered ? answer : ''
  },
  async acknowledge(notice) {
    await told(() => bridge().call('notification.acknowledge', { notice }))
  },
}))

/** Follows the delivery log; ends with the returned function. */
export function followDeliveries(): () => void {
  return bridge().subscribe('notification.changed', ({ delivery }) => {
    useNotifications.setState(({ deliveries }) => {
      const at = deliveries.findIndex(({ id }) => id === delivery.id)
      return {
        deliveries: at < 0 ? [delivery, ...deliveries].slice(0, keptRows) : deliveries.with(at, delivery),
      }
    })
  })
}

/** The least level that is sent to a channel by a route of its own; null: by none. */
export function levelOf({ routes }: Rules, channel: string): Level | null {
  return routes.find(({ channels, events }) => channels.includes(channel) && events.length === 0)?.level ?? null
}

/** The rules with the plain route of a channel at that level; null: without it. */
export function withLevel(rules: Rules, channel: string, level: Level | null): Rules {
  const others = rules.routes.flatMap((route) => {
    if (route.events.length > 0) return [route]
    const channels = route.channels.filter((each) => each !== channel)
    return channels.length === 0 ? [] : [{ ...route, channels }]
  })
  const own = { events: [], source: '', strategy: '', instrument: '', channels: [channel] }
  return { ...rules, routes: level === null ? others : [...others, { ...own, level }] }
}
