import { callService, type Service } from '../call-service.ts'
import { number, text, UsageError, type VerbContext } from './verb.ts'

const standardUrl = 'http://127.0.0.1:47613'

/**
 * Asks a service from another process whether it lives, until it is interrupted. When it has not answered for `--missing`
 * seconds a CRITICAL notice goes out by the channels of this machine, and another one when it is back.
 */
export async function watchHeartbeat(context: VerbContext, service: Service): Promise<undefined> {
  const { values, output } = context
  const url = new URL('/health', text(values, 'url') ?? standardUrl)
  const every = seconds(number(values, 'every') ?? 10, 'every')
  const missing = seconds(number(values, 'missing') ?? 30, 'missing')
  let stopped = false
  const interrupted = new Promise<void>((stop) =>
    context.onInterrupt(() => {
      stopped = true
      stop()
    }),
  )
  let heardAt = Date.now()
  let isMissing = false
  output.answer({ url: url.href, every, missing }, () => `Watches ${url.href}. Ctrl-C stops it.`)
  while (!stopped) {
    if (await isAlive(url, every)) {
      heardAt = Date.now()
      if (isMissing) await tell(service, 'warning', `${url.host} answers again`)
      isMissing = false
    } else if (!isMissing && Date.now() - heardAt >= missing * 1000) {
      isMissing = true
      const since = new Date(heardAt).toISOString()
      await tell(service, 'critical', `${url.host} does not answer since ${since}: its orders are not watched`)
    }
    await Promise.race([interrupted, new Promise((next) => setTimeout(next, every * 1000))])
  }
  return undefined
}

async function isAlive(url: URL, patience: number): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(Math.max(1, patience) * 1000) })).ok
  } catch {
    return false
  }
}

async function tell(service: Service, level: 'critical' | 'warning', title: string): Promise<void> {
  const notice = {
    level,
    event: 'heartbeat',
    source: 'heartbeat',
    strategy: '',
    instrument: '',
    title,
    text: '',
  } as const
  await callService(service, 'notification.send', notice)
}

function seconds(value: number, option: string): number {
  if (!(value > 0 && value <= 86_400)) throw new UsageError(`--${option} is seconds, more than 0 and at most 86400`)
  return value
}
