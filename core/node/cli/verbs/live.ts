import type { Gives, Takes } from '../../../contract/contract.ts'
import { isWorkingStatus, orderStatuses } from '../../../domain/order-state.ts'
import { noLimits } from '../../../engine/live/risk-limits.ts'
import { callService, type Service } from '../../call-service.ts'
import { cell, textTable } from '../output.ts'
import { exitCode, flag, number, positional, text, UsageError, type Verb, type VerbContext } from '../verb.ts'
import { configOf, runOptions } from './backtest.ts'

type View = Gives<'live.get'>
type Ticket = Omit<Takes<'live.order'>, 'session'>

const limitOptions = {
  'max-order': 'orderQuantity',
  'max-position': 'position',
  'max-exposure': 'exposure',
  'max-daily-loss': 'dailyLoss',
  'max-orders-per-minute': 'ordersPerMinute',
  'price-collar': 'pricePercent',
  'repeat-ms': 'repeatMs',
} as const

/** Live sessions from a terminal: the service on the same data folder carries out what is asked. */
export const liveVerb: Verb = {
  name: 'live',
  words: 6,
  usage:
    'live start STRATEGY.ts --data NAME [--interval 1m] [--fill-policy pessimistic|optimistic|backtrader|ohlc-path|tick] [--warmup N] [--name TEXT] [--account ID] ' +
    '[--max-order N] [--max-position N] [--max-exposure MONEY] [--max-daily-loss MONEY] [--max-orders-per-minute N] [--price-collar PERCENT] [--repeat-ms MS] [options of backtest] | ' +
    'live list | live show SESSION | live pause SESSION | live resume SESSION | live stop SESSION [--flatten] | ' +
    'live buy|sell SESSION INSTRUMENT QUANTITY [--limit P] [--stop-entry P] [--trail-by D] [--target P | --targets P:QUANTITY,P:QUANTITY… [--break-even]] [--stop P] [--day | --until DATE | --ioc | --fok] | ' +
    'live cancel SESSION ORDER | live move SESSION ORDER PRICE | live flatten SESSION | live kill [--yes] | ' +
    'live save SESSION [--note TEXT] | live orders [SESSION] | live fills [SESSION] | live journal SESSION [--after N]',
  about:
    'Strategies that trade now, on paper or on a real account: started, watched, traded by hand, stopped. They run in the desktop or in `tickwright serve` on the same data folder, which answers; kill only says what it would do until --yes.',
  options: {
    ...runOptions,
    warmup: { type: 'string' },
    name: { type: 'string' },
    note: { type: 'string' },
    account: { type: 'string' },
    ...Object.fromEntries(Object.keys(limitOptions).map((name) => [name, { type: 'string' as const }])),
    flatten: { type: 'boolean' },
    yes: { type: 'boolean' },
    limit: { type: 'string' },
    'stop-entry': { type: 'string' },
    'trail-by': { type: 'string' },
    target: { type: 'string' },
    targets: { type: 'string' },
    'break-even': { type: 'boolean' },
    stop: { type: 'string' },
    day: { type: 'boolean' },
    ioc: { type: 'boolean' },
    fok: { type: 'boolean' },
    until: { type: 'string' },
    after: { type: 'string' },
  },
  async run(context) {
    const word = positional(context, 0, 'what to do')
    const act = words[word]
    if (act === undefined) throw new UsageError(`live takes ${Object.keys(words).join(', ')}, was “${word}”`)
    await act(context, await context.service())
    return exitCode.done
  },
}

