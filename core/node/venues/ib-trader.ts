import { type Contract, EventName, type Execution, type Order, OrderAction, OrderType, TimeInForce } from '@stoqey/ib'
import type { PlaceIntent, VenueReport } from '../../broker/venue/venue-messages.ts'
import { isDomainError } from '../../domain/errors.ts'
import { connectIb, type IbConnection, type IbOptions, type IbTrouble, isNotice } from './ib-connection.ts'
import { ibContract } from './ib-contract.ts'
import { executionTime, IbExecutions } from './ib-executions.ts'
import { Pauses } from './pauses.ts'

/** An order of ours at TWS that is followed until its end. */
interface Followed {
  readonly intent: PlaceIntent
  readonly symbol: string
  readonly currency: string
  readonly report: (report: VenueReport) => void
  /** TWS's number of it; null: not known. */
  number: number | null
  isAccepted: boolean
  isOver: boolean
  isUnwanted: boolean
  filled: number
  /** How it ended, while fills of it are still to come. */
  end: { readonly how: 'cancelled' | 'rejected' | 'absent'; readonly detail: string; readonly filled: number } | null
  /** When it was first not to be found, epoch ms. */
  absentAt: number | null
}

const sure = 1e-9
const answerMs = 5_000
const absentAfterMs = 2_000
const askEveryMs = 5_000
const longestPauseMs = 15_000

/**
 * Orders of one account at Interactive Brokers, over one connection: TWS lets only the client that made an order change
 * it. Names of ours stand in its `orderRef`. After every connect, and now and then, open orders and today's executions
 * are asked for; what is in neither on two looks is not there.
 */
export class IbTrader {
  readonly #options: IbOptions
  readonly #account: string
  readonly #followed = new Map<string, Followed>()
  readonly #byNumber = new Map<number, Followed>()
  readonly #executions = new IbExecutions((execution, fee) => this.#executed(execution, fee))
  readonly #pauses = new Pauses()
  #connection: Promise<IbConnection> | undefined
  #isClosed = false
  #isAsking = false
  /** Numbers that TWS named since the last question. */
  readonly #seen = new Set<string>()

  constructor(options: IbOptions & { readonly account: string }) {
    this.#options = options
    this.#account = options.account
  }

