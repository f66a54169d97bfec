import PQueue from 'p-queue'
import pRetry, { AbortError } from 'p-retry'
import { type Channel, channelKinds } from '../../notifications/channel-kinds.ts'
import type { Notice } from '../../notifications/notice.ts'
import type { Vault } from '../../stores/vault.ts'
import type { NoticeSenderPort } from '../../workstation/notifications/notice-sender-port.ts'
import { DeliveryFailure, withoutSecrets } from './delivery-failure.ts'
import { messageText } from './message-text.ts'
import { senders } from './senders.ts'

const retries = 4
const firstWaitMs = 1_000

/** Sends through the real services: one queue a channel, at the pace that its service allows, tried again where that helps. */
export function createNoticeSender(vault: Vault, now: () => number): NoticeSenderPort & { close(): Promise<void> } {
  const queues = new Map<string, PQueue>()
  const stopped = new AbortController()
  const queueOf = ({ id, kind }: Channel) => {
    const queue =
      queues.get(id) ?? new PQueue({ concurrency: 1, interval: 60_000, intervalCap: channelKinds[kind].perMinute })
    queues.set(id, queue)
    return queue
  }
  const secretsOf = async ({ id, kind }: Channel) => {
    const names = channelKinds[kind].secrets.map((name) => name.replace('?', ''))
    const found = await Promise.all(
      names.map(async (name) => [name, (await vault.get(secretName(id, name))) ?? ''] as const),
    )
    return Object.fromEntries(found)
  }
  const attempt = async (channel: Channel, message: { id: string; notice: Notice; count: number }) => {
    if (channel.kind === 'desktop') return
    const secrets = await secretsOf(channel)
    const { subject, text } = messageText(channel, message.notice, message.count)
    const whole = { ...message, subject, text, settings: channel.settings, secrets, now: now() }
    try {
      await senders[channel.kind](whole)
    } catch (cause) {
      const failure = cause instanceof DeliveryFailure ? cause : new DeliveryFailure(String(cause), { canRetry: false })
      throw withoutSecrets(failure, secrets)
    }
  }
  return {
    text: async (channel, notice, count) => messageText(channel, notice, count),
    async send(channel, message, { onAttempt, patient }) {
      let attempts = 0
      const once = async () => {
        attempts++
        onAttempt(attempts)
        try {
          await attempt(channel, message)
        } catch (failure) {
          if (failure instanceof DeliveryFailure && failure.canRetry) {
            if (failure.retryAfterMs !== null && patient) await waited(failure.retryAfterMs, stopped.signal)
            throw failure
          }
          throw new AbortError(failure as Error)
        }
      }
      const sent = () =>
        pRetry(once, { retries: patient ? retries : 0, minTimeout: firstWaitMs, factor: 3, signal: stopped.signal })
      try {
        await queueOf(channel).add(sent)
        return { attempts, reason: '' }
      } catch (failure) {
        return { attempts, reason: reasonOf(failure) }
      }
    },
    setSecret: (channel, name, secret) => vault.set(secretName(channel, name), secret),
    hasSecret: (channel, name) => vault.has(secretName(channel, name)),
    async forget(channel) {
      for (const { secrets } of Object.values(channelKinds)) {
        for (const name of secrets) await vault.delete(secretName(channel, name.replace('?', '')))
      }
    },
    async close() {
      stopped.abort()
      for (const queue of queues.values()) queue.clear()
    },
  }
}

function secretName(channel: string, name: string): string {
  return `notify:${channel}:${name}`
}

function reasonOf(failure: unknown): string {
  const { message } = failure as Error
  return message === '' ? String(failure) : message
}

function waited(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, Math.min(ms, 600_000))
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new DeliveryFailure('the service ends', { canRetry: false }))
    })
  })
}
