import type { Market } from './market.ts'
import type { BrokerRules } from './rules.ts'

const dayMs = 86_400_000

/** Positions in `Account.figures`; gross is Σ |size · close · multiplier|. */
export const accountRow = { cash: 0, value: 1, gross: 2 } as const

/** A fund's own figures at a time: what a share is worth, and all of it. */
export interface FundStatement {
  readonly share: number
  readonly value: number
}

/** Cash, positions and what they are worth (01 section 8.8). Cash is float64 in the account's currency. */
export class Account {
  /**
   * Cash, value and gross exposure in one typed array (`accountRow`): written every bar, and a double field of an
   * object costs an allocation where V8 does not see that it is one.
   */
  readonly figures = new Float64Array(3)
  /** Fund shares issued (fund mode). */
  fundShares: number
  readonly markets: readonly Market[]
  readonly #rules: BrokerRules
  /** True: nobody calls `mark` on bars without an event, so the value is worked out when it is asked for. */
  lazy = false
  /** True when something happens to the account on every bar, or is about to. */
  isBusy: boolean
  #deposits = 0
  /** Shares that the deposits of this cycle buy, at the value of the cycle before. */
  #sharesDue = 0
  /** What somebody else says that a share and the whole fund are worth; it stands instead of our own figures. */
  #stated: FundStatement | undefined
  readonly #hasFutures: boolean
  readonly #hasInterest: boolean

  constructor(markets: readonly Market[], rules: BrokerRules, cash: number, fundStart: number) {
    this.markets = markets
    this.#rules = rules
    this.figures[accountRow.cash] = cash
    this.figures[accountRow.value] = cash
    this.fundShares = cash / fundStart
    this.#hasFutures = markets.some((market) => !market.commission.stockLike)
    this.#hasInterest = markets.some((market) => market.commission.chargesInterest)
    this.isBusy = this.#hasFutures || this.#hasInterest
  }

  get cash(): number {
    return this.figures[accountRow.cash] as number
  }

  set cash(cash: number) {
    this.figures[accountRow.cash] = cash
  }

  /** Cash plus the value of all positions, leverage taken out; as of the last `mark`, or of now when that is `lazy`. */
  get value(): number {
    if (this.lazy) this.#appraise()
    return this.figures[accountRow.value] as number
  }

  /** Value of one fund share as of the last `mark`. */
  get fundValue(): number {
    return this.value / this.fundShares
  }

  /** Money paid in (> 0) or out, booked in the next cycle at the current fund value. */
  deposit(amount: number): void {
    this.#sharesDue += amount / this.fundValue
    this.#deposits += amount
    this.isBusy = true
  }

  /** From the next `mark` on the account is worth what is stated; cash is what its positions leave of it. */
  state(statement: FundStatement): void {
    this.#stated = statement
  }

  /**
   * True when the account is worth cash + size · price · unit value, so that its rows follow from its changes: one
   * market, paid in full.
   */
  get isPlain(): boolean {
    const only = this.markets.length === 1 ? this.markets[0] : undefined
    if (only === undefined || this.#hasFutures || this.#hasInterest || !this.#rules.shortCash) return false
    if (only.spans.length > 0) return false
    return only.commission.leverage === 1
  }

  /** Interest of all open positions since their last booking, once per new calendar day ($-06). */
  chargeInterest(): void {
    if (!this.#hasInterest) return
    let due = 0
    for (const market of this.markets) {
      if (market.size === 0) continue
      const day = Math.floor(market.closeTime / dayMs)
      const days = day - market.interestDay
      if (days <= 0) continue
      const interest = market.commission.interest(market.size, market.price, days)
      market.interestDay = day
      market.interestDue += interest
      due += interest
    }
    this.cash -= due
  }

  /** Settles futures at the close (8.2, step 6). */
  settle(): void {
    if (!this.#hasFutures) return
    for (const market of this.markets) {
      if (market.size === 0) continue
      const { close } = market
      this.cash += market.commission.settlement(market.size, market.settledPrice, close)
      market.settledPrice = close
    }
  }

  /** Values the account at the current closes. */
  mark(): void {
    if (this.#deposits !== 0) {
      this.fundShares += this.#sharesDue
      this.cash += this.#deposits
      this.#deposits = 0
      this.#sharesDue = 0
      this.isBusy = this.#hasFutures || this.#hasInterest
    }
    if (!this.lazy) this.#appraise()
  }

  #appraise(): void {
    const { markets, figures } = this
    let worth = 0
    let gross = 0
    for (let index = 0; index < markets.length; index++) {
      const market = markets[index] as Market
      if (market.size === 0) continue
      const { close } = market
      worth += this.#worth(market, close)
      gross += market.commission.exposure(market.size, close)
    }
    figures[accountRow.gross] = gross
    if (this.#stated !== undefined) {
      figures[accountRow.cash] = this.#stated.value - worth
      this.fundShares = this.#stated.value / this.#stated.share
    }
    figures[accountRow.value] = (figures[accountRow.cash] as number) + worth
  }

  /** What one position adds to the account's value. */
  #worth(market: Market, close: number): number {
    const { commission, size } = market
    if (!commission.stockLike) {
      // What was deposited, since gains are settled in cash; upstream values it anew, which counts them twice
      if (!this.#rules.backtrader) return commission.value(size, market.price) / commission.leverage
      return this.#unlever(commission.value(size, close), market, close)
    }
    if (this.#rules.shortCash) return this.#unlever(commission.value(size, close), market, close)
    return this.#unlever(Math.abs(this.positionValue(market, close)), market, close)
  }

  #unlever(value: number, market: Market, close: number): number {
    const { commission, size, price } = market
    if (value <= 0 || commission.leverage === 1) return value
    const unrealized = commission.gain(size, price, close)
    return (value - unrealized) / commission.leverage + unrealized
  }

  /** Value of the position in one market (negative when short stock), for order targets. */
  positionValue(market: Pick<Market, 'commission' | 'size' | 'price'>, price: number): number {
    const { commission, size } = market
    if (this.#rules.shortCash || !commission.stockLike || size >= 0) return commission.value(size, price)
    return commission.value(size, market.price) + commission.value(size, market.price - price)
  }
}
