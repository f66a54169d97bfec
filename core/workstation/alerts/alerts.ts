import { firingsOf, momentsOf, stretchesOf } from '../../alerts/alert-course.ts'
import type { Condition } from '../../alerts/condition.ts'
import { parseCondition } from '../../alerts/condition-text.ts'
import type { Track } from '../../alerts/track.ts'
import type { Gives, Handlers, Takes } from '../../contract/contract.ts'
import type { BarService } from '../bars.ts'
import type { Ports } from '../ports.ts'
import { type Alert, type AlertState, createAlertBook, type Firing } from './alert-book.ts'
import { firingAt } from './alert-firing.ts'
import { type AlertSurroundings, watchAlerts } from './alert-rounds.ts'
import { refuseUnwatchable, storedBarTrack, storedQuoteTrack, type TrackSources } from './alert-tracks.ts'

type AlertHandlers = Pick<Handlers, Extract<keyof Handlers, `alert.${string}`>>

const keptFirings = 500

/** Alerts of a workstation: kept and tried anywhere, watched by the one service that trades live. */
export function createAlerts(ports: Ports, bars: BarService, around: AlertSurroundings) {
  const { topics } = around
  const book = createAlertBook(ports.stores.settings)
  const sources = { bars, stores: ports.stores }
  const revision = () => ports.nextId()
  const changed = (alert: string) => topics.publish('alert.changed', { alert })

  const handlers: AlertHandlers = {
    'alert.list': async () => {
      const states = await book.states()
      const now = ports.clock.now()
      return {
        alerts: (await book.alerts()).map(({ revision: current, ...alert }) => {
          const found = states.get(alert.id)
          const state = found?.revision === current ? found : undefined
          const { since = null, fired = 0, firedAt = null, trouble = null } = state ?? {}
          return {
            ...alert,
            conditions: [...alert.conditions],
            ...{ state: stateOf(alert, state, now), since, fired, firedAt, trouble },
          }
        }),
      }
    },
    'alert.put': async ({ alert }) => {
      for (const text of alert.conditions) await refuseUnwatchable(sources, parseCondition(text))
      await book.put({ ...alert, revision: revision() })
      changed(alert.id)
      return {}
    },
    'alert.arm': async ({ alert, armed }) => {
      await book.put({ ...(await book.find(alert)), armed, revision: revision() })
      changed(alert)
      return {}
    },
    'alert.remove': async ({ alert }) => {
      await book.find(alert)
      await book.remove(alert)
      changed(alert)
      return {}
    },
    'alert.try': (asked) => tried(sources, asked),
    'alert.log': async ({ alert, limit }) => {
      const all = await book.log()
      return { firings: all.filter((each) => alert === null || each.alert === alert).slice(0, limit) }
    },
  }

  const watch = ports.live.isHost ? watchAlerts(ports, sources, book, around) : null
  return { handlers, stop: async () => watch?.stop() }
}

function stateOf(
  { armed, repeat, expires }: Alert,
  state: AlertState | undefined,
  now: number,
): Gives<'alert.list'>['alerts'][number]['state'] {
  if (!armed) return 'off'
  if (repeat === 'once' && (state?.fired ?? 0) > 0) return 'fired'
  return expires !== null && expires <= now ? 'expired' : 'armed'
}

async function tried(sources: TrackSources, { alert, from, to }: Takes<'alert.try'>): Promise<Gives<'alert.try'>> {
  const tracks: Track[] = []
  const used: string[] = []
  for (const text of alert.conditions) {
    const condition = parseCondition(text)
    await refuseUnwatchable(sources, condition)
    const track = await pastTrack(sources, condition, from, to)
    if (track === null) continue
    tracks.push(track)
    used.push(text)
  }
  const after = from === null ? Number.NEGATIVE_INFINITY : from - 1
  const until = to ?? Number.POSITIVE_INFINITY
  const looked = momentsOf(tracks, after, until)
  const isOnce = alert.repeat === 'once'
  const rule = { join: alert.join, repeat: isOnce ? ('per-bar' as const) : alert.repeat, expires: null }
  const moments = firingsOf(tracks, rule, { after, until, lastFired: null })
  const firings = isOnce ? stretchesOf(moments, looked) : moments
  return {
    count: firings.length,
    firings: firings
      .slice(-keptFirings)
      .reverse()
      .map((moment): Firing => firingAt({ ...alert, conditions: used }, tracks, moment)),
    moments: looked.length,
    from: looked[0] ?? null,
    to: looked.at(-1) ?? null,
    untried: alert.conditions.filter((text) => !used.includes(text)),
  }
}

/** Null: no past of it is stored. */
async function pastTrack(
  sources: TrackSources,
  condition: Condition,
  from: number | null,
  until: number | null,
): Promise<Track | null> {
  if (condition.kind === 'bars') return storedBarTrack(sources, condition, from)
  if (condition.kind !== 'quotes') return null
  const track = await storedQuoteTrack(sources, condition, { from, until })
  return track.moments.length === 0 ? null : track
}
