import { z } from 'zod'
import { request } from '../define.ts'
import { replayConfigSchema, replayIdSchema, replayStateSchema, replayTicketSchema } from '../replay-schemas.ts'
import * as schema from '../schemas.ts'

const byReplay = z.strictObject({ replay: replayIdSchema })
const byOrder = byReplay.extend({ order: z.number().int().positive() })
const bars = 'columns time, closeTime, open, high, low, close, volume and equity (the account at each close)'
const onOpen = ['replay.closed', 'worker.lost'] as const
const onOrders = [...onOpen, 'replay.ended'] as const

/** Markets that unfold bar by bar, traded by hand. A replay lives in the service that opened it. */
export const replayChannels = {
  'replay.open': request({
    about: `Opens a replay at its first bar: ${bars}. \`before\`: so many bars of the time before it come first, with NaN as equity.`,
    takes: z.strictObject({ config: replayConfigSchema, before: z.number().int().min(0).max(100_000) }),
    gives: replayStateSchema,
    fails: [
      'replay.too-many',
      'instrument.unknown',
      'data.missing',
      'data.disorder',
      'period.empty',
      'market-file.missing',
      'futures.rebuilding',
      'interval.unavailable',
      'interval.no-volume',
      'worker.lost',
    ],
    bulk: true,
    changes: true,
  }),
  'replay.list': request({
    about: 'The open replays of this service, oldest first.',
    takes: z.strictObject({}),
    gives: z.strictObject({
      replays: z.array(z.strictObject({ replay: replayIdSchema, config: replayConfigSchema })),
    }),
  }),
  'replay.get': request({
    about: `Where a replay stands, with every bar up to now: ${bars}. \`before\` as when opening.`,
    takes: byReplay.extend({ before: z.number().int().min(0).max(100_000) }),
    gives: replayStateSchema,
    fails: onOpen,
    bulk: true,
  }),
  'replay.step': request({
    about: `Goes on by at most \`bars\`; \`until\`: only bars that have closed by then; \`stopsAtEvents\`: stops with the bar on which an order was filled or ended. Answers with the new bars: ${bars}.`,
    takes: byReplay.extend({
      bars: z.number().int().min(1).max(10_000_000),
      until: schema.epochMsSchema.nullable(),
      stopsAtEvents: z.boolean(),
    }),
    gives: replayStateSchema,
    fails: onOrders,
    bulk: true,
    changes: true,
  }),
  'replay.order': request({
    about: 'Gives an order at the close of the current bar; it can fill from the next bar on.',
    takes: byReplay.extend(replayTicketSchema.shape),
    gives: replayStateSchema,
    fails: onOrders,
    changes: true,
  }),
  'replay.move': request({
    about: 'Gives a working order another price: the limit of a limit order, else the stop.',
    takes: byOrder.extend({ price: z.number().finite() }),
    gives: replayStateSchema,
    fails: [...onOrders, 'replay.order-gone'],
    changes: true,
  }),
  'replay.cancel': request({
    about: 'Takes a working order back; an entry takes its exits with it.',
    takes: byOrder,
    gives: replayStateSchema,
    fails: [...onOrders, 'replay.order-gone'],
    changes: true,
  }),
  'replay.flatten': request({
    about: 'Cancels every order and closes the position at the next open.',
    takes: byReplay,
    gives: replayStateSchema,
    fails: onOrders,
    changes: true,
  }),
  'replay.table': request({
    about: 'Orders, fills or round trips so far, with the columns of `run.orders`, `run.fills` and `run.trades`.',
    takes: byReplay.extend({ table: z.enum(['orders', 'fills', 'trades']) }),
    gives: schema.tableSchema,
    fails: onOpen,
    bulk: true,
  }),
  'replay.save': request({
    about:
      'Stores the replay up to now as a run: a strategy that gives the same orders after the same bars, run over the same bars. The replay stays open.',
    takes: byReplay.extend({ note: z.string().max(10_000) }),
    gives: z.strictObject({ run: schema.runIdSchema, job: schema.jobIdSchema }),
    fails: [...onOpen, 'replay.not-savable', 'data.missing', 'period.empty', 'store.full'],
    changes: true,
  }),
  'replay.close': request({
    about: 'Forgets a replay.',
    takes: byReplay,
    gives: z.strictObject({}),
    fails: onOpen,
    changes: true,
  }),
} as const
