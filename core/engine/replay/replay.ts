import { fillColumns } from '../../broker/fill-table.ts'
import type { Market } from '../../broker/market.ts'
import { tradeColumns } from '../../broker/trade-ledger.ts'
import { barColumnNames } from '../../domain/bar-series.ts'
import { DomainError } from '../../domain/errors.ts'
import { ensureDefined } from '../../lib/assert.ts'
import type { Instrument, InstrumentApi } from '../instrument.ts'
import { ordersTable } from '../orders-table.ts'
import { type ResultTable, recordsTable } from '../result-table.ts'
import type { RunConfig } from '../run-config.ts'
import { Session } from '../session.ts'
import { Strategy } from '../strategy.ts'
import { carryOut, type GivenCommand, type ManualCommand } from './command.ts'
import { replayScript } from './script.ts'
import { type ReplayState, viewAccount, viewOrder } from './view.ts'

/** How far a replay goes; it stops at whatever comes first. */
export interface ReplayStep {
  /** Bars, at most. */
  readonly bars: number
  /** Only bars that have closed by this time (epoch milliseconds); null: no matter. */
  readonly until: number | null
  /** True: it stops with the bar on which an order was filled or ended. */
  readonly stopsAtEvents: boolean
}

export type ReplayTableName = 'orders' | 'fills' | 'trades'

/** Columns of bars with the equity at their closes. */
export type ReplayColumns = Readonly<Record<string, Float64Array<ArrayBuffer>>>

/** Decides nothing: the trader does. */
class Hands extends Strategy {}

/**
 * A run that goes on bar by bar when it is told to, with orders given by hand between the bars. Its engine is that of
 * every backtest: an order given after a bar is the order that a strategy would make in that bar's `onBar`. Nothing
 * that it answers contains a later bar.
 */
export class Replay {
  readonly #session: Session
  readonly #market: Market
  readonly #instrument: InstrumentApi
  readonly #commands: GivenCommand[] = []
  /** Rows that were working when it last answered. */
  #working: number[] = []
  /** Orders there were when it last answered. */
  #known = 0
  /** Bars told so far. */
  #told = 0

  /** `config` has one instrument with at least one bar; its first bar is shown at once. */
  constructor(config: RunConfig) {
    this.#session = new Session(Hands, config)
    this.#market = ensureDefined(this.#session.markets[0], 'the market of a replay')
    this.#instrument = ensureDefined(this.#session.runtime.instruments[0], 'the instrument of a replay')
    this.#session.begin()
    this.#session.step()
  }

  /** Goes on; throws `replay.ended` when there is no next bar. */
  step({ bars, until, stopsAtEvents }: ReplayStep): void {
    if (this.#ended) throw new DomainError('replay.ended', { instrument: this.#instrument.id })
    const { closeTime } = this.#market.columns
    const events = () => this.#session.fills.rows.count + this.#endedRows().length
    const before = events()
    for (let left = bars; left > 0 && !this.#ended; left--) {
      if (until !== null && (closeTime[this.#market.i + 1] as number) > until) return
      this.#session.step()
      if (stopsAtEvents && events() > before) return
    }
  }

  /**
   * Carries a command out at the close of the current bar. Throws `replay.ended` when no bar is left that an order
   * could meet, `replay.order-gone` when the order that it means is no longer working.
   */
  act(command: ManualCommand): void {
    if (this.#ended) throw new DomainError('replay.ended', { instrument: this.#instrument.id })
    const isDone = carryOut(this.#instrument as Instrument, command)
    this.#session.runtime.flush()
    if (!isDone && 'order' in command) throw new DomainError('replay.order-gone', { order: command.order })
    this.#commands.push({ bar: this.#market.i, command })
  }

  /** Where it stands. Orders that ended since the last call are its news. */
  state(): ReplayState {
    const { broker, fills, trades, equity } = this.#session
    const { orders } = broker
    const market = this.#market
    equity.settle()
    const working = broker.working()
    const news = this.#endedRows()
    this.#working = working
    this.#known = orders.count
    const fees = fills.rows.column(fillColumns.indexOf('fee')).reduce((sum, fee) => sum + fee, 0)
    return {
      bars: market.i + 1,
      ended: this.#ended,
      ...{ time: market.time, now: market.closeTime, price: market.close },
      ...viewAccount(this.#session, market),
      fees,
      orders: working.map((row) => viewOrder(orders, row)),
      news: news.map((row) => viewOrder(orders, row)),
      counts: { orders: orders.count, fills: fills.rows.count, trades: trades.closed },
    }
  }

  /** The bars that were not told yet, as copies. */
  freshBars(): ReplayColumns {
    const from = this.#told
    this.#told = this.#market.i + 1
    return this.#bars(from)
  }

  /** Every bar up to now, as copies. */
  bars(): ReplayColumns {
    this.#told = this.#market.i + 1
    return this.#bars(0)
  }

  #bars(from: number): ReplayColumns {
    const { columns, i } = this.#market
    this.#session.equity.settle()
    const copy = (column: Float64Array) => Float64Array.from(column.subarray(from, i + 1))
    const wanted = barColumnNames.filter((name) => name in columns && name !== 'openInterest')
    const prices = wanted.map((name) => [name, copy(columns[name as keyof typeof columns])] as const)
    return { ...Object.fromEntries(prices), equity: copy(this.#session.equity.equity) }
  }

  /** Orders, fills or round trips so far, as a run's tables have them. */
  table(name: ReplayTableName): ResultTable {
    const { broker, fills, trades, runtime, markets } = this.#session
    const instrument = [this.#instrument.id]
    if (name === 'orders') return ordersTable(broker.orders, instrument, runtime.tags)
    if (name === 'fills') return recordsTable(fills.rows, fillColumns, { instrument })
    trades.finish(markets)
    return recordsTable(trades.rows, tradeColumns, { instrument })
  }

  /** The strategy that does the same, and the bars that it is to be run over. */
  script(): { readonly code: string; readonly bars: number; readonly end: number } {
    return { code: replayScript(this.#commands), bars: this.#market.i + 1, end: this.#market.closeTime }
  }

  get #ended(): boolean {
    return this.#market.i + 1 >= this.#market.columns.close.length
  }

  /** Rows that worked at the last answer, or are new since, and have ended. */
  #endedRows(): number[] {
    const { orders } = this.#session.broker
    const rows = [...this.#working]
    for (let row = this.#known; row < orders.count; row++) rows.push(row)
    return rows.filter((row) => !orders.isWorking(row))
  }
}
