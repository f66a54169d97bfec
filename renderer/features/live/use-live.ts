import { create } from 'zustand'
import type { Gives, Payload, Takes } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'

export type LiveSession = Gives<'live.get'>
export type LiveOrder = Gives<'live.orders'>['orders'][number]
export type LiveFill = Gives<'live.fills'>['fills'][number]
export type LiveLine = Payload<'live.logged'>

/** Rows and lines that the window keeps of the past; the rest is found by asking. */
const keptRows = 5_000
const keptLines = 1_000

interface LiveDesk {
  readonly phase: 'idle' | 'loading' | 'ready'
  readonly failure: unknown
  readonly sessions: readonly LiveSession[]
  readonly selected: string | null
  /** Orders and fills of the selected session, newest first. */
  readonly orders: readonly LiveOrder[]
  readonly fills: readonly LiveFill[]
  readonly lines: readonly LiveLine[]
  /** True while the form for a new session is shown. */
  readonly isStarting: boolean
  load(): Promise<void>
  select(session: string): Promise<void>
  /** Calls a request and tells what went wrong; false then. */
  act<Name extends 'live.pause' | 'live.stop' | 'live.order' | 'live.move' | 'live.cancel' | 'live.flatten'>(
    name: Name,
    takes: Takes<Name>,
  ): Promise<boolean>
}

/** What the window knows of live sessions: asked for once, then told. */
export const useLive = create<LiveDesk>()((set, get) => ({
  phase: 'idle',
  failure: null,
  sessions: [],
  selected: null,
  orders: [],
  fills: [],
  lines: [],
  isStarting: false,
  async load() {
    set({ phase: get().phase === 'ready' ? 'ready' : 'loading', failure: null })
    try {
      const { sessions } = await bridge().call('live.list', {})
      set({ phase: 'ready', sessions })
      const first = get().selected ?? sessions[0]?.session
      if (first !== undefined && first !== null) await get().select(first)
    } catch (failure) {
      set({ phase: 'ready', failure })
    }
  },
  async select(session) {
    set({ selected: session, orders: [], fills: [], lines: [] })
    const query = { session, instrument: null, from: null, to: null, limit: keptRows }
    try {
      const [{ orders }, { fills }, lines] = await Promise.all([
        bridge().call('live.orders', query),
        bridge().call('live.fills', query),
        readLines(session),
      ])
      if (get().selected === session) set({ orders, fills, lines })
    } catch (failure) {
      useStore.getState().notifyError(failure)
    }
  },
  async act(name, takes) {
    try {
      await bridge().call(name, takes)
      return true
    } catch (failure) {
      useStore.getState().notifyError(failure)
      return false
    }
  },
}))

async function readLines(session: string): Promise<LiveLine[]> {
  const { entries } = await bridge().call('live.journal', { session, after: 0, limit: 10_000, kinds: ['log'] })
  return entries
    .slice(-keptLines)
    .reverse()
    .map(({ data }) => ({ ...(data as Omit<LiveLine, 'session'>), session }))
}

/** Follows the topics; ends with the returned function. */
export function followLive(): () => void {
  const set = useLive.setState
  const ofSelected = (session: string) => useLive.getState().selected === session
  const ends = [
    bridge().subscribe('live.changed', (session) =>
      set(({ sessions }) => ({ sessions: withSession(sessions, session) })),
    ),
    bridge().subscribe('live.ordered', (order) => {
      if (ofSelected(order.session)) set(({ orders }) => ({ orders: withOrder(orders, order) }))
    }),
    bridge().subscribe('live.filled', (fill) => {
      if (ofSelected(fill.session)) set(({ fills }) => ({ fills: [fill, ...fills].slice(0, keptRows) }))
    }),
    bridge().subscribe('live.logged', (line) => {
      if (ofSelected(line.session)) set(({ lines }) => ({ lines: [line, ...lines].slice(0, keptLines) }))
    }),
  ]
  return () => {
    for (const end of ends) end()
  }
}

/** The list with the session as it is now; a new one comes first. */
export function withSession(sessions: readonly LiveSession[], session: LiveSession): LiveSession[] {
  const at = sessions.findIndex((each) => each.session === session.session)
  return at < 0 ? [session, ...sessions] : sessions.with(at, session)
}

/** The list with the order as it is now; a new one comes first. */
export function withOrder(orders: readonly LiveOrder[], order: LiveOrder): LiveOrder[] {
  const at = orders.findIndex(({ id }) => id === order.id)
  return at < 0 ? [order, ...orders].slice(0, keptRows) : orders.with(at, order)
}
