import type { OpenSending, PlaceIntent, VenueIntent, VenueReport } from '../../broker/venue/venue-messages.ts'
import { isDomainError } from '../../domain/errors.ts'
import type { ExchangeAccountConfig, VenueLine, VenueTask } from '../../workstation/live/venue-port.ts'
import { exchangeError } from './exchange-client.ts'
import { gridTrouble } from './grid-trouble.ts'
import { fillOf, tradeName } from './own-trades.ts'
import { Pauses } from './pauses.ts'
import { type ExchangeOrder, named, type TradingClient, verdictOf } from './trading-client.ts'

/** One order of ours that is followed until its end. */
interface Followed {
  readonly intent: PlaceIntent
  readonly symbol: string
  venueOrder: string | null
  filled: number
  readonly trades: Set<string>
  isOver: boolean
  /** True: what became of it is being found out. */
  isSought: boolean
  /** True: it shall be asked back as soon as it is known to be there. */
  isUnwanted: boolean
}

const sure = 1e-9
/** An order that two looks so far apart do not find never arrived, ms. */
const absentAfterMs = 2_000
const longestPauseMs = 15_000
/** Executions may be listed a little later than their order says. */
const tradeLooks = 6
const abandonPatienceMs = 5_000

/**
 * Orders of one session at a crypto exchange. Requests go one after another; the exchange's stream of orders is heard,
 * and while an order works the exchange is also asked every `pollMs`, since streams fall silent. An order whose answer
 * did not come is looked up under our own name until the exchange says what became of it.
 */
export class ExchangeLine implements VenueLine {
  readonly #task: VenueTask
  readonly #account: ExchangeAccountConfig
  readonly #open: () => Promise<TradingClient>
  readonly #followed = new Map<string, Followed>()
  #client: Promise<TradingClient> | undefined
  /** The requests so far; each waits for those before it. */
  #turn: Promise<void> = Promise.resolve()
  #isClosed = false
  #poll: NodeJS.Timeout | undefined
  #isWatching = false
  readonly #pauses = new Pauses()

  constructor(task: VenueTask, account: ExchangeAccountConfig, open: () => Promise<TradingClient>) {
    this.#task = task
    this.#account = account
    this.#open = open
  }

  send(intents: readonly VenueIntent[]): void {
    for (const intent of intents) {
      if (intent.kind === 'place') this.#follow(intent)
      this.#queue(() => (intent.kind === 'place' ? this.#place(intent.id) : this.#cancel(intent.id)))
    }
  }

  resume(open: readonly OpenSending[]): void {
    for (const { intent, isAsked } of open) {
      const followed = this.#follow(intent)
      followed.isUnwanted = isAsked
      void this.#seek(followed)
    }
  }

  async abandon(): Promise<void> {
    const client = await this.#client?.catch(() => undefined)
    if (client === undefined) return
    const asked = this.#working().map(({ intent, symbol, venueOrder }) =>
      client.cancelOrder(venueOrder ?? undefined, symbol, named(intent.id)).catch(() => undefined),
    )
    await Promise.race([Promise.all(asked), this.#pauses.of(abandonPatienceMs)])
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#poll)
    this.#pauses.end()
    await (await this.#client?.catch(() => undefined))?.close().catch(() => undefined)
  }

  #follow(intent: PlaceIntent): Followed {
    const symbol = this.#task.instruments[intent.instrument]?.symbol ?? ''
    const followed: Followed = {
      ...{ intent, symbol, venueOrder: null, filled: 0, trades: new Set() },
      ...{ isOver: false, isSought: false, isUnwanted: false },
    }
    this.#followed.set(intent.id, followed)
    return followed
  }

  #working(): Followed[] {
    return [...this.#followed.values()].filter(({ isOver }) => !isOver)
  }

  #report(report: VenueReport): void {
    if (!this.#isClosed) this.#task.report(report)
  }

  #queue(act: () => Promise<void>): void {
    this.#turn = this.#turn.then(() => (this.#isClosed ? undefined : act())).catch(() => undefined)
  }

