import type { ColumnArena } from '../lib/column-arena.ts'
import { RecordBuffer } from '../lib/record-buffer.ts'
import type { ContractRoll } from './contract-roll.ts'
import type { Execution } from './execution.ts'
import type { Market } from './market.ts'
import type { OrderTable } from './order-table.ts'

/** A round trip in the making (P-02). Sizes are signed. */
interface OpenTrade {
  row: number
  size: number
  price: number
  gross: number
  fees: number
  value: number
  openedSequence: number
  openedIndex: number
  /** Σ |size| and Σ |size|·price of the closing parts. */
  closedUnits: number
  closedMoney: number
  units: number
}

const unopened: Readonly<OpenTrade> = {
  row: 0,
  size: 0,
  price: 0,
  gross: 0,
  fees: 0,
  value: 0,
  openedSequence: 0,
  openedIndex: 0,
  closedUnits: 0,
  closedMoney: 0,
  units: 0,
}

/** A closed trade's record serves the next one: nothing is allocated per trade. */
function reset(trade: OpenTrade): OpenTrade {
  trade.size = 0
  trade.price = 0
  trade.gross = 0
  trade.fees = 0
  trade.value = 0
  trade.closedUnits = 0
  trade.closedMoney = 0
  trade.units = 0
  return trade
}

/** Told when a position starts and when it is flat again; `row` is the trade's row. */
export interface TradeListener {
  tradeChanged(row: number, closed: boolean, trade: Readonly<OpenTrade>, market: Market): void
}

/** The columns of a round trip, in order. */
export const tradeColumns = [
  'instrument',
  'side',
  'entryTime',
  'exitTime',
  'entryPrice',
  'exitPrice',
  'quantity',
  'pnl',
  'gross',
  'fees',
  'bars',
  'mae',
  'mfe',
  'entryOrder',
  'exitOrder',
  'open',
] as const

const col = Object.fromEntries(tradeColumns.map((name, index) => [name, index])) as Record<
  (typeof tradeColumns)[number],
  number
>

/** Round trips: from flat to flat per instrument and trade id; a reversal closes one and opens the next (P-03). */
export class TradeLedger {
  readonly rows: RecordBuffer
  /** Trades that have been closed. */
  closed = 0
  readonly #orders: OrderTable
  readonly #listener: TradeListener | undefined
  readonly #reopens: boolean
  /** Last trade by instrument for trade id 0; others by `instrument:id`. */
  readonly #last: (OpenTrade | undefined)[] = []
  readonly #tagged = new Map<string, OpenTrade>()

  /**
   * `reopens`: upstream's behaviour with several trade ids, where a part that closes another id's position goes on
   * counting on this id's last, closed trade.
   */
  constructor(
    orders: OrderTable,
    options: { readonly listener?: TradeListener; readonly reopens?: boolean; readonly arena?: ColumnArena } = {},
  ) {
    this.#orders = orders
    this.rows = new RecordBuffer(tradeColumns.length, options.arena)
    this.#listener = options.listener
    this.#reopens = options.reopens ?? false
  }

  get count(): number {
    return this.rows.count
  }

