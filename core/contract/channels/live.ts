import { z } from 'zod'
import { request, topic } from '../define.ts'
import * as live from '../live-schemas.ts'
import * as schema from '../schemas.ts'

const bySession = z.strictObject({ session: live.liveIdSchema })
const byOrder = bySession.extend({ order: z.number().int().positive() })
const made = z.strictObject({ orders: z.array(z.number().int()) })
const onSession = ['live.unknown', 'live.ended', 'live.no-service', 'store.full'] as const
const killed = z.strictObject({
  at: schema.epochMsSchema,
  done: z.boolean(),
  /** What confirms this preview, once and within a minute; null: it was no preview. */
  token: z.string().nullable(),
  sessions: z.array(
    z.strictObject({
      session: live.liveIdSchema,
      name: z.string(),
      /** Orders that are, or would be, cancelled. */
      cancels: z.array(z.number().int()),
      /** What is, or would be, sold (negative) or bought. */
      closes: z.array(z.strictObject({ instrument: schema.instrumentIdSchema, size: z.number() })),
      /** True when no order works and nothing is held. */
      flat: z.boolean(),
      /** When that was confirmed; null: not yet, or nothing was done. */
      confirmedAt: schema.maybeNumberSchema,
      error: schema.wireErrorSchema.nullable(),
    }),
  ),
})