  #ready(): Promise<TradingClient> {
    this.#client ??= this.#open()
    this.#client.then(
      (client) => void this.#watch(client),
      () => {
        this.#client = undefined
      },
    )
    return this.#client
  }

  async #place(id: string): Promise<void> {
    const followed = this.#followed.get(id)
    if (followed === undefined) return
    const { intent, symbol } = followed
    let client: TradingClient
    try {
      client = await this.#ready()
    } catch (failure) {
      // Nothing has left this machine
      this.#end(followed, 'rejected', this.#detail(failure))
      return
    }
    try {
      const trouble = gridTrouble(client, symbol, intent)
      if (trouble !== null) return this.#end(followed, 'rejected', trouble)
      const { type, side, quantity, price, immediate, whole } = intent
      const force = immediate && type === 'limit' ? { timeInForce: whole ? 'FOK' : 'IOC' } : {}
      const params = { ...named(id), ...force }
      await this.#take(followed, await client.createOrder(symbol, type, side, quantity, price ?? undefined, params))
    } catch (failure) {
      if (followed.isOver || followed.venueOrder !== null) return
      if (verdictOf(failure) !== 'unknown') this.#end(followed, 'rejected', this.#detail(failure))
      else {
        this.#report({ kind: 'unknown', id, detail: this.#detail(failure) })
        void this.#seek(followed)
      }
    }
    this.#keepAsking()
  }

  async #cancel(id: string): Promise<void> {
    const followed = this.#followed.get(id)
    if (followed === undefined || followed.isOver) return
    followed.isUnwanted = true
    // Asked back as soon as it is found
    if (followed.isSought) return
    await this.#askBack(followed)
  }

  async #askBack(followed: Followed): Promise<void> {
    const { intent, symbol, venueOrder } = followed
    try {
      const client = await this.#ready()
      await client.cancelOrder(venueOrder ?? undefined, symbol, named(intent.id))
      await this.#look(followed)
    } catch (failure) {
      const verdict = verdictOf(failure)
      // Filled or ended before, most often
      if (verdict === 'absent') await this.#look(followed).catch(() => void this.#seek(followed))
      else if (verdict === 'refused') {
        followed.isUnwanted = false
        this.#report({ kind: 'kept', id: intent.id, detail: this.#detail(failure) })
      } else void this.#seek(followed)
    }
  }

  /** Asks for an order until it is known whether it is there. */
  async #seek(followed: Followed): Promise<void> {
    if (followed.isSought) return
    followed.isSought = true
    let firstAbsent: number | null = null
    for (let pauseMs = 250; !this.#isClosed && !followed.isOver; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        await this.#look(followed)
        break
      } catch (failure) {
        if (verdictOf(failure) === 'absent') {
          firstAbsent ??= Date.now()
          if (Date.now() - firstAbsent >= absentAfterMs) this.#end(followed, 'absent', 'it never arrived at the venue')
          pauseMs = 250
        } else firstAbsent = null
      }
      await this.#pauses.of(pauseMs)
    }
    followed.isSought = false
    if (followed.isUnwanted && !followed.isOver && !this.#isClosed) this.#queue(() => this.#askBack(followed))
    this.#keepAsking()
  }

  /** What the exchange says of an order now. */
  async #look(followed: Followed): Promise<void> {
    const client = await this.#ready()
    const { intent, symbol, venueOrder } = followed
    await this.#take(followed, await client.fetchOrder(venueOrder ?? undefined, symbol, named(intent.id)))
  }

  /** Tells what is new in an order; its fills always before its end. */
  async #take(followed: Followed, order: ExchangeOrder): Promise<void> {
    const { id } = followed.intent
    if (followed.isOver) return
    if (followed.venueOrder === null) {
      followed.venueOrder = order.id
      this.#report({ kind: 'accepted', id, venueOrder: order.id })
    }
    await this.#tellFills(followed, order)
    if (followed.filled >= followed.intent.quantity * (1 - sure)) followed.isOver = true
    else if (order.status === 'canceled') this.#end(followed, 'cancelled', '')
    else if (order.status === 'expired') this.#end(followed, 'expired', '')
    else if (order.status === 'rejected') this.#end(followed, 'rejected', 'the venue refused it')
  }

  async #tellFills(followed: Followed, order: ExchangeOrder): Promise<void> {
    const wanted = order.filled ?? 0
    const client = await this.#ready()
    for (let look = 0; look < tradeLooks && followed.filled < wanted * (1 - sure); look++) {
      if (look > 1) await this.#pauses.of(200)
      const trades = look === 0 ? (order.trades ?? []) : await this.#tradesOf(client, followed, order.id)
      for (const trade of trades) {
        const name = tradeName(trade)
        if (followed.trades.has(name) || followed.isOver) continue
        followed.trades.add(name)
        followed.filled += trade.amount
        // An answer to a new order tells its fills without their times
        const time = trade.timestamp ?? order.lastTradeTimestamp ?? order.timestamp ?? Date.now()
        this.#report(fillOf(followed.intent.id, trade, client.market(followed.symbol), time))
      }
    }
  }

  async #tradesOf(client: TradingClient, { symbol, intent }: Followed, order: string) {
    if (client.has.fetchOrderTrades) return client.fetchOrderTrades(order, symbol)
    const all = await client.fetchMyTrades(symbol, intent.at - 3_600_000, undefined)
    return all.filter((trade) => trade.order === order)
  }

  #end(followed: Followed, how: 'cancelled' | 'expired' | 'rejected' | 'absent', detail: string): void {
    if (followed.isOver) return
    followed.isOver = true
    this.#report({ kind: 'ended', id: followed.intent.id, how, detail })
  }

  /** Asks again and again while something works. */
  #keepAsking(): void {
    if (this.#poll !== undefined || this.#isClosed || this.#working().length === 0) return
    this.#poll = setTimeout(() => {
      const known = this.#working().filter(({ venueOrder, isSought }) => venueOrder !== null && !isSought)
      // What was asked back and is there all the same is asked back again
      const ask = (each: Followed) => (each.isUnwanted ? this.#askBack(each) : this.#look(each).catch(() => undefined))
      const asked = known.reduce((before, each) => before.then(() => ask(each)), Promise.resolve())
      void asked.then(() => {
        this.#poll = undefined
        this.#keepAsking()
      })
    }, this.#account.pollMs)
  }

  /** Hears the exchange's stream of our orders, for as long as it has one. */
  async #watch(client: TradingClient): Promise<void> {
    if (this.#isWatching || client.has.watchOrders !== true) return
    this.#isWatching = true
    for (let pauseMs = 500; !this.#isClosed; ) {
      try {
        const orders = await client.watchOrders()
        pauseMs = 500
        for (const order of orders) await this.#heard(order)
      } catch (failure) {
        if (verdictOf(failure) === 'refused') break
        await this.#pauses.of(pauseMs)
        pauseMs = Math.min(pauseMs * 2, longestPauseMs)
      }
    }
    this.#isWatching = false
  }

  async #heard(order: ExchangeOrder): Promise<void> {
    const followed = this.#followed.get(order.clientOrderId ?? '') ?? this.#ofVenue(order.id)
    // A cancelled order is told under another name by some; only its own look says what became of it
    if (followed !== undefined) await this.#look(followed).catch(() => undefined)
  }

  #ofVenue(venueOrder: string): Followed | undefined {
    return this.#working().find((each) => each.venueOrder === venueOrder)
  }

  #detail(failure: unknown): string {
    const error = isDomainError(failure) ? failure : exchangeError(failure, this.#account.exchange)
    return String(error.data.detail ?? error.code)
  }
}