  /** Begins to follow an order that is given now (`place`), or was before. */
  follow(
    intent: PlaceIntent,
    { symbol, currency, report }: Pick<Followed, 'symbol' | 'currency' | 'report'>,
    isUnwanted = false,
  ): void {
    this.#followed.set(intent.id, {
      ...{ intent, symbol, currency, report, isUnwanted, number: null },
      ...{ isAccepted: false, isOver: false, filled: 0, end: null, absentAt: null },
    })
  }

  async place(id: string): Promise<void> {
    const followed = this.#followed.get(id)
    if (followed === undefined) return
    const { intent, symbol } = followed
    let connection: IbConnection
    let contract: Contract
    try {
      contract = ibContract(symbol)
      connection = await this.#ready()
    } catch (failure) {
      this.#end(followed, 'rejected', detailOf(failure))
      return
    }
    const number = connection.nextOrder()
    this.#name(followed, number, connection)
    connection.api.placeOrder(number, contract, orderOf(intent, this.#account))
    void this.#keepAsking()
    await this.#pauses.of(answerMs)
    if (followed.isAccepted || followed.isOver || followed.end !== null || this.#isClosed) return
    followed.report({ kind: 'unknown', id, detail: `no answer in ${answerMs / 1000} s` })
  }

  async cancel(id: string): Promise<void> {
    const followed = this.#followed.get(id)
    if (followed === undefined || followed.isOver) return
    followed.isUnwanted = true
    const connection = await this.#ready().catch(() => undefined)
    // Else it is asked back as soon as it is found again
    if (connection !== undefined && followed.number !== null) connection.api.cancelOrder(followed.number, '')
    void this.#keepAsking()
  }

  /** Asks TWS now, and then as long as something works. */
  seek(): void {
    void this.#keepAsking()
  }

  /** An open connection, for other questions about the account. */
  connection(): Promise<IbConnection> {
    return this.#ready()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#pauses.end()
    this.#executions.close()
    ;(await this.#connection?.catch(() => undefined))?.close()
  }

  #working(): Followed[] {
    return [...this.#followed.values()].filter(({ isOver }) => !isOver)
  }

  #ready(): Promise<IbConnection> {
    this.#connection ??= connectIb(this.#options).then((connection) => {
      connection.onLost(() => {
        this.#connection = undefined
        connection.close()
        if (!this.#isClosed) void this.#keepAsking()
      })
      this.#listen(connection)
      return connection
    })
    const opening = this.#connection
    opening.catch(() => {
      if (this.#connection === opening) this.#connection = undefined
    })
    return opening
  }

  #listen(connection: IbConnection): void {
    connection.hear(EventName.openOrder, (number: number, _: Contract, order: Order, state: { status?: string }) => {
      const followed = this.#followed.get(order.orderRef ?? '')
      if (followed === undefined || followed.isOver) return
      this.#seen.add(followed.intent.id)
      this.#name(followed, number, connection)
      this.#status(followed, String(state.status), followed.filled, connection)
    })
    connection.hear(EventName.orderStatus, (number: number, status: string, filled: number) => {
      const followed = this.#byNumber.get(number)
      if (followed !== undefined && !followed.isOver) this.#status(followed, status, filled, connection)
    })
    connection.hear(EventName.execDetails, (_: number, __: Contract, execution: Execution) => {
      // Those of a session that has not come back yet are told again with the next question
      if (this.#followed.has(execution.orderRef ?? '')) this.#executions.take(execution)
    })
    connection.hear(EventName.commissionReport, (report: { execId?: string; commission?: number; currency?: string }) =>
      this.#executions.charge(report),
    )
  }

  /** TWS's number of an order; numbers of a connection that is gone mean nothing. */
  #name(followed: Followed, number: number, connection: IbConnection): void {
    followed.absentAt = null
    if (followed.number === number && this.#byNumber.get(number) === followed) return
    followed.number = number
    this.#byNumber.set(number, followed)
    connection.onError(number, (trouble) => this.#troubled(followed, trouble))
  }

  #status(followed: Followed, status: string, filled: number, connection: IbConnection): void {
    if (status === 'Cancelled' || status === 'ApiCancelled') this.#end(followed, 'cancelled', '', filled)
    else if (status === 'Inactive') this.#end(followed, 'rejected', 'TWS holds it inactive', filled)
    else if (!followed.isAccepted && status !== 'PendingSubmit') {
      followed.isAccepted = true
      followed.report({ kind: 'accepted', id: followed.intent.id, venueOrder: String(followed.number) })
      if (followed.isUnwanted && followed.number !== null) connection.api.cancelOrder(followed.number, '')
    }
  }

  #troubled(followed: Followed, trouble: IbTrouble): void {
    const { id } = followed.intent
    const { code, text } = trouble
    if (followed.isOver || isNotice(trouble)) return
    if (code === 202) this.#end(followed, 'cancelled', '')
    else if (!followed.isAccepted) this.#end(followed, 'rejected', `${code}: ${text}`)
    else if (followed.isUnwanted) {
      followed.isUnwanted = false
      followed.report({ kind: 'kept', id, detail: `${code}: ${text}` })
    }
  }

  #executed(execution: Execution, fee: { readonly amount: number; readonly currency: string } | null): void {
    const followed = this.#followed.get(execution.orderRef ?? '')
    const { execId = '', shares = 0, price = 0 } = execution
    if (followed === undefined) return
    followed.filled += shares
    const isMoney = fee?.currency === followed.currency
    followed.report({
      ...{ kind: 'fill', id: followed.intent.id, trade: execId, time: executionTime(execution, Date.now()) },
      ...{ quantity: shares, price, fee: isMoney ? (fee?.amount ?? 0) : 0, unitFee: 0 },
      otherFee: fee === null ? 'a commission that TWS did not tell' : isMoney ? '' : `${fee.amount} ${fee.currency}`,
    })
    if (followed.filled >= followed.intent.quantity * (1 - sure)) followed.isOver = true
    else if (followed.end !== null) this.#tryEnd(followed)
  }

  /** Its end, once its fills have been told. */
  #end(followed: Followed, how: 'cancelled' | 'rejected' | 'absent', detail: string, filled = followed.filled): void {
    if (followed.isOver) return
    followed.end = { how, detail, filled }
    this.#tryEnd(followed)
  }

  #tryEnd(followed: Followed): void {
    const { end, intent } = followed
    if (end === null || followed.filled < end.filled * (1 - sure) || this.#executions.isWaiting(intent.id)) return
    followed.isOver = true
    followed.report({ kind: 'ended', id: intent.id, how: end.how, detail: end.detail })
  }

  async #keepAsking(): Promise<void> {
    if (this.#isAsking) return
    this.#isAsking = true
    let pauseMs = 250
    while (!this.#isClosed && this.#working().length > 0) {
      try {
        await this.#ask()
        pauseMs = this.#working().some(({ absentAt }) => absentAt !== null) ? 500 : askEveryMs
      } catch {
        pauseMs = Math.min(Math.max(pauseMs, 500) * 2, longestPauseMs)
      }
      await this.#pauses.of(pauseMs)
    }
    this.#isAsking = false
  }

  /** Open orders and executions, as TWS has them now. */
  async #ask(): Promise<void> {
    const connection = await this.#ready()
    const before = this.#working()
    this.#seen.clear()
    await answered(connection, EventName.openOrderEnd, () => connection.api.reqOpenOrders())
    const request = connection.nextRequest()
    const filter = { clientId: String(this.#options.clientId) }
    await answered(connection, EventName.execDetailsEnd, () => connection.api.reqExecutions(request, filter))
    for (const followed of before) {
      if (followed.isOver) continue
      if (followed.end !== null) this.#tryEnd(followed)
      else if (!this.#seen.has(followed.intent.id)) this.#missed(followed)
      // What was asked back while nobody was there to hear it
      else if (followed.isUnwanted && followed.number !== null) connection.api.cancelOrder(followed.number, '')
    }
  }

  #missed(followed: Followed): void {
    followed.absentAt ??= Date.now()
    if (Date.now() - followed.absentAt < absentAfterMs) return
    if (followed.isAccepted) this.#end(followed, 'cancelled', 'TWS does not have it any more')
    else this.#end(followed, 'absent', 'it never arrived at TWS')
  }
}

function orderOf({ id, side, type, quantity, price, immediate, whole }: PlaceIntent, account: string): Order {
  return {
    action: side === 'buy' ? OrderAction.BUY : OrderAction.SELL,
    orderType: type === 'limit' ? OrderType.LMT : OrderType.MKT,
    totalQuantity: quantity,
    ...(price === null ? {} : { lmtPrice: price }),
    tif: immediate ? (whole ? TimeInForce.FOK : TimeInForce.IOC) : type === 'limit' ? TimeInForce.GTC : TimeInForce.DAY,
    orderRef: id,
    ...(account === '' ? {} : { account }),
    transmit: true,
  }
}

function answered(connection: IbConnection, end: EventName, send: () => void): Promise<void> {
  return new Promise((done, fail) => {
    const late = setTimeout(() => settle(() => fail(new Error('no answer'))), answerMs)
    const deafen = connection.hear(end, () => settle(done))
    function settle(then: () => void): void {
      clearTimeout(late)
      deafen()
      then()
    }
    send()
  })
}

function detailOf(failure: unknown): string {
  return isDomainError(failure) ? String(failure.data.detail ?? failure.code) : String(failure)
}
