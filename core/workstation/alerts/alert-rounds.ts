import { instrumentOf } from '../../alerts/condition.ts'
import { parseCondition } from '../../alerts/condition-text.ts'
import type { MarketFeed } from '../live/live-sessions.ts'
import type { NoticeDraft, Notifier } from '../notifications/notifier.ts'
import type { Ports } from '../ports.ts'
import type { Topics } from '../topics.ts'
import type { AlertBook, AlertState, Firing, KeptAlert } from './alert-book.ts'
import type { TrackSources } from './alert-tracks.ts'
import { AlertWatch } from './alert-watch.ts'

/** What alerts hear of, and whom they tell. */
export interface AlertSurroundings {
  readonly market: Pick<MarketFeed, 'listen'>
  readonly notices: Pick<Notifier, 'notify'> & { listen(listener: (notice: NoticeDraft) => void): () => void }
  readonly topics: Topics
}

const roundMs = 500
/** How often the alerts are read anew: another process may have stored others. */
const rereadMs = 3_000

/** Watches every armed alert until it is stopped, which ends with the round under way. */
export function watchAlerts(
  ports: Ports,
  sources: TrackSources,
  book: AlertBook,
  { market, notices, topics }: AlertSurroundings,
) {
  const { clock } = ports
  let watches: readonly AlertWatch[] = []
  let states: Map<string, AlertState> | null = null
  let readAt = Number.NEGATIVE_INFINITY
  let round: Promise<void> | null = null

  const reread = async () => {
    readAt = clock.now()
    states ??= await book.states()
    const armed = (await book.alerts()).filter((alert) => isWatched(alert, states?.get(alert.id), clock.now()))
    watches = armed.map((alert) => {
      const same = watches.find((watch) => watch.alert.revision === alert.revision)
      const state = states?.get(alert.id)
      // What came while nobody watched is judged now: what was judged before would be judged the same again
      const seen = state?.revision === alert.revision ? Math.max(state.since, state.firedAt ?? 0) : null
      return same ?? new AlertWatch(alert, sources, seen)
    })
  }
  const keep = async ({ alert, seen }: AlertWatch, firings: readonly Firing[], trouble: string | null) => {
    const known = states ?? new Map<string, AlertState>()
    const before = known.get(alert.id)
    const state = before?.revision === alert.revision ? before : undefined
    if (state !== undefined && firings.length === 0 && state.trouble === trouble) return
    // Before its first look has found the end of the past there is nothing to keep but the trouble
    const since = state?.since ?? seen
    if (since === null) return
    known.set(alert.id, {
      revision: alert.revision,
      since,
      fired: (state?.fired ?? 0) + firings.length,
      firedAt: firings.at(-1)?.at ?? state?.firedAt ?? null,
      trouble,
    })
    await book.putStates(known)
    if (firings.length > 0) await book.append(firings)
    topics.publish('alert.changed', { alert: alert.id })
  }
  const look = async (watch: AlertWatch) => {
    const { alert } = watch
    const state = states?.get(alert.id)
    const lastFired = state?.revision === alert.revision ? state.firedAt : null
    try {
      const firings = await watch.look(lastFired)
      // On disk first: a service that is killed now has fired it, and does not fire it again
      await keep(watch, firings, null)
      for (const firing of firings) tell(alert, firing)
    } catch (failure) {
      await keep(watch, [], (failure as Error).message).catch(() => undefined)
    }
  }
  const tell = (alert: KeptAlert, firing: Firing) => {
    topics.publish('alert.fired', firing)
    const first = alert.conditions.map((text) => instrumentOf(parseCondition(text))).find((id) => id !== '')
    const { name: title, text, level } = firing
    const notice = {
      level,
      event: 'alert',
      source: 'alerts',
      strategy: '',
      instrument: first ?? '',
      title,
      text,
    } as const
    void notices.notify(notice).catch(() => undefined)
  }
  const go = async () => {
    if (clock.now() - readAt >= rereadMs) await reread()
    for (const watch of watches) if (watch.isDue) await look(watch)
    const now = clock.now()
    watches = watches.filter(({ alert }) => isWatched(alert, states?.get(alert.id), now))
  }

  const ends = [
    market.listen((message) => {
      for (const watch of watches) watch.takeMarket(message)
    }),
    notices.listen((notice) => {
      if (notice.event !== 'alert') for (const watch of watches) watch.takeNotice(notice, clock.now())
    }),
    topics.subscribe('live.changed', (view) => {
      for (const watch of watches) watch.takeSession(view, clock.now())
    }),
    topics.subscribe('data.changed', ({ instrument }) => {
      for (const watch of watches) watch.takeBars(instrument)
    }),
    topics.subscribe('alert.changed', () => {
      readAt = Number.NEGATIVE_INFINITY
    }),
    ports.every(roundMs, () => {
      round ??= go()
        .catch(() => undefined)
        .finally(() => {
          round = null
        })
    }),
  ]
  return {
    async stop() {
      for (const end of ends) end()
      await round
    },
  }
}

function isWatched({ armed, repeat, expires, revision }: KeptAlert, state: AlertState | undefined, now: number) {
  const hasFired = state?.revision === revision && state.fired > 0
  return armed && !(repeat === 'once' && hasFired) && (expires === null || expires > now)
}