const words: Readonly<Record<string, (context: VerbContext, service: Service) => Promise<void>>> = {
  start,
  list: async ({ output }, service) => {
    const { sessions } = await callService(service, 'live.list', {})
    output.answer({ sessions }, () => (sessions.length === 0 ? 'No session yet.' : sessionTable(sessions)))
  },
  show: async (context, service) => {
    const view = await callService(service, 'live.get', { session: sessionOf(context) })
    context.output.answer(view, () => shown(view))
  },
  pause: (context, service) => pause(context, service, true),
  resume: (context, service) => pause(context, service, false),
  stop: async (context, service) => {
    const session = sessionOf(context)
    await callService(service, 'live.stop', { session, flatten: flag(context.values, 'flatten') })
    context.output.answer({ session, stopped: true }, () => `${session} is stopped.`)
  },
  buy: (context, service) => order(context, service, 'buy'),
  sell: (context, service) => order(context, service, 'sell'),
  cancel: async (context, service) => {
    const [session, row] = [sessionOf(context), wholeAt(context, 2, 'ORDER')]
    await callService(service, 'live.cancel', { session, order: row })
    context.output.answer({ session, order: row, cancelled: true }, () => `Order ${row} is cancelled.`)
  },
  move: async (context, service) => {
    const [session, row, price] = [sessionOf(context), wholeAt(context, 2, 'ORDER'), numberAt(context, 3, 'PRICE')]
    await callService(service, 'live.move', { session, order: row, price })
    context.output.answer({ session, order: row, price }, () => `Order ${row} is at ${price}.`)
  },
  flatten: async (context, service) => {
    const session = sessionOf(context)
    const { orders } = await callService(service, 'live.flatten', { session })
    context.output.answer({ session, orders }, () => `Closing with ${orders.length} orders.`)
  },
  kill,
  save: async (context, service) => {
    const note = text(context.values, 'note') ?? ''
    const { run } = await callService(service, 'live.save', { session: sessionOf(context), note })
    context.output.answer({ run }, () => run)
  },
  orders: async (context, service) => {
    const { orders } = await callService(service, 'live.orders', queryOf(context))
    context.output.answer({ orders }, () =>
      textTable(
        ['session', 'id', 'instrument', 'side', 'type', 'quantity', 'filled', 'price', 'status', 'lives', 'reason'],
        orders.map((one) => [
          ...[one.session, String(one.id), one.instrument, one.side, one.type],
          ...[exact(one.quantity), exact(one.filled), exact(one.averagePrice ?? one.price), one.status],
          ...[isWorkingStatus((orderStatuses as readonly string[]).indexOf(one.status)) ? one.place : '', one.reason],
        ]),
      ),
    )
  },
  fills: async (context, service) => {
    const { fills } = await callService(service, 'live.fills', queryOf(context))
    context.output.answer({ fills }, () =>
      textTable(
        ['session', 'time', 'instrument', 'side', 'quantity', 'price', 'fee', 'position'],
        fills.map((one) => [
          ...[one.session, new Date(one.time).toISOString(), one.instrument, one.side],
          ...[exact(one.quantity), exact(one.price), cell(one.fee), exact(one.positionAfter)],
        ]),
      ),
    )
  },
  journal: async (context, service) => {
    const after = number(context.values, 'after') ?? 0
    const session = sessionOf(context)
    const journal = await callService(service, 'live.journal', { session, after, limit: 1000, kinds: null })
    context.output.answer(journal, () =>
      [
        ...journal.entries.map(({ seq, at, kind, data }) =>
          [seq, new Date(at).toISOString(), kind, JSON.stringify(data)].join('  '),
        ),
        journal.broken === null ? 'The chain holds.' : `The chain is broken at entry ${journal.broken}.`,
      ].join('\n'),
    )
  },
}

/** Runs a recorded session again and compares. */
export const replayVerb: Verb = {
  name: 'replay',
  words: 1,
  usage: 'replay SESSION',
  about:
    'Runs a recorded live session again, as a backtest where no hand and no limit was in it, else event by event, and compares every order and fill; exit code 3 when one differs.',
  options: {},
  async run(context) {
    const session = positional(context, 0, 'SESSION')
    const again = await callService(await context.service(), 'live.replay', { session })
    context.output.answer({ session, ...again }, () =>
      again.identical
        ? `identical: ${again.orders} orders and ${again.fills} fills (${again.method})`
        : `different (${again.method}): ${again.difference}`,
    )
    return again.identical ? exitCode.done : exitCode.different
  },
}

async function start(context: VerbContext, service: Service): Promise<void> {
  const { values } = context
  const shifted = { ...context, positionals: context.positionals.slice(1) }
  const { from, to, profile, marketFiles, fillPolicy, ...config } = await configOf(shifted, service)
  if (from !== null || to !== null) throw new UsageError('a live session has no --from and --to')
  if (profile === 'backtrader') throw new UsageError('a live session has the profile default')
  if (marketFiles !== undefined) throw new UsageError('a live session takes ticks and quotes from the blotter')
  if (fillPolicy === 'magnified' || fillPolicy === 'quote')
    throw new UsageError('--fill-policy is pessimistic, optimistic, backtrader, ohlc-path or tick for a live session')
  const account = text(values, 'account')
  const limits = Object.fromEntries(
    Object.entries(limitOptions).map(([option, name]) => [name, number(values, option) ?? null]),
  )
  const { session } = await callService(service, 'live.start', {
    ...config,
    interval: text(values, 'interval') ?? '1m',
    // Orders at a venue are watched with every print
    fillPolicy: account === undefined ? fillPolicy : 'tick',
    ...(account === undefined ? {} : { account }),
    warmupBars: number(values, 'warmup') ?? 1000,
    limits: { ...noLimits, ...limits },
    name: text(values, 'name') ?? '',
  })
  context.output.answer({ session }, () => session)
}

