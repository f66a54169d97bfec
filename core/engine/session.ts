import type { Broker } from '../broker/broker.ts'
import type { BrokerListener } from '../broker/broker-listener.ts'
import type { ContractRoll } from '../broker/contract-roll.ts'
import type { Execution } from '../broker/execution.ts'
import { FillTable } from '../broker/fill-table.ts'
import type { Market } from '../broker/market.ts'
import { RollTable } from '../broker/roll-table.ts'
import { TradeLedger } from '../broker/trade-ledger.ts'
import { isDomainError } from '../domain/errors.ts'
import { ensureDefined } from '../lib/assert.ts'
import { ColumnArena } from '../lib/column-arena.ts'
import { RowList } from '../lib/row-list.ts'
import { BarMerge } from './bar-merge.ts'
import { brokerRules } from './broker-config.ts'
import { strategyParts } from './combine.ts'
import { EquityColumns } from './equity-columns.ts'
import { FullStep } from './full-step.ts'
import { listenInside, sayMissed } from './inside-events.ts'
import type { Instrument, InstrumentApi } from './instrument.ts'
import { skipLeadIn } from './lead-in.ts'
import { type MarketEvent, showEvent, tellEvent } from './market-event.ts'
import { OrderJournal } from './order-journal.ts'
import { type PlainParts, runPlainBars, settleChange } from './plain-run.ts'
import { type RunConfig, tellProgress } from './run-config.ts'
import { createRunExtras, type RunExtras, wantsExtras } from './run-extras.ts'
import { RunLog } from './run-log.ts'
import { openTrace, type RunTrace } from './run-trace.ts'
import type { Runtime } from './runtime.ts'
import { openBroker, openMarkets } from './session-parts.ts'
import type { Strategy } from './strategy.ts'
import { openBooks, ownerOf, type StrategyBooks } from './strategy-books.ts'
import { withPlace } from './strategy-failure.ts'
import { barSources, isPlainHost, makeHosts, type StrategyHost, tellFill } from './strategy-host.ts'
import { stepOnTick } from './tick-step.ts'

const progressEvery = 4096

/** One strategy on one account over the bars of its instruments: DESIGN 5.1. Deterministic; does nothing by itself. */
export class Session implements BrokerListener {
  readonly broker: Broker
  readonly markets: readonly Market[]
  readonly fills: FillTable
  readonly trades: TradeLedger
  readonly rolls: RollTable
  /** Every change of every order; undefined unless the run keeps it. */
  readonly journal: OrderJournal | undefined
  readonly equity: EquityColumns
  readonly log = new RunLog()
  readonly runtime: Runtime
  readonly strategy: Strategy
  /** The strategies of the run; the first is `strategy`. */
  readonly hosts: readonly StrategyHost[]
  readonly #books: StrategyBooks | undefined
  /** Watches an order; undefined in ordinary runs. */
  readonly trace: RunTrace | undefined
  /** Where the run is. */
  readonly merge: BarMerge
  readonly #instruments: readonly InstrumentApi[]
  readonly #filled = new RowList()
  readonly initialCash: number
  /** True: the account follows from its changes, and the broker is only called when it has something to do. */
  readonly #skipsIdle: boolean
  readonly #config: RunConfig
  /** Undefined for a run of bars and fills alone: told once, when the strategy has started. */
  #full: FullStep | undefined
  /** What happens around the broker's work besides the strategy; undefined when nothing was asked for. */
  readonly #extras: RunExtras | undefined
  readonly #place: { instrument: InstrumentApi | undefined } = { instrument: undefined }

