import { accountRow } from '../../broker/account.ts'
import { fillColumns } from '../../broker/fill-table.ts'
import type { Market } from '../../broker/market.ts'
import { tradeColumns } from '../../broker/trade-ledger.ts'
import { VenueBroker } from '../../broker/venue/venue-broker.ts'
import { GrowingBars } from '../../data/growing-bars.ts'
import { zoneClock } from '../../data/zone-offsets.ts'
import { invariant } from '../../lib/assert.ts'
import type { Instrument, InstrumentApi } from '../instrument.ts'
import { carryOut, type ManualCommand } from '../replay/command.ts'
import type { RunConfig } from '../run-config.ts'
import { collectResult, type RunResult } from '../run-result.ts'
import { Session } from '../session.ts'
import type { Strategy } from '../strategy.ts'
import type { LiveBar, LiveEvent, LiveOutcome } from './live-event.ts'
import {
  type LiveNews,
  type LiveOrder,
  type LivePosition,
  type LiveState,
  liveFill,
  liveOrder,
  orderStamp,
} from './live-view.ts'
import { type Headroom, RiskGate } from './risk-gate.ts'
import type { RiskLimits } from './risk-limits.ts'

/** A run whose bars are still to come. */
export interface LiveConfig extends Omit<RunConfig, 'grows' | 'leadIn' | 'profile'> {
  /** Its `bars` are those before the session: they give lines their first values, and nobody is told of them. */
  readonly instruments: RunConfig['instruments']
  /** The session begins after this time, epoch milliseconds. */
  readonly leadIn: number
  readonly limits: RiskLimits
}

const done: LiveOutcome = { done: true, orders: [] }
/** What a venue does to exits that are filled in part is true of the book too. */
const venueRules = { resizeExits: true, freeExits: true }

/**
 * The engine of a backtest over bars that come one by one. It has no clock and decides nothing by itself: what happens
 * is an event (LiveEvent), and the same events give the same orders and fills. A run of the same strategy over the
 * same bars with the same lead-in is the same run, fill by fill.
 *
 * With fill policy `tick` orders are matched against each tick, and bars only inform; otherwise against bars.
 */
export class LiveRun {
  readonly #session: Session
  readonly #bars: readonly GrowingBars[]
  readonly #gate: RiskGate
  readonly #zones: readonly ReturnType<typeof zoneClock>[]
  /** State of each order that worked at the last answer. */
  readonly #stamps = new Map<number, string>()
  readonly #isByTick: boolean
  readonly #venue: VenueBroker | undefined
  #knownOrders = 0
  #knownFills = 0
  #barsHeard = 0
  #peak: number

  constructor(make: new () => Strategy, config: LiveConfig) {
    const isByTick = config.fillPolicy === 'tick'
    this.#isByTick = isByTick
    // A tick is a bar that is nothing but its price: no policy for what lies inside a bar is needed
    const fillPolicy = isByTick ? 'pessimistic' : config.fillPolicy
    const rules = { arePoints: isByTick, ...(config.venue === undefined ? {} : venueRules), ...config.exact?.rules }
    const exact = { ...config.exact, rules }
    const kind = { profile: 'default', isStrict: false, grows: true } as const
    this.#session = new Session(make, { ...config, ...kind, fillPolicy, exact })
    this.#bars = config.instruments.map(({ bars }) => new GrowingBars(bars))
    this.#zones = config.instruments.map(({ record }) => zoneClock(record.zone))
    const { broker } = this.#session
    this.#venue = broker instanceof VenueBroker ? broker : undefined
    this.#gate = new RiskGate(this.#session, () => this.#venue?.isUnresolved ?? false)
    this.#gate.limits = config.limits
    this.#peak = config.cash
    for (const { runtime } of this.#session.hosts) runtime.gate = (row) => this.#gate.check(row)
    this.#session.begin()
    for (const market of this.#session.markets) market.onlyShown = isByTick
  }

  /** Applies one event. Throws what the strategy throws; the run is then over. */
  apply(event: LiveEvent): LiveOutcome {
    const outcome = this.#apply(event)
    this.#venue?.dispatch(this.#session.merge.now)
    this.#peak = Math.max(this.#peak, this.#session.broker.account.value)
    return outcome
  }

  #apply(event: LiveEvent): LiveOutcome {
    switch (event.kind) {
      case 'bars':
        this.#step(event.bars)
        return done
      case 'command':
        return this.#byHand(() => carryOut(this.#instrument(event.instrument), event.command), unitsOf(event.command))
      case 'pause':
        this.#gate.paused = event.paused
        return done
      case 'limits':
        this.#gate.limits = event.limits
        return done
      case 'report':
        this.#session.hear(() => this.#venue?.hear(event.report))
        return done
      case 'flatten':
        return this.#byHand(() => {
          for (const { instruments } of this.#session.hosts) for (const instrument of instruments) instrument.flatten()
          return true
        })
      default:
        this.#passTime(event.data.time)
        this.#session.apply(event)
        return done
    }
  }