async function pause(context: VerbContext, service: Service, paused: boolean): Promise<void> {
  const session = sessionOf(context)
  await callService(service, 'live.pause', { session, paused })
  context.output.answer({ session, paused }, () => `${session} ${paused ? 'opens nothing new' : 'goes on'}.`)
}

async function order(context: VerbContext, service: Service, side: Ticket['side']): Promise<void> {
  const { values } = context
  const level = (name: string) => number(values, name) ?? null
  const parts = partsOf(text(values, 'targets'))
  const { orders } = await callService(service, 'live.order', {
    ...(parts === undefined ? {} : { parts, breakEven: flag(values, 'break-even') }),
    ...{ session: sessionOf(context), side },
    instrument: positional(context, 2, 'INSTRUMENT'),
    quantity: numberAt(context, 3, 'QUANTITY'),
    ...{ limit: level('limit'), stopEntry: level('stop-entry'), trailBy: level('trail-by') },
    ...{
      target: level('target'),
      stop: level('stop'),
      valid: (['day', 'ioc', 'fok'] as const).find((name) => flag(values, name)) ?? text(values, 'until') ?? null,
    },
  })
  context.output.answer({ orders }, () => `Order ${orders.join(', ')}`)
}

/** `110:5,120:5`: units with a target of their own; `-:5`: without one. */
function partsOf(written: string | undefined): Ticket['parts'] {
  return written?.split(',').map((part) => {
    const [, target = '', units = ''] = /^\s*([^:]+):([^:]+)$/.exec(part) ?? []
    const [price, quantity] = [target === '-' ? null : Number(target), Number(units)]
    if (Number.isNaN(price) || !(quantity > 0))
      throw new UsageError(`--targets takes PRICE:QUANTITY,PRICE:QUANTITY…, was “${written}”`)
    return { target: price, quantity }
  })
}

async function kill({ output, values }: VerbContext, service: Service): Promise<void> {
  const receipt = await callService(service, 'live.kill', { confirm: flag(values, 'yes') })
  output.answer(receipt, () => {
    if (receipt.sessions.length === 0) return 'No session is running.'
    const rows = receipt.sessions.map(({ session, cancels, closes, flat, error }) => [
      ...[session, cancels.join(' '), closes.map(({ instrument, size }) => `${instrument} ${size}`).join(' ')],
      error === null ? (flat ? 'flat' : 'not flat') : error.code,
    ])
    const table = textTable(['session', 'cancels', 'closes', 'state'], rows)
    return receipt.done ? table : `${table}\nNothing was done: say --yes.`
  })
}

function sessionOf(context: VerbContext): string {
  return positional(context, 1, 'SESSION')
}

function numberAt(context: VerbContext, index: number, what: string): number {
  const value = Number(positional(context, index, what))
  if (!Number.isFinite(value)) throw new UsageError(`${what} must be a number`)
  return value
}

function wholeAt(context: VerbContext, index: number, what: string): number {
  const value = numberAt(context, index, what)
  if (!Number.isInteger(value)) throw new UsageError(`${what} must be a whole number`)
  return value
}

function queryOf({ positionals }: VerbContext): Takes<'live.orders'> {
  return { session: positionals[1] ?? null, instrument: null, from: null, to: null, limit: 1000 }
}

function sessionTable(sessions: readonly View[]): string {
  return textTable(
    ['session', 'name', 'state', 'equity', 'P&L', 'position', 'orders', 'fills'],
    sessions.map(({ session, name, state, status }) => [
      ...[session, name, status?.paused === true ? `${state}, paused` : state],
      ...[cell(status?.equity ?? null), cell(status === null ? null : status.realised + status.unrealised)],
      status?.positions.map(({ instrument, size }) => `${instrument} ${size}`).join(' ') ?? '–',
      ...[cell(status?.orders.length ?? null, 0), cell(status?.counts.fills ?? null, 0)],
    ]),
  )
}

function shown(view: View): string {
  const { status } = view
  if (status === null) return sessionTable([view])
  const orders = status.orders.map((one) => [
    ...[String(one.id), one.instrument, one.side, one.type, exact(one.quantity), exact(one.price)],
    ...[one.status, one.sleeps ? 'waits for its entry' : one.reason],
  ])
  return [
    sessionTable([view]),
    ...(orders.length === 0
      ? []
      : ['', textTable(['id', 'instrument', 'side', 'type', 'quantity', 'price', 'status', ''], orders)]),
  ].join('\n')
}

/** Sizes and prices are not rounded: a thousandth of a coin counts. */
function exact(value: number | null): string {
  return value === null ? '–' : String(Number(value.toPrecision(12)))
}
