import type { VenueIntent } from '../../broker/venue/venue-messages.ts'
import type { LiveEvent } from '../../engine/live/live-event.ts'
import type { LiveNews } from '../../engine/live/live-view.ts'
import { type ChainedEntry, type LiveLedger, ledgerInputs } from '../../stores/live-ledger.ts'
import type { LiveEngine } from './live-port.ts'
import { eventFrom, type LiveRecord } from './live-record.ts'

/** What applying a journal again has found. */
export interface Restored {
  /** Close of the last bar that the session knows, EpochMs. */
  readonly lastClose: number
  /** Orders, fills and lines that came of the last events, and that were not on disk any more. */
  readonly missing: LiveNews
  /** Number of the journal's last entry. */
  readonly seq: number
}

const readRows = 2_000
/** Entries that move a session. */
export const inputKinds: readonly string[] = ledgerInputs

/**
 * Brings a fresh engine to where its journal ends: the events are on it, in order, and the same events give the same
 * orders and fills. A kill between an event and what came of it leaves the latter out: it is made again, and is told.
 */
export async function restoredEvents(
  ledger: LiveLedger,
  session: string,
  engine: LiveEngine,
  { leadIn }: LiveRecord,
): Promise<Restored> {
  let seq = 0
  let lastClose = leadIn
  const known = { orders: new Map<number, string>(), fills: 0, logs: 0, intents: new Set<string>() }
  const made: LiveNews[] = []
  for (;;) {
    const entries = await ledger.read(session, seq, readRows, null)
    const last = entries.at(-1)
    if (last === undefined) break
    seq = last.seq
    const events = entries.filter(({ kind }) => inputKinds.includes(kind)).map(({ data }) => eventFrom(data))
    for (const event of events) lastClose = Math.max(lastClose, closeOf(event))
    count(entries, known)
    if (events.length > 0) made.push(...(await engine.apply(events)).events.map(({ news }) => news))
  }
  return { lastClose, seq, missing: missingOf(made, known) }
}

function closeOf(event: LiveEvent): number {
  return event.kind === 'bars' ? (event.bars[0]?.bar.closeTime ?? Number.NEGATIVE_INFINITY) : Number.NEGATIVE_INFINITY
}

interface Known {
  readonly orders: Map<number, string>
  fills: number
  logs: number
  readonly intents: Set<string>
}

function count(entries: readonly ChainedEntry[], known: Known): void {
  for (const { kind, data } of entries) {
    if (kind === 'order') known.orders.set((data as { id: number }).id, JSON.stringify(data))
    else if (kind === 'fill') known.fills++
    else if (kind === 'intent') known.intents.add(intentKey(data as VenueIntent))
    else if (kind === 'log' && (data as { kind: string }).kind !== 'engine') known.logs++
  }
}

function missingOf(made: readonly LiveNews[], known: Known): LiveNews {
  const last = new Map(made.flatMap(({ orders }) => orders).map((order) => [order.id, order]))
  const lines = made.flatMap(({ log }) => log).filter(({ kind }) => kind !== 'engine')
  return {
    orders: [...last.values()].filter((order) => JSON.stringify(order) !== known.orders.get(order.id)),
    fills: made.flatMap(({ fills }) => fills).filter(({ id }) => id > known.fills),
    log: lines.slice(known.logs),
    intents: made.flatMap(({ intents }) => intents).filter((intent) => !known.intents.has(intentKey(intent))),
  }
}

function intentKey({ kind, id }: VenueIntent): string {
  return `${kind} ${id}`
}