  /** Which events besides bars its strategies listen to; ticks also where orders are matched by them. */
  get hears(): { readonly tick: boolean; readonly quote: boolean; readonly book: boolean } {
    const strategies = this.#session.hosts.map(({ strategy }) => strategy)
    return {
      tick: this.#isByTick,
      quote: strategies.some(({ onQuote }) => onQuote !== undefined),
      book: strategies.some(({ onOrderBook }) => onOrderBook !== undefined),
    }
  }

  /** What the last events brought; each thing is told once. */
  news(): LiveNews {
    const session = this.#session
    const { orders } = session.broker
    const changed: LiveOrder[] = []
    for (; this.#knownOrders < orders.count; this.#knownOrders++) this.#stamps.set(this.#knownOrders, '')
    for (const [row, stamp] of this.#stamps) {
      const now = orderStamp(session, row)
      if (now === stamp) continue
      changed.push(liveOrder(session, row))
      this.#stamps.set(row, now)
      if (!orders.isWorking(row)) this.#stamps.delete(row)
    }
    const from = this.#knownFills
    this.#knownFills = session.fills.rows.count
    const fills = Array.from({ length: this.#knownFills - from }, (_, index) => liveFill(session, from + index))
    // A venue may fill what had ended: nobody looks at it any more
    const isTold = new Set([...changed.map(({ id }) => id), ...[...this.#stamps.keys()].map((row) => row + 1)])
    const late = new Set(fills.map(({ order }) => order).filter((order) => !isTold.has(order)))
    for (const order of late) changed.push(liveOrder(session, order - 1))
    return { orders: changed, fills, log: session.log.drain(), intents: this.#venue?.takeIntents() ?? [] }
  }

  /** Where the run stands. */
  state(): LiveState {
    const session = this.#session
    const { broker, equity, fills, merge } = session
    session.trades.finish(session.markets)
    const positions = session.markets.map((market) => this.#position(market))
    const sum = (read: (position: LivePosition) => number) => positions.reduce((total, each) => total + read(each), 0)
    const value = broker.account.value
    return {
      now: Number.isFinite(merge.now) ? merge.now : null,
      bars: this.#barsHeard,
      ...{ cash: broker.account.cash, equity: value },
      ...{ initialCash: session.initialCash, dayEquity: this.#gate.dayEquity },
      unrealised: sum(({ unrealised }) => unrealised),
      realised: sum(({ realised }) => realised),
      fees: fills.rows.column(fillColumns.indexOf('fee')).reduce((total, fee) => total + fee, 0),
      exposure: broker.account.figures[accountRow.gross] as number,
      drawdown: this.#peak > 0 ? Math.max(0, 1 - value / this.#peak) : 0,
      paused: this.#gate.paused,
      unresolved: this.#venue?.isUnresolved ?? false,
      sendings: this.#venue?.openSendings() ?? [],
      positions,
      orders: broker.working().map((row) => liveOrder(session, row)),
      counts: { orders: broker.orders.count, fills: fills.rows.count, trades: session.trades.closed },
      recorded: Object.fromEntries(
        [...equity.recorded].map(([name, column]) => [name, finite(column[Math.max(0, equity.length - 1)])]),
      ),
      missingBars: this.#missingBars(),
    }
  }

  /** How much the limits leave to be opened of an instrument on a side. */
  headroom(instrument: number, side: 'buy' | 'sell'): Headroom {
    return this.#gate.headroom(this.#session.markets[instrument] as Market, side === 'buy' ? 1 : -1)
  }

  /** The run so far as a backtest leaves it. */
  result(): RunResult {
    this.#session.trades.finish(this.#session.markets)
    return collectResult(this.#session)
  }

  #step(bars: readonly LiveBar[]): void {
    const session = this.#session
    const { sources } = session.runtime.coarseFeeds
    for (const { instrument, bar } of bars) {
      const growing = this.#bars[instrument] as GrowingBars
      growing.add(bar)
      const source = sources[instrument]
      invariant(source !== undefined, `a bar of instrument ${instrument}`)
      source.bars = growing.series()
      ;(session.markets[instrument] as Market).columns = growing.columns
      const offset = this.#zones[instrument]?.offsetAt(bar.time) ?? 0
      source.graph.append({ ...pricesOf(bar), localTime: bar.time + offset })
      session.merge.extend(instrument, growing.length)
    }
    for (const { runtime } of session.hosts) {
      for (const { instrument } of bars) runtime.coarseFeeds.grow(instrument)
      runtime.coarseFeeds.realign()
    }
    this.#barsHeard += bars.length
    const at = bars[0]?.bar.closeTime ?? Number.NaN
    this.#passTime(at)
    const moved = session.guard(() => session.step())
    invariant(moved && session.merge.now === at, 'the bars of an event close at one time, after those before')
  }

  #passTime(at: number): void {
    this.#gate.passTime(at, this.#session.broker.account.value)
  }

  #byHand(act: () => boolean, units = 0): LiveOutcome {
    // Nothing has been heard of the market yet: no order has a price to go by
    if (this.#session.merge.step < 0) return { done: false, orders: [] }
    const { broker, hosts } = this.#session
    const before = broker.orders.count
    const isDone = act()
    this.#gate.commandUnits = units
    for (const { runtime } of hosts) if (runtime.hasDrafts) runtime.flush()
    this.#gate.commandUnits = 0
    return { done: isDone, orders: Array.from({ length: broker.orders.count - before }, (_, k) => before + k + 1) }
  }

  #instrument(index: number): Instrument {
    const instrument = this.#session.runtime.instruments[index]
    invariant(instrument !== undefined, `instrument ${index} of the run`)
    return instrument as Instrument
  }

  #position(market: Market): LivePosition {
    const { id, tick } = this.#session.runtime.instruments[market.index] as InstrumentApi
    const last = tick?.price ?? (market.i < 0 ? Number.NaN : market.close)
    const at = tick?.time ?? (market.i < 0 ? Number.NaN : market.closeTime)
    const { size, price, commission } = market
    const unrealised = size === 0 ? 0 : commission.gain(size, price, last)
    return {
      instrument: id,
      size,
      averagePrice: size === 0 ? null : price,
      ...{ last: finite(last), at: finite(at) },
      unrealised,
      realised: this.#won(market) - (size === 0 ? 0 : commission.gain(size, price, market.close)),
      value: size === 0 ? 0 : size * last * commission.multiplier,
    }
  }

  /** What all trades of an instrument have won up to its last bar, open ones included. */
  #won({ index }: Market): number {
    const { rows } = this.#session.trades
    const column = (name: (typeof tradeColumns)[number]) => tradeColumns.indexOf(name)
    let sum = 0
    for (let row = 0; row < rows.count; row++) {
      if (rows.at(row, column('instrument')) === index) sum += rows.at(row, column('pnl'))
    }
    return sum
  }

  #missingBars(): number {
    const { hosts } = this.#session
    const missing = hosts.flatMap(({ instruments }) => instruments.map((each) => each.warmup + 1 - each.barCount))
    return Math.max(0, ...missing)
  }
}

function pricesOf({ open, high, low, close, volume }: LiveBar['bar']) {
  return { open, high, low, close, volume }
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null
}

const unitsOf = (command: ManualCommand) => (command.kind === 'order' ? command.quantity : 0)
