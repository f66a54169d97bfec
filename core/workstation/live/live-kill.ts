import type { Gives } from '../../contract/contract.ts'
import { toWireError } from '../../contract/wire-error.ts'
import type { LiveSession } from './live-session.ts'
import { placeOf } from './ticket-preview.ts'

interface Time {
  readonly now: () => number
  readonly after: (delayMs: number, call: () => void) => unknown
}

type Killed = Omit<Gives<'live.kill'>, 'token'>
type KilledSession = Killed['sessions'][number]

/** How long it is waited for the positions to be closed, ms: an order at market meets the next price. */
const patienceMs = 2_000
const lookMs = 50
/** The same at a venue, which may first have to find out what became of an order. */
const venuePatienceMs = 20_000
/** An engine that has not answered for so long is taken for stuck. */
const stuckMs = 500
/** After so long a position without a closing order is closed again. */
const againMs = 500

/** What the kill switch would do to a session now. */
function previewOf({ id, record, state }: LiveSession): KilledSession {
  const held = state.positions.filter(({ size }) => size !== 0)
  return {
    session: id,
    name: record.config.name === '' ? record.bundle.entry : record.config.name,
    cancels: state.orders.map((order) => order.id),
    closes: held.map(({ instrument, size }) => ({ instrument, size: -size })),
    flat: held.length === 0 && state.orders.length === 0,
    confirmedAt: null,
    error: null,
  }
}

/**
 * Pauses every session, cancels its orders, closes its positions, and looks again until each is flat. What is not flat
 * when the patience ends is told as such: its closing orders are working, and it stays paused.
 */
export async function killSessions(
  sessions: readonly LiveSession[],
  confirm: boolean,
  { now, after }: Time,
): Promise<Killed> {
  const at = now()
  const preview = sessions.map(previewOf)
  if (!confirm) return { at, done: false, sessions: preview }
  const receipts = await Promise.all(
    sessions.map(async (session, index): Promise<KilledSession> => {
      const before = preview[index] as KilledSession
      try {
        // Both are queued at once: nothing of the strategy comes in between
        const paused = session.push({ kind: 'pause', at, paused: true })
        const flattened = session.push({ kind: 'flatten', at })
        // An engine that hangs must not keep orders at the venue
        const stuck = setStuck(after, session)
        await Promise.all([paused, flattened]).finally(stuck)
        const flat = await untilFlat(session, { now, after })
        return { ...before, flat, confirmedAt: flat ? now() : null }
      } catch (failure) {
        // Why the session ended says more than that it did
        const { code, data } = session.failure ?? toWireError(failure)
        return { ...before, flat: false, error: { code, data: { ...data } } }
      }
    }),
  )
  return { at, done: true, sessions: receipts }
}

function setStuck(after: Time['after'], session: LiveSession): () => void {
  let isOver = false
  after(stuckMs, () => {
    if (!isOver) void session.withdrawAtVenue()
  })
  return () => {
    isOver = true
  }
}

async function untilFlat(session: LiveSession, { now, after }: Time): Promise<boolean> {
  const isAtVenue = session.record.venue !== undefined
  const end = now() + (isAtVenue ? venuePatienceMs : patienceMs)
  let again = now() + againMs
  for (;;) {
    const { positions, orders, unresolved } = session.state
    if (orders.length === 0 && positions.every(({ size }) => size === 0)) return true
    if (now() >= end || session.isOver) return false
    if (isAtVenue && orders.length === 0 && !unresolved && now() >= again) {
      again = now() + againMs
      await session.push({ kind: 'flatten', at: now() }).catch(() => undefined)
    }
    await new Promise<void>((resolve) => {
      after(lookMs, resolve)
    })
  }
}

/**
 * Takes every order of a session back and waits until the venue has let go of them: nobody would follow them any more.
 * False when one still works after the patience.
 */
export async function withdrawOrders(session: LiveSession, { now, after }: Time): Promise<boolean> {
  await session.push({ kind: 'pause', at: now(), paused: true })
  const end = now() + venuePatienceMs
  const asked = new Set<number>()
  for (;;) {
    const { orders } = session.state
    if (orders.length === 0) return true
    if (now() >= end || session.isOver) return false
    for (const { id, instrument } of orders.filter((order) => !asked.has(order.id))) {
      asked.add(id)
      const command = { kind: 'cancel', order: id } as const
      await session.push({ kind: 'command', at: now(), instrument: placeOf(session, instrument), command })
    }
    await new Promise<void>((resolve) => {
      after(lookMs, resolve)
    })
  }
}
