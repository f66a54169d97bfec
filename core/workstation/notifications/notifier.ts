import { zoneClock } from '../../data/zone-offsets.ts'
import type { Channel } from '../../notifications/channel-kinds.ts'
import type { Notice } from '../../notifications/notice.ts'
import { channelsFor, type NotificationRules, quietFor } from '../../notifications/routing.ts'
import { type Folded, StormFold } from '../../notifications/storm-fold.ts'
import type { Delivery } from '../../stores/delivery-store.ts'
import type { Ports } from '../ports.ts'
import type { Topics } from '../topics.ts'

/** What somebody wants to be told; id and time are given to it. */
export type NoticeDraft = Omit<Notice, 'id' | 'at'>

export interface Notifier {
  /** The notice and the channels that it goes to; what is folded goes with a later one. */
  notify(draft: NoticeDraft): Promise<{ readonly notice: string; readonly channels: readonly string[] }>
  /** Sends what a service that was ended or killed had left. */
  resume(): Promise<void>
  acknowledge(notice: string): Promise<number>
  stop(): Promise<void>
}

/** How long the end of a service waits for messages that are being sent. */
const endMs = 2_000
const tickMs = 1_000
const minuteMs = 60_000
const most = 10_000

/**
 * Brings notices to channels. A delivery is on disk before it is sent, and stays queued until the service has taken it
 * or has refused it for good: a kill in between sends it again, with the same id.
 */
