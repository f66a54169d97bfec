import type { Payload } from '../../contract/contract.ts'
import type { Topics } from '../topics.ts'
import type { NoticeDraft, Notifier } from './notifier.ts'

/** Notices of what the service tells on its topics. Ends with the returned function. */
export function tellOfTopics(topics: Topics, { notify }: Notifier): () => void {
  const names = new Map<string, string>()
  const failed = new Set<string>()
  const tell = (draft: NoticeDraft | null) => {
    if (draft !== null) void notify(draft).catch(() => undefined)
  }
  const strategyOf = (session: string) => names.get(session) ?? session
  const ends = [
    topics.subscribe('live.changed', (session) => {
      names.set(session.session, session.name)
      if (session.state !== 'failed' || failed.has(session.session)) return
      failed.add(session.session)
      tell(sessionFailed(session))
    }),
    topics.subscribe('live.filled', ({ session, instrument, side, quantity, price, positionAfter }) =>
      tell({
        ...{ level: 'info', event: 'fill', source: 'live', strategy: strategyOf(session), instrument },
        title: `${strategyOf(session)}: ${side} ${quantity} ${instrument} @ ${price}`,
        text: `position ${positionAfter}`,
      }),
    ),
    topics.subscribe('live.ordered', (order) => {
      tell(refusedOrder(order, strategyOf(order.session)))
      tell(doubtfulOrder(order, strategyOf(order.session)))
    }),
    topics.subscribe('live.logged', ({ session, kind, text }) => {
      if (kind !== 'notify') return
      const strategy = strategyOf(session)
      tell({ level: 'info', event: 'message', source: 'live', strategy, instrument: '', title: strategy, text })
    }),
    topics.subscribe('job.changed', (job) => tell(endedBacktest(job))),
    topics.subscribe('futures.rollDue', ({ series, from, to, gap }) =>
      tell({
        ...{ level: 'warning', event: 'roll', source: 'futures', strategy: '', instrument: series },
        title: `${series}: hold ${to} instead of ${from}`,
        text: gap === null ? '' : `gap ${Number(gap.toPrecision(12))}`,
      }),
    ),
    topics.subscribe('blotter.troubled', ({ source, instrument, code, text }) =>
      tell({
        ...{ level: 'warning', event: code.startsWith('venue') ? 'connection' : 'data-gap', source: 'blotter' },
        ...{ strategy: '', instrument: instrument ?? '', title: `Blotter: ${source}`, text: `${code} ${text}`.trim() },
      }),
    ),
  ]
  return () => {
    for (const end of ends) end()
  }
}

function sessionFailed({ name, error }: Payload<'live.changed'>): NoticeDraft {
  return {
    ...{ level: 'critical', event: 'session', source: 'live', strategy: name, instrument: '' },
    title: `${name} has failed: its orders are not watched any more`,
    text: error === null ? '' : `${error.code} ${JSON.stringify(error.data)}`,
  }
}

function refusedOrder(
  { id, instrument, side, quantity, status, reason }: Payload<'live.ordered'>,
  strategy: string,
): NoticeDraft | null {
  if (status !== 'denied' && status !== 'rejected') return null
  const isRisk = reason.startsWith('risk') || reason === 'paused' || reason === 'margin'
  return {
    ...{ level: 'warning', event: isRisk ? 'risk' : 'order', source: 'live', strategy, instrument },
    title: `${strategy}: order ${id} refused (${reason})`,
    text: `${side} ${quantity} ${instrument}`,
  }
}

/** What a venue did of itself, or does not say. */
function doubtfulOrder(
  { id, instrument, side, quantity, place, status, reason }: Payload<'live.ordered'>,
  strategy: string,
): NoticeDraft | null {
  const isEnded = (reason === 'venue' || reason === 'lost') && (status === 'cancelled' || status === 'expired')
  const isLate = status === 'filled' && (reason === 'lost' || reason === 'venue')
  if (place !== 'unknown' && !isEnded && !isLate) return null
  const what = isLate
    ? 'filled at the venue after it had ended, and no exit protects it'
    : place === 'unknown'
      ? 'not known what became of it at the venue, nothing new is sent until it is found'
      : `ended at the venue (${reason})`
  return {
    ...{ level: isLate ? 'error' : 'warning', event: 'order', source: 'live', strategy, instrument },
    title: `${strategy}: order ${id}: ${what}`,
    text: `${side} ${quantity} ${instrument}`,
  }
}

function endedBacktest({ kind, subject, state, error }: Payload<'job.changed'>): NoticeDraft | null {
  if (kind !== 'backtest' && kind !== 'optimise') return null
  if (state !== 'done' && state !== 'failed') return null
  return {
    ...{ level: state === 'done' ? 'info' : 'error', event: 'backtest', source: 'backtest' },
    ...{ strategy: '', instrument: '', title: `${kind} ${state}: ${subject}`, text: error === null ? '' : error.code },
  }
}