  /** Books one execution: its closing part first, then its opening part. */
  add(execution: Execution, market: Market): void {
    const id = this.#orders.tradeId[execution.row] as number
    const { closed, closedFee, opened, openedFee } = execution
    let last = this.#find(market.index, id)
    let justOpened = false
    if (closed !== 0) {
      if (last === undefined || (last.size === 0 && !this.#reopens)) last = this.#begin(market, id)
      justOpened = last.size === 0
      this.#change(last, execution, market, closed, closedFee)
    }
    if (opened !== 0) {
      if (last === undefined || last.size === 0) last = this.#begin(market, id)
      justOpened = last.size === 0
      this.#change(last, execution, market, opened, openedFee)
    }
    if (justOpened && last !== undefined) this.#listener?.tradeChanged(last.row, false, last, market)
  }

  /** Carries open round trips into the next contract: they go on, with the costs of the roll in proportion to their size. */
  carry(roll: Readonly<ContractRoll>, market: Market): void {
    for (const trade of [this.#last[market.index], ...this.#tagged.values()]) {
      if (trade === undefined || trade.size === 0) continue
      if (this.rows.at(trade.row, col.instrument) !== market.index) continue
      trade.price = roll.carried(trade.price, roll.size === 0 ? 0 : Math.sign(trade.size))
      trade.fees += roll.size === 0 ? 0 : Math.abs(trade.size / roll.size) * roll.fee
    }
  }

  /** Net results of the trades that have been closed, oldest first; `counts`: by the id of the order that opened it. */
  results(counts: (order: number) => boolean = () => true): number[] {
    const found: number[] = []
    for (let row = 0; row < this.rows.count; row++) {
      if (this.rows.at(row, col.open) !== 0 || !counts(this.rows.at(row, col.entryOrder))) continue
      found.push(this.rows.at(row, col.pnl))
    }
    return found
  }

  /** Marks what is still open at the last price; gross then is the unrealised gain. */
  finish(markets: readonly Market[]): void {
    for (const trade of [...this.#last, ...this.#tagged.values()]) {
      if (trade === undefined || trade.size === 0) continue
      this.rows.set(trade.row, col.exitTime, Number.NaN)
      const market = markets[this.rows.at(trade.row, col.instrument)] as Market
      const gross = trade.gross + market.commission.gain(trade.size, trade.price, market.close)
      this.#write(trade, market, gross)
    }
  }

  #change(trade: OpenTrade, execution: Execution, market: Market, size: number, fee: number): void {
    const before = trade.size
    if (before === 0) this.#open(trade, execution, market, size)
    trade.size = before + size
    trade.fees += fee
    if (Math.abs(trade.size) > Math.abs(before)) {
      trade.price = (before * trade.price + size * execution.price) / trade.size
      trade.units += Math.abs(size)
    } else {
      trade.gross += market.commission.gain(-size, trade.price, execution.price)
      trade.closedUnits += Math.abs(size)
      trade.closedMoney += Math.abs(size) * execution.price
    }
    trade.value = market.commission.value(trade.size, trade.price)
    if (trade.size === 0) this.#close(trade, execution, market)
  }

  #find(instrument: number, id: number): OpenTrade | undefined {
    return id === 0 ? this.#last[instrument] : this.#tagged.get(`${instrument}:${id}`)
  }

  #begin(market: Market, id: number): OpenTrade {
    const known = this.#find(market.index, id)
    const trade = known === undefined ? { ...unopened } : reset(known)
    trade.row = this.rows.count
    const start = this.rows.add()
    const { values } = this.rows
    // A loop: for sixteen values the call of the built-in fill costs more.
    for (let at = start; at < start + tradeColumns.length; at++) values[at] = Number.NaN
    this.rows.set(trade.row, col.instrument, market.index)
    if (known !== undefined) return trade
    if (id === 0) this.#last[market.index] = trade
    else this.#tagged.set(`${market.index}:${id}`, trade)
    return trade
  }

  #open(trade: OpenTrade, execution: Execution, market: Market, size: number): void {
    const { row } = trade
    trade.openedSequence = market.sequence
    trade.openedIndex = market.bar
    this.rows.set(row, col.side, size > 0 ? 1 : -1)
    this.rows.set(row, col.entryTime, market.time)
    this.rows.set(row, col.entryOrder, execution.row + 1)
    this.rows.set(row, col.open, 1)
  }

  #close(trade: OpenTrade, execution: Execution, market: Market): void {
    const { row } = trade
    this.rows.set(row, col.exitTime, market.time)
    this.rows.set(row, col.exitPrice, trade.closedMoney / trade.closedUnits)
    this.rows.set(row, col.exitOrder, execution.row + 1)
    this.rows.set(row, col.open, 0)
    this.closed++
    this.#write(trade, market, trade.gross)
    this.#listener?.tradeChanged(row, true, trade, market)
  }

  #write(trade: OpenTrade, market: Market, gross: number): void {
    const { row } = trade
    this.rows.set(row, col.entryPrice, trade.price)
    this.rows.set(row, col.quantity, trade.units)
    this.rows.set(row, col.gross, gross)
    this.rows.set(row, col.fees, trade.fees)
    this.rows.set(row, col.pnl, gross - trade.fees)
    this.rows.set(row, col.bars, market.sequence - trade.openedSequence)
    this.#excursions(trade, market)
  }

  /**
   * Largest move against and for the entry price, in price points ≥ 0: whole bars from the entry's to the one before
   * the exit's, and the exit price itself, because what the exit bar did afterwards is not the trade's.
   */
  #excursions(trade: OpenTrade, market: Market): void {
    const { row } = trade
    const { high, low } = market.bars
    const exit = this.rows.at(row, col.exitPrice)
    const isOpen = Number.isNaN(exit)
    let top = isOpen ? trade.price : exit
    let bottom = top
    const end = isOpen ? market.bar + 1 : market.bar
    for (let i = trade.openedIndex; i < end; i++) {
      const barHigh = high[i] as number
      const barLow = low[i] as number
      if (barHigh > top) top = barHigh
      if (barLow < bottom) bottom = barLow
    }
    const up = Math.max(0, top - trade.price)
    const down = Math.max(0, trade.price - bottom)
    const long = this.rows.at(row, col.side) > 0
    this.rows.set(row, col.mae, long ? down : up)
    this.rows.set(row, col.mfe, long ? up : down)
  }
}
