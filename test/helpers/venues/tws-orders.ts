import type { ExchangeAccount, StandInOrder, StandInTrade } from './exchange-account.ts'
import type { AnswerTws, GivenOrder, OrderDesk, TwsSession } from './tws-session.ts'

/** Fields of messages of server version 176 that are more than zeros; found by feeding the library's own decoder. */
const openOrderFields = 127
const executionFields = 30

/** The orders of TWS's clients, on one account. Each client hears of its own. */
export class TwsDesk implements OrderDesk {
  readonly account: ExchangeAccount
  nextOrder = 1
  readonly #given: GivenOrder[] = []
  readonly #sessions: () => Iterable<TwsSession>
  #swallow: 'before' | 'after' | null = null

  constructor(account: ExchangeAccount, sessions: () => Iterable<TwsSession>) {
    this.account = account
    this.#sessions = sessions
    account.onChange((order, trade) => this.#changed(order, trade))
  }

  swallowNext(when: 'before' | 'after'): void {
    this.#swallow = when
  }

  place(session: TwsSession, number: number, wanted: Omit<StandInOrder, 'id' | 'filled' | 'paid' | 'status'>): void {
    this.nextOrder = Math.max(this.nextOrder, number + 1)
    const swallow = this.#swallow
    this.#swallow = null
    if (swallow === 'before') return
    if (swallow === 'after') session.isMute = true
    this.#next = { clientId: session.clientId, number }
    const made = this.account.place(wanted)
    if ('code' in made) session.send(4, 2, number, 201, `Order rejected - reason:${made.msg}`, '')
  }

  /** The order that is being made: its first news come before it is returned. */
  #next: { readonly clientId: number; readonly number: number } | null = null

  cancel(session: TwsSession, number: number): void {
    const given = this.#given.find((each) => each.number === number && each.clientId === session.clientId)
    if (given === undefined || !this.account.cancel(given.order))
      session.send(4, 2, number, 10_148, `OrderId ${number} that needs to be cancelled cannot be cancelled`, '')
    else session.send(4, 2, number, 202, 'Order Canceled - reason:', '')
  }

  open(clientId: number | null): GivenOrder[] {
    const open = new Set(this.account.open())
    return this.#given.filter((each) => open.has(each.order) && (clientId === null || each.clientId === clientId))
  }

  executions(clientId: number): { readonly given: GivenOrder; readonly trade: StandInTrade }[] {
    return this.account.trades.flatMap((trade) => {
      const given = this.#given.find(({ order }) => order === trade.order)
      return given?.clientId === clientId ? [{ given, trade }] : []
    })
  }

  #changed(order: StandInOrder, trade: StandInTrade | null): void {
    if (this.#next !== null) this.#given.push({ ...this.#next, order })
    this.#next = null
    const given = this.#given.find((each) => each.order === order)
    if (given === undefined) return
    for (const session of this.#sessions()) {
      if (session.clientId !== given.clientId || session.isMute) continue
      tellOrder(session, given)
      if (trade !== null) tellExecution(session, -1, given, trade)
    }
  }
}

export function tellOrder(session: TwsSession, { number, order, clientId }: GivenOrder): void {
  const status = statuses[order.status]
  const fields: (string | number)[] = Array.from({ length: openOrderFields }, () => '')
  const at = (from: number, ...values: (string | number)[]) => fields.splice(from, values.length, ...values)
  at(0, number, 265_598, order.symbol.id, 'STK', '', '', '', '', 'SMART', 'USD', order.symbol.id, 'NMS')
  at(12, order.side, order.quantity, order.type === 'LIMIT' ? 'LMT' : 'MKT', order.price, 0, order.timeInForce, '')
  at(19, 'DU1234567', '', 0, order.clientId, clientId, order.id)
  at(85, status)
  session.send(5, ...fields)
  const average = order.filled === 0 ? 0 : order.paid / order.filled
  const left = order.quantity - order.filled
  session.send(3, number, status, order.filled, left, average, order.id, 0, average, clientId, '', 0)
}

export function tellExecution(
  session: TwsSession,
  request: number,
  { number, clientId }: GivenOrder,
  trade: StandInTrade,
): void {
  const { order, price, quantity, fee, feeIn, id } = trade
  const fields: (string | number)[] = Array.from({ length: executionFields }, () => '')
  const at = (from: number, ...values: (string | number)[]) => fields.splice(from, values.length, ...values)
  const time = new Date(trade.time).toISOString().slice(0, 19).replaceAll('-', '').replace('T', ' ')
  at(0, request, number, 265_598, order.symbol.id, 'STK', '', 0, '', '', 'SMART', 'USD', order.symbol.id, 'NMS')
  at(13, `0000e0d5.${id}.01.01`, `${time} UTC`, 'DU1234567', 'ISLAND', order.side === 'BUY' ? 'BOT' : 'SLD')
  at(18, quantity, price, order.id, clientId, 0, order.filled, order.paid / order.filled, order.clientId)
  session.send(11, ...fields)
  session.send(59, 1, `0000e0d5.${id}.01.01`, fee, feeIn, 0, 0, 0)
}

const statuses: Readonly<Record<StandInOrder['status'], string>> = {
  ...{ NEW: 'Submitted', PARTIALLY_FILLED: 'Submitted', FILLED: 'Filled' },
  ...{ CANCELED: 'Cancelled', EXPIRED: 'Cancelled', REJECTED: 'Inactive' },
}

/** What concerns orders, by the numbers of their messages. */
export const orderAnswers: Readonly<Record<number, AnswerTws>> = {
  // PLACE_ORDER: number, 14 fields of the contract, then the order
  3: (session, [number = '', , name = '', ...rest]) => {
    const symbol = session.market.symbol(name)
    if (symbol === undefined) return session.send(4, 2, number, 200, 'No security definition has been found', '')
    const [side, quantity, type, limit, , tif = '', , , , , ref = ''] = rest.slice(12)
    session.desk.place(session, Number(number), {
      ...{ symbol, time: session.now(), clientId: ref, side: side === 'SELL' ? 'SELL' : 'BUY' },
      ...{ type: type === 'LMT' ? 'LIMIT' : 'MARKET', timeInForce: tif },
      ...{ price: Number(limit || 0), quantity: Number(quantity) },
    })
  },
  // CANCEL_ORDER
  4: (session, [, number]) => session.desk.cancel(session, Number(number)),
  // REQ_OPEN_ORDERS, REQ_ALL_OPEN_ORDERS
  5: (session) => tellOpen(session, session.clientId),
  16: (session) => tellOpen(session, null),
  // REQ_EXECUTIONS
  7: (session, [, request = '']) => {
    for (const { given, trade } of session.desk.executions(session.clientId))
      tellExecution(session, Number(request), given, trade)
    session.send(55, 1, request)
  },
  // REQ_ACCOUNT_SUMMARY
  62: (session, [, request = '']) => {
    session.send(63, 1, request, 'DU1234567', 'TotalCashValue', session.desk.account.balanceOf('USD'), 'USD')
    session.send(64, 1, request)
  },
}

function tellOpen(session: TwsSession, clientId: number | null): void {
  for (const given of session.desk.open(clientId)) tellOrder(session, given)
  session.send(53, 1)
}
