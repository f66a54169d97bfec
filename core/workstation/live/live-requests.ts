import type { Gives, Handlers, Takes } from '../../contract/contract.ts'
import { DomainError } from '../../domain/errors.ts'
import type { LiveOutcome } from '../../engine/live/live-event.ts'
import { assertParts, type ManualCommand } from '../../engine/replay/command.ts'
import type { LedgerKind, LedgerQuery } from '../../stores/live-ledger.ts'
import type { Ports } from '../ports.ts'
import type { Topics } from '../topics.ts'
import { KillConfirmations } from './kill-confirmations.ts'
import { killSessions, withdrawOrders } from './live-kill.ts'
import { replaySession } from './live-replay.ts'
import { saveSession } from './live-result.ts'
import type { LiveSessions } from './live-sessions.ts'
import { placeOf, previewTicket } from './ticket-preview.ts'

export type LiveHandlers = Pick<Handlers, Extract<keyof Handlers, `live.${string}`>>

/** What the contract says of live sessions, in the service that runs them. */
export function liveRequests(ports: Ports, sessions: LiveSessions, topics: Topics): LiveHandlers {
  const { clock } = ports
  const { ledger } = ports.live
  const confirmations = new KillConfirmations(ports.nextId, () => clock.now())
  /** A command by hand; throws `live.order-gone` when its order is not there any more. */
  const act = async (id: string, instrument: number, command: ManualCommand): Promise<LiveOutcome> => {
    const session = await sessions.running(id)
    const outcome = await session.push({ kind: 'command', at: clock.now(), instrument, command })
    if (!outcome.done && command.kind === 'order') throw new DomainError('live.too-early', { session: id })
    if (!outcome.done && 'order' in command) throw new DomainError('live.order-gone', { order: command.order })
    return outcome
  }
  const ofOrder = async (id: string, order: number, command: ManualCommand) => {
    const session = await sessions.running(id)
    const found = session.state.orders.find((each) => each.id === order)
    if (found === undefined) throw new DomainError('live.order-gone', { order })
    await act(id, placeOf(session, found.instrument), command)
    return {}
  }
  const order = async ({ session: id, instrument, ...ticket }: Takes<'live.order'>): Promise<Gives<'live.order'>> => {
    assertParts(ticket)
    const session = await sessions.running(id)
    const { orders } = await act(id, placeOf(session, instrument), { kind: 'order', ...ticket })
    return { orders: [...orders] }
  }
  return {
    'live.start': async (config) => ({ session: await sessions.start(config) }),
    'live.list': async () => ({ sessions: await sessions.list() }),
    'live.get': ({ session }) => sessions.get(session),
    'live.equity': async ({ session }) => {
      const { time, equity, cash } = await (await sessions.running(session)).engine.curve()
      return { reply: { rows: time.length }, columns: { time, equity, cash } }
    },
    'live.pause': async ({ session, paused }) => {
      await (await sessions.running(session)).push({ kind: 'pause', at: clock.now(), paused })
      return {}
    },
    'live.stop': async ({ session: id, flatten }) => {
      const session = await sessions.running(id)
      const time = { now: () => clock.now(), after: ports.after }
      const isAtVenue = session.record.venue !== undefined
      const isDone = flatten
        ? (await killSessions([session], true, time)).sessions.every(({ flat }) => flat)
        : !isAtVenue || (await withdrawOrders(session, time))
      if (isAtVenue && !isDone)
        throw new DomainError('live.working', { session: id, orders: session.state.orders.length })
      await session.end('stopped', null)
      return {}
    },
    'live.limits': async ({ session, limits }) => {
      await (await sessions.running(session)).push({ kind: 'limits', at: clock.now(), limits })
      return {}
    },
    'live.order': order,
    'live.preview': async ({ session, ...ticket }) =>
      previewTicket(await sessions.running(session), { session, ...ticket }, sessions.marks),
    'live.move': ({ session, order: row, price }) => ofOrder(session, row, { kind: 'move', order: row, price }),
    'live.cancel': ({ session, order: row }) => ofOrder(session, row, { kind: 'cancel', order: row }),
    'live.flatten': async ({ session }) => {
      const { orders } = await (await sessions.running(session)).push({ kind: 'flatten', at: clock.now() })
      return { orders: [...orders] }
    },
    'live.kill': async ({ confirm, token }) => {
      if (confirm && token !== undefined) confirmations.take(token)
      const killed = await killSessions(sessions.all, confirm, { now: () => clock.now(), after: ports.after })
      return { ...killed, token: confirm ? null : confirmations.give() }
    },
    'live.orders': async (query) => ({ orders: await rows(ledger.orders, query) }),
    'live.fills': async (query) => ({ fills: await rows(ledger.fills, query) }),
    'live.journal': async ({ session, after, limit, kinds }) => {
      const entries = await ledger.read(session, after, limit, kinds as readonly LedgerKind[] | null)
      const { broken } = await ledger.verify(session)
      return { entries: entries.map(({ session: _, ...entry }) => entry), broken }
    },
    'live.save': async (takes) => ({ run: await saveSession(ports, topics, takes) }),
    'live.replay': ({ session }) => replaySession(ports, session),
  }
}

async function rows<Row>(
  find: (query: LedgerQuery) => Promise<{ readonly session: string; readonly data: unknown }[]>,
  query: LedgerQuery,
): Promise<Row[]> {
  return (await find(query)).map(({ session, data }) => ({ ...(data as object), session }) as Row)
}
