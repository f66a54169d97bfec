import { GrowingColumn } from '../lib/columns.ts'
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

/** Told when a position starts and when it is flat again; `row` is the trade's row. */
export interface TradeListener {
  tradeChanged(row: number, closed: boolean, trade: Readonly<OpenTrade>, market: Market): void
}

const columnNames = [
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

/** Round trips: from flat to flat per instrument and trade id; a reversal closes one and opens the next (P-03). */
export class TradeLedger implements Record<(typeof columnNames)[number], GrowingColumn> {
  readonly instrument = new GrowingColumn()
  readonly side = new GrowingColumn()
  readonly entryTime = new GrowingColumn()
  readonly exitTime = new GrowingColumn()
  readonly entryPrice = new GrowingColumn()
  readonly exitPrice = new GrowingColumn()
  readonly quantity = new GrowingColumn()
  readonly pnl = new GrowingColumn()
  readonly gross = new GrowingColumn()
  readonly fees = new GrowingColumn()
  readonly bars = new GrowingColumn()
  readonly mae = new GrowingColumn()
  readonly mfe = new GrowingColumn()
  readonly entryOrder = new GrowingColumn()
  readonly exitOrder = new GrowingColumn()
  readonly open = new GrowingColumn()
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
  constructor(orders: OrderTable, options: { readonly listener?: TradeListener; readonly reopens?: boolean } = {}) {
    this.#orders = orders
    this.#listener = options.listener
    this.#reopens = options.reopens ?? false
  }

  get count(): number {
    return this.side.length
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

  /** Marks what is still open at the last price; gross then is the unrealised gain. */
  finish(markets: readonly Market[]): void {
    for (const trade of [...this.#last, ...this.#tagged.values()]) {
      if (trade === undefined || trade.size === 0) continue
      this.exitTime.set(trade.row, Number.NaN)
      const market = markets[this.instrument.at(trade.row)] as Market
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
    const trade: OpenTrade = {
      row: this.count,
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
    for (const name of columnNames) this[name].push(Number.NaN)
    this.instrument.set(trade.row, market.index)
    if (id === 0) this.#last[market.index] = trade
    else this.#tagged.set(`${market.index}:${id}`, trade)
    return trade
  }

  #open(trade: OpenTrade, execution: Execution, market: Market, size: number): void {
    const { row } = trade
    trade.openedSequence = market.sequence
    trade.openedIndex = market.i
    this.side.set(row, size > 0 ? 1 : -1)
    this.entryTime.set(row, market.time)
    this.entryOrder.set(row, execution.row + 1)
    this.open.set(row, 1)
  }

  #close(trade: OpenTrade, execution: Execution, market: Market): void {
    const { row } = trade
    this.exitTime.set(row, market.time)
    this.exitPrice.set(row, trade.closedMoney / trade.closedUnits)
    this.exitOrder.set(row, execution.row + 1)
    this.open.set(row, 0)
    this.closed++
    this.#write(trade, market, trade.gross)
    this.#listener?.tradeChanged(row, true, trade, market)
  }

  #write(trade: OpenTrade, market: Market, gross: number): void {
    const { row } = trade
    this.entryPrice.set(row, trade.price)
    this.quantity.set(row, trade.units)
    this.gross.set(row, gross)
    this.fees.set(row, trade.fees)
    this.pnl.set(row, gross - trade.fees)
    this.bars.set(row, market.sequence - trade.openedSequence)
    this.#excursions(trade, market)
  }

  /**
   * Largest move against and for the entry price, in price points ≥ 0: whole bars from the entry's to the one before
   * the exit's, and the exit price itself, because what the exit bar did afterwards is not the trade's.
   */
  #excursions(trade: OpenTrade, market: Market): void {
    const { row } = trade
    const { high, low } = market.columns
    const exit = this.exitPrice.at(row)
    const isOpen = Number.isNaN(exit)
    let top = isOpen ? trade.price : exit
    let bottom = top
    const end = isOpen ? market.i + 1 : market.i
    for (let i = trade.openedIndex; i < end; i++) {
      const barHigh = high[i] as number
      const barLow = low[i] as number
      if (barHigh > top) top = barHigh
      if (barLow < bottom) bottom = barLow
    }
    const up = Math.max(0, top - trade.price)
    const down = Math.max(0, trade.price - bottom)
    const long = this.side.at(row) > 0
    this.mae.set(row, long ? down : up)
    this.mfe.set(row, long ? up : down)
  }
}
