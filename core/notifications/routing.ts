import type { Channel } from './channel-kinds.ts'
import { isAtLeast, type Notice, type NoticeEvent, type NoticeLevel } from './notice.ts'

/** Which notices go to which channels. Empty lists and texts: all. */
export interface Route {
  readonly level: NoticeLevel
  readonly events: readonly NoticeEvent[]
  readonly source: string
  readonly strategy: string
  readonly instrument: string
  readonly channels: readonly string[]
}

/** Hours in which nothing below `critical` is sent; it waits for their end and comes as one message. */
export interface QuietHours {
  /** Minutes of the local day; `from` > `to`: over midnight. */
  readonly from: number
  readonly to: number
  readonly zone: string
}

export interface NotificationRules {
  readonly channels: readonly Channel[]
  readonly routes: readonly Route[]
  readonly quiet: QuietHours | null
  /** After a message, others with the same cause are counted for so long, and told as one. */
  readonly foldSeconds: number
  /** A critical notice that nobody has acknowledged is sent again after so many minutes; 0: never. */
  readonly repeatMinutes: number
  /** After so many repeats it also goes to these channels. */
  readonly escalateAfter: number
  readonly escalateTo: readonly string[]
}

export const firstRules: NotificationRules = {
  channels: [],
  routes: [],
  quiet: null,
  foldSeconds: 30,
  repeatMinutes: 5,
  escalateAfter: 3,
  escalateTo: [],
}

/** The enabled channels that a notice goes to, each once. */
export function channelsFor(notice: Notice, { channels, routes }: NotificationRules): Channel[] {
  const wanted = new Set(routes.filter((route) => matches(route, notice)).flatMap((route) => route.channels))
  return channels.filter(({ id, enabled }) => enabled && wanted.has(id))
}

function matches(route: Route, notice: Notice): boolean {
  return (
    isAtLeast(notice.level, route.level) &&
    (route.events.length === 0 || route.events.includes(notice.event)) &&
    fits(route.source, notice.source) &&
    fits(route.strategy, notice.strategy) &&
    fits(route.instrument, notice.instrument)
  )
}

function fits(wanted: string, is: string): boolean {
  return wanted === '' || wanted === is
}

/** Milliseconds until the quiet hours end; 0 outside them. `offset`: what the zone adds to UTC at `now`. */
export function quietFor(quiet: QuietHours | null, now: number, offset: number): number {
  if (quiet === null || quiet.from === quiet.to) return 0
  const dayMinutes = 1_440
  const minute = ((Math.floor((now + offset) / 60_000) % dayMinutes) + dayMinutes) % dayMinutes
  const isIn =
    quiet.from < quiet.to ? minute >= quiet.from && minute < quiet.to : minute >= quiet.from || minute < quiet.to
  if (!isIn) return 0
  const left = (quiet.to - minute + dayMinutes) % dayMinutes
  return left * 60_000 - ((now + offset) % 60_000)
}