export function createNotifier(ports: Ports, topics: Topics, rules: () => Promise<NotificationRules>): Notifier {
  const { clock } = ports
  const { deliveries, sender } = ports.notifications
  const fold = new StormFold()
  const underWay = new Set<string>()
  const sends = new Set<Promise<void>>()
  let isBusy = false

  const keep = async (delivery: Delivery) => {
    await deliveries.put([delivery])
    topics.publish('notification.changed', { delivery: plain(delivery) })
    return delivery
  }
  const queue = async ({ notice, count }: Folded, channels: readonly Channel[], quiet: NotificationRules['quiet']) => {
    const now = clock.now()
    const wait = notice.level === 'critical' || quiet === null ? 0 : quietFor(quiet, now, offsetOf(quiet.zone, now))
    for (const channel of channels) {
      const delivery = await keep({
        ...{ id: `note-${ports.nextId()}`, channel: channel.id, state: 'queued', at: now, updatedAt: now },
        ...{ due: now + wait, attempts: 0, repeats: 0, critical: notice.level === 'critical', reason: '' },
        ...{ notice, count },
      })
      if (wait === 0) begin(channel, delivery)
    }
  }

  /** What cannot be noted any more is on disk as it was: the next start sends it. */
  function begin(channel: Channel, queued: Delivery): void {
    const work = send(channel, queued)
      .catch(() => undefined)
      .finally(() => sends.delete(work))
    sends.add(work)
  }

  /** Waits for what is being sent, but not long: a service that does not answer must not hold up the end. */
  async function settled(): Promise<void> {
    if (sends.size === 0) return
    const { promise: late, resolve } = Promise.withResolvers<void>()
    const cancel = ports.after(endMs, resolve)
    await Promise.race([Promise.all(sends), late])
    cancel()
  }

  async function send(channel: Channel, queued: Delivery): Promise<void> {
    if (underWay.has(queued.id)) return
    underWay.add(queued.id)
    const notice = queued.notice as Notice
    try {
      let last = await keep({ ...queued, state: 'sent', updatedAt: clock.now() })
      if (channel.kind === 'desktop') {
        const sound = channel.settings.sound !== 'no'
        topics.publish('notification.raised', { notice: { ...notice }, count: queued.count, sound })
        await keep({ ...last, state: 'accepted', attempts: 1, updatedAt: clock.now() })
        return
      }
      const { attempts, reason } = await outcomeOf(channel, queued)
      last = { ...last, attempts: last.attempts + attempts, reason, updatedAt: clock.now() }
      await keep({ ...last, state: reason === '' ? 'accepted' : 'failed' })
      if (reason !== '' && notice.event !== 'channel') await tellOfFailure(channel, reason)
    } finally {
      underWay.delete(queued.id)
    }
  }

  async function outcomeOf(channel: Channel, { id, notice, count }: Delivery) {
    try {
      const message = { id, notice: notice as Notice, count }
      return await sender.send(channel, message, { patient: true, onAttempt: () => undefined })
    } catch (failure) {
      return { attempts: 1, reason: (failure as Error).message }
    }
  }

  /** A channel that fails is itself worth telling, by the others. */
  async function tellOfFailure({ id }: Channel, reason: string): Promise<void> {
    const { channels, quiet } = await rules()
    const others = channels.filter((each) => each.enabled && each.id !== id)
    const notice: Notice = {
      ...{ id: `notice-${ports.nextId()}`, at: clock.now(), level: 'error', event: 'channel', source: 'notifications' },
      ...{ strategy: '', instrument: '', title: `Channel ${id} fails`, text: reason },
    }
    const folded = fold.take(notice, (await rules()).foldSeconds * 1000)
    if (folded !== null) await queue(folded, others, quiet)
  }

  /** What waits for the end of quiet hours, for the end of a storm, or for somebody to acknowledge it. */
  async function passTime(): Promise<void> {
    const now = clock.now()
    const current = await rules()
    for (const folded of fold.due(now)) await queue(folded, channelsFor(folded.notice, current), current.quiet)
    const due = (await deliveries.pending()).filter((each) => each.due <= now && !underWay.has(each.id))
    for (const channel of current.channels) {
      const own = due.filter((each) => each.channel === channel.id)
      if (channel.enabled && own.length > 0) await sendDigest(channel, own)
    }
    if (current.repeatMinutes > 0) await repeat(current, now)
  }

  /** Several that have waited come as one message. */
  async function sendDigest(channel: Channel, waiting: readonly Delivery[]): Promise<void> {
    const [first] = waiting
    if (first === undefined) return
    if (waiting.length === 1) return begin(channel, first)
    const notices = waiting.map(({ notice }) => notice as Notice)
    const text = notices.map(({ at, title }) => `${new Date(at).toISOString().slice(11, 16)} ${title}`).join('\n')
    const digest: Notice = { ...(first.notice as Notice), title: `${notices.length} notices`, text }
    const count = waiting.reduce((sum, each) => sum + each.count, 0)
    for (const each of waiting.slice(1)) {
      await keep({ ...each, state: 'accepted', reason: `with ${first.id}`, updatedAt: clock.now() })
    }
    await send(channel, { ...first, notice: digest, count })
  }

  async function repeat({ repeatMinutes, escalateAfter, escalateTo, channels, quiet }: NotificationRules, now: number) {
    for (const delivery of await deliveries.unacknowledged()) {
      const channel = channels.find(({ id }) => id === delivery.channel)
      if (channel?.enabled !== true || now - delivery.updatedAt < repeatMinutes * minuteMs) continue
      const repeats = delivery.repeats + 1
      const again = await keep({ ...delivery, state: 'queued', repeats, updatedAt: now })
      begin(channel, again)
      if (repeats !== escalateAfter) continue
      const more = channels.filter(({ id, enabled }) => enabled && escalateTo.includes(id) && id !== channel.id)
      await queue({ notice: delivery.notice as Notice, count: delivery.count }, more, quiet)
    }
  }

  // Elsewhere nothing waits: a terminal leaves with its command, and must not open the file for it
  const stopClock = !ports.live.isHost
    ? () => undefined
    : ports.every(tickMs, () => {
        if (isBusy) return
        isBusy = true
        void passTime()
          .catch(() => undefined)
          .finally(() => {
            isBusy = false
          })
      })

  return {
    async notify(draft) {
      const notice: Notice = { ...draft, id: `notice-${ports.nextId()}`, at: clock.now() }
      const current = await rules()
      const channels = channelsFor(notice, current)
      if (channels.length === 0) return { notice: notice.id, channels: [] }
      const folded = fold.take(notice, current.foldSeconds * 1000)
      if (folded !== null) await queue(folded, channels, current.quiet)
      return { notice: notice.id, channels: channels.map(({ id }) => id) }
    },
    async resume() {
      const { channels } = await rules()
      for (const delivery of await deliveries.pending()) {
        const channel = channels.find(({ id, enabled }) => enabled && id === delivery.channel)
        if (channel !== undefined && delivery.due <= clock.now()) begin(channel, delivery)
      }
    },
    async acknowledge(notice) {
      const found = await deliveries.find({ channel: null, state: null, text: notice, limit: most })
      const own = found.filter((each) => (each.notice as Notice).id === notice && each.state !== 'acknowledged')
      for (const each of own) await keep({ ...each, state: 'acknowledged', updatedAt: clock.now() })
      return own.length
    },
    async stop() {
      stopClock()
      const current = await rules().catch(() => null)
      if (current === null) return
      // What a storm held back is queued: the next start sends it
      for (const { notice, count } of fold.flush()) {
        const now = clock.now()
        for (const { id } of channelsFor(notice, current)) {
          await deliveries.put([
            {
              ...{ id: `note-${ports.nextId()}`, channel: id, state: 'queued', at: now, updatedAt: now, due: now },
              ...{ attempts: 0, repeats: 0, critical: false, reason: '', notice, count },
            },
          ])
        }
      }
      await settled()
    },
  }
}

function offsetOf(zone: string, now: number): number {
  return zoneClock(zone).offsetAt(now)
}

/** A delivery as the contract has it. */
export function plain({ notice, ...delivery }: Delivery) {
  return { ...delivery, notice: { ...(notice as Notice) } }
}