/** Strategies that trade now, on simulated money: started, watched, stopped, and remembered. */
export const liveChannels = {
  'live.start': request({
    about:
      'Starts a strategy over what the blotter collects, on paper or on a real account. It goes on until it is stopped, also after a restart of the service.',
    takes: live.liveConfigSchema,
    gives: bySession,
    fails: [
      ...['live.no-feed', 'live.no-service', 'live.by-bars', 'instrument.unknown', 'interval.unavailable'],
      ...['account.unknown', 'account.secret', 'vault.locked', 'vault.wrong', 'venue.unreachable', 'venue.refused'],
      ...['strategy.types', 'strategy.shape', 'strategy.exception', 'param.invalid', 'store.full'],
    ] as ['live.no-feed'],
    changes: true,
  }),
  'live.list': request({
    about: 'Every session, newest first; those that run with where they stand.',
    takes: z.strictObject({}),
    gives: z.strictObject({ sessions: z.array(live.liveSessionSchema) }),
  }),
  'live.get': request({
    about: 'One session.',
    takes: bySession,
    gives: live.liveSessionSchema,
    fails: ['live.unknown'],
  }),
  'live.equity': request({
    about: 'The account of a running session at the close of each step: columns time, equity and cash.',
    takes: bySession,
    gives: z.strictObject({ rows: z.number().int() }),
    fails: ['live.unknown', 'live.ended'],
    bulk: true,
  }),
  'live.pause': request({
    about: 'Paused, a session opens nothing new; orders that make a position smaller still go.',
    takes: bySession.extend({ paused: z.boolean() }),
    gives: z.strictObject({}),
    fails: onSession,
    changes: true,
  }),
  'live.stop': request({
    about:
      'Ends a session; its strategy decides no more. `flatten`: first every order is cancelled and every position closed. On a real account orders are taken back first in any case, and it goes on, paused, when the venue does not let go of them.',
    takes: bySession.extend({ flatten: z.boolean() }),
    gives: z.strictObject({}),
    fails: [...onSession, 'live.working'],
    changes: true,
  }),
  'live.limits': request({
    about: 'Gives a session other limits.',
    takes: bySession.extend({ limits: live.riskLimitsSchema }),
    gives: z.strictObject({}),
    fails: onSession,
    changes: true,
  }),
  'live.order': request({
    about: 'Gives an order by hand. The limits of the session hold for it too.',
    takes: bySession.extend(live.liveTicketSchema.shape),
    gives: made,
    fails: [...onSession, 'instrument.unknown', 'order.invalid', 'order.parts', 'live.too-early'],
    changes: true,
  }),
  'live.preview': request({
    about:
      'What an order would mean: its value, what the limits leave, cash after it, and the loss at its stop. Nothing is sent.',
    takes: bySession.extend(live.liveTicketSchema.shape),
    gives: z.strictObject({
      /** Price that it is reckoned with: its limit or stop, else the last. */
      price: schema.maybeNumberSchema,
      value: schema.maybeNumberSchema,
      cashAfter: schema.maybeNumberSchema,
      positionAfter: z.number(),
      /** Money lost when its stop is met; null without one. */
      risk: schema.maybeNumberSchema,
      /** Units that the limits leave; null: no limit. */
      headroom: schema.maybeNumberSchema,
      /** Nothing may be opened: paused, or the loss of the day is reached. */
      closed: z.boolean(),
      reduces: z.boolean(),
    }),
    fails: [...onSession, 'instrument.unknown'],
  }),
  'live.move': request({
    about: 'Gives a working order another price: the limit of a limit order, else the stop.',
    takes: byOrder.extend({ price: z.number().finite() }),
    gives: z.strictObject({}),
    fails: [...onSession, 'live.order-gone'],
    changes: true,
  }),
  'live.cancel': request({
    about: 'Takes a working order back; an entry takes its exits with it.',
    takes: byOrder,
    gives: z.strictObject({}),
    fails: [...onSession, 'live.order-gone'],
    changes: true,
  }),
  'live.flatten': request({
    about: 'Cancels every order of the session and closes its positions.',
    takes: bySession,
    gives: made,
    fails: onSession,
    changes: true,
  }),
  'live.kill': request({
    about:
      'The kill switch: pauses every running session, cancels, closes, and says when each is flat. Without `confirm` it only says what it would do, and gives the token that confirms it; over HTTP nothing is done without it.',
    takes: z.strictObject({ confirm: z.boolean(), token: z.string().max(100).optional() }),
    gives: killed,
    fails: ['live.no-service', 'live.confirmation'],
    changes: true,
  }),
  'live.orders': request({
    about: 'Orders of all sessions that ever were, newest first.',
    takes: live.liveQuerySchema,
    gives: z.strictObject({
      orders: z.array(live.liveOrderSchema.extend({ session: live.liveIdSchema })),
    }),
  }),
  'live.fills': request({
    about: 'Fills of all sessions that ever were, newest first.',
    takes: live.liveQuerySchema,
    gives: z.strictObject({ fills: z.array(live.liveFillSchema.extend({ session: live.liveIdSchema })) }),
  }),
  'live.journal': request({
    about: 'Entries of a journal after a number, oldest first, and whether its chain holds.',
    takes: bySession.extend({
      after: z.number().int().min(0),
      limit: z.number().int().min(1).max(10_000),
      /** Of these kinds only; null: all. */
      kinds: z.array(z.string().max(32)).max(16).nullable(),
    }),
    gives: z.strictObject({
      entries: z.array(live.liveEntrySchema),
      /** Number of the first entry that does not fit the chain; null: all do. */
      broken: z.number().int().nullable(),
    }),
    fails: ['live.unknown'],
  }),
  'live.save': request({
    about:
      'Keeps what a session has come to, running or ended, as a run: reports, tables, metrics and comparison work on it; run.verify applies the same entries of the journal again.',
    takes: bySession.extend({ note: z.string().max(10_000) }),
    gives: z.strictObject({ run: z.string() }),
    fails: ['live.unknown', 'live.too-early', 'store.full'],
    changes: true,
  }),
  'live.replay': request({
    about:
      'Runs a recorded session again, as a backtest where no hand and no limit was in it, else event by event, and compares every order and fill.',
    takes: bySession,
    gives: z.strictObject({
      method: z.enum(['backtest', 'events']),
      identical: z.boolean(),
      orders: z.number().int(),
      fills: z.number().int(),
      /** The first difference; empty: none. */
      difference: z.string(),
    }),
    fails: ['live.unknown', 'live.journal', 'strategy.exception', 'worker.lost'],
  }),
} as const

/** What live sessions tell. */
export const liveTopics = {
  'live.killAsked': topic({
    about: 'Somebody pressed the hotkey of the kill switch outside the window: it is to be shown.',
    payload: z.strictObject({}),
  }),
  'live.changed': topic({
    about: 'Where a session stands. At most twenty a second for each.',
    payload: live.liveSessionSchema,
  }),
  'live.ordered': topic({
    about: 'An order is new or has changed.',
    payload: live.liveOrderSchema.extend({ session: live.liveIdSchema }),
  }),
  'live.filled': topic({
    about: 'An order was filled, in part or whole.',
    payload: live.liveFillSchema.extend({ session: live.liveIdSchema }),
  }),
  'live.logged': topic({
    about: 'A strategy or the service wrote a line.',
    payload: z.strictObject({
      session: live.liveIdSchema,
      time: schema.maybeNumberSchema,
      kind: z.enum(['log', 'notify', 'engine']),
      text: z.string(),
    }),
  }),
} as const