  constructor(make: new () => Strategy, config: RunConfig) {
    this.#config = config
    this.initialCash = config.cash
    this.markets = openMarkets(config)
    this.merge = new BarMerge(this.markets, config.grows)
    const longest = Math.max(0, ...config.instruments.map(({ bars }) => bars.length))
    const arena = new ColumnArena(config.scratch)
    this.broker = openBroker(config, { markets: this.markets, longest, arena, listener: this, log: this.log })
    this.journal = config.keepsJournal === true ? new OrderJournal(this.merge, this.broker.orders) : undefined
    this.fills = new FillTable(arena)
    this.rolls = new RollTable(this.markets)
    this.trades = new TradeLedger(this.broker.orders, { reopens: config.profile === 'backtrader', arena })
    this.#skipsIdle = this.broker.account.isPlain && !brokerRules(config).cheatOnOpen && !wantsExtras(config)
    this.broker.account.lazy = this.#skipsIdle
    this.equity = new EquityColumns(longest, {
      keepsTime: config.instruments.length !== 1 || config.leadIn !== undefined,
      only: this.#skipsIdle ? this.markets[0] : undefined,
    })
    if (this.#skipsIdle) this.equity.begin(config.cash)
    this.#books = openBooks(config, this.broker.orders, this.markets, strategyParts(make).length)
    this.hosts = this.guard(() =>
      makeHosts(make, {
        config,
        broker: this.broker,
        merge: this.merge,
        sources: barSources(config, this.markets, arena),
        log: this.log,
        equity: this.equity,
        books: this.#books,
        trades: this.trades,
      }),
    )
    const { runtime, instruments, strategy } = ensureDefined(this.hosts[0], 'strategy')
    this.runtime = runtime
    this.#instruments = instruments
    this.strategy = strategy
    this.trace = openTrace(config, this, this.merge)
    this.#extras = createRunExtras(config, this)
  }

  orderChanged(row: number): void {
    this.journal?.add(row)
    this.trace?.orderChanged(row)
  }

  executed(execution: Execution, market: Market): void {
    this.fills.add(execution, market)
    this.trace?.executed(execution, market)
    this.trades.add(this.#books === undefined ? execution : this.#books.split(execution, market), market)
    this.#filled.push(execution.row)
  }

  rolled(roll: Readonly<ContractRoll>, market: Market): void {
    if (roll.size !== 0) this.rolls.add(roll, market)
    this.trades.carry(roll, market)
    this.#books?.carry(roll, market)
  }

  /** Instrument-bars delivered so far. */
  get barsDone(): number {
    return this.merge.delivered
  }

  /** Strategies make their lines, and nothing else. */
  prepare(): void {
    this.guard(() => {
      for (const { strategy } of this.hosts) strategy.onStart?.()
    })
  }

  /** Starts the strategies; from then on `step` may be called. `run` does it by itself. */
  begin(): void {
    this.prepare()
    this.#full = this.guard(() => this.#planSteps())
    listenInside(this.#config, this, { clock: this.merge, tellFills: () => this.#tellFills() })
    if (this.#config.leadIn !== undefined) skipLeadIn(this.merge, this.hosts, this.#config.leadIn)
  }

  /** The whole run. Throws `cancelled` when asked to stop, `strategy.exception` with bar and instrument otherwise. */
  run(): void {
    this.begin()
    this.guard(() => {
      while (this.#runBlock(this.#config.progress?.done)) this.#report()
      this.#place.instrument = undefined
      for (const { strategy } of this.hosts) strategy.onStop?.()
    })
    sayMissed(this.broker.walk, this.#config.fillPolicy, this)
    this.trades.finish(this.markets)
    this.#report()
  }

  #runBlock(done: Float64Array | undefined): boolean {
    const plain = this.#skipsIdle && this.#full === undefined ? this.#plainParts() : undefined
    if (plain !== undefined) return runPlainBars(plain, progressEvery, done)
    let goesOn = true
    for (let left = progressEvery; left > 0 && goesOn; left--) {
      goesOn = this.step()
      // Every bar, though a screen needs it rarely: the host takes silence for a loop that never ends.
      if (done !== undefined) done[0] = this.merge.delivered
    }
    this.equity.settle()
    return goesOn
  }

  #plainParts(): PlainParts {
    const { broker, equity } = this
    const host = this.hosts[0] as StrategyHost
    this.#place.instrument = host.instruments[0]
    const tellFills = () => {
      if (this.#filled.length > 0) this.#tellFills()
    }
    return { broker, equity, merge: this.merge, market: this.markets[0] as Market, host, tellFills }
  }

  /** One time step: markets move, the broker works, fills are told, strategies decide. False at the end of the data. */
  step(): boolean {
    if (this.#full !== undefined) return this.#full.run()
    if (!this.merge.advance()) return false
    const { step } = this.merge
    this.#settle(step)
    if (this.#filled.length > 0) this.#tellFills()
    this.#tellBars(step)
    return true
  }

  /** The broker's turn and the account's row. */
  #settle(step: number): void {
    if (this.#skipsIdle) {
      this.#settlePlain()
      return
    }
    this.#extras?.beforeBroker(step)
    this.broker.step(step)
    this.equity.add(this.broker.account)
    this.#extras?.afterBroker()
    if (this.equity.time !== undefined) this.equity.stamp(this.merge.openTime)
  }

  #settlePlain(): void {
    const only = this.markets[0] as Market
    this.equity.length++
    if (!this.broker.isIdle(only)) settleChange(this.broker, this.equity, only)
  }

  /** Full steps only for what needs them. */
  #planSteps(): FullStep | undefined {
    const { hosts } = this
    const { cheatOnOpen } = brokerRules(this.#config)
    for (const { runtime } of hosts) runtime.start()
    if (hosts.length === 1 && !cheatOnOpen && isPlainHost(ensureDefined(hosts[0], 'strategy'))) return undefined
    return new FullStep({
      merge: this.merge,
      markets: this.markets,
      hosts,
      upstream: this.#config.profile === 'backtrader',
      cheatsOnOpen: cheatOnOpen,
      settle: (step, moved) => (moved ? this.#settle(step) : this.broker.step(step)),
      tellFills: () => this.#tellFills(),
      place: this.#place,
    })
  }

  /**
   * One event of a live feed: a tick also lets the broker match at its price, and from then on the instrument's bars
   * only inform. Then each strategy hears of fills and of the event itself.
   */
  apply(event: MarketEvent): void {
    this.guard(() => {
      const market = ensureDefined(this.markets[event.instrument], 'market of the event')
      this.merge.moveTo(event.data.time)
      for (const { instruments } of this.hosts) showEvent(instruments[event.instrument] as InstrumentApi, event)
      if (event.kind === 'tick') stepOnTick(this.broker, market, event.data, this.merge.step)
      if (this.#filled.length > 0) this.#tellFills()
      for (const { strategy, instruments, runtime } of this.hosts) {
        this.#place.instrument = instruments[event.instrument]
        tellEvent(strategy, instruments[event.instrument] as Instrument, event.kind)
        if (runtime.hasDrafts) runtime.flush()
      }
    })
  }

  /** What the broker is told from outside the market: strategies hear of the fills, and may answer. */
  hear(tell: () => void): void {
    this.guard(() => {
      tell()
      if (this.#filled.length > 0) this.#tellFills()
    })
  }

  #tellFills(): void {
    const { hosts, broker } = this
    const filled = this.#filled
    for (let index = 0; index < filled.length; index++) {
      const row = filled.at(index)
      const host = hosts[hosts.length === 1 ? 0 : ownerOf(broker.orders, row)] as StrategyHost
      this.#place.instrument = host.instruments[broker.orders.instrument[row] as number]
      tellFill(host, row)
      host.runtime.release(row)
    }
    filled.clear()
  }

  #tellBars(step: number): void {
    const { strategy, runtime, markets } = this
    if (strategy.onBar === undefined) return
    for (let index = 0; index < markets.length; index++) {
      const market = markets[index] as Market
      const instrument = this.#instruments[index] as InstrumentApi
      if (market.step !== step || market.i < instrument.warmup) continue
      this.#place.instrument = instrument
      strategy.onBar(instrument as Instrument)
      if (runtime.hasDrafts) runtime.flush()
    }
  }

  #report(): void {
    tellProgress(this.#config.progress, this.barsDone)
  }

  /** Adds the place to whatever the strategy throws. */
  guard<Value>(work: () => Value): Value {
    try {
      return work()
    } catch (failure) {
      if (isDomainError(failure) && failure.code === 'cancelled') throw failure
      throw withPlace(failure, this.#place.instrument, this.markets)
    }
  }
}
