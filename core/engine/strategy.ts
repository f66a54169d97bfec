import type { Account } from '../broker/account.ts'
import { DomainError } from '../domain/errors.ts'
import { invariant } from '../lib/assert.ts'
import type { CoarseBars } from './coarse-bars.ts'
import type { Instrument, InstrumentApi } from './instrument.ts'
import type { Order } from './order.ts'
import type { AnyParamSpecs, ParamValues } from './params.ts'
import type { Profile } from './run-config.ts'
import type { Runtime } from './runtime.ts'
import type { Sizer } from './sizers.ts'
import type { TimerCallback } from './strategy-timers.ts'
import type { Timer, TimerOptions } from './timer.ts'

/** The runtime that the strategy being constructed belongs to: field initialisers may already read `this.p`. */
let constructing: Runtime | undefined

/** Makes a strategy of a user's class on a runtime. */
export function constructStrategy(make: new () => Strategy, runtime: Runtime): Strategy {
  constructing = runtime
  try {
    return new make()
  } finally {
    constructing = undefined
  }
}

/**
 * Where a run is: `warm-up` until every instrument and every coarse bar that is used has its lines' first values, then
 * `first` and `running`. Profile backtrader stays at `first` while the slowest of them stands on its first value.
 */
export type StepPhase = 'warm-up' | 'first' | 'running'

/**
 * What a trader extends. Declare `static params`, prepare lines in `onStart`, decide in `onBar`. Everything seen ends
 * at *now*; orders are sent when the callback returns and can fill from the next bar on.
 *
 * The plain form is `class A extends Strategy`; the fully typed one
 * `class A extends Strategy<typeof A.params, 'fast' | 'slow'>` knows every parameter and line by name.
 */
export abstract class Strategy<Specs extends AnyParamSpecs = AnyParamSpecs, Lines extends string = string> {
  /** The values of `static params` in this run. */
  readonly p: ParamValues<Specs>
  readonly #runtime: Runtime

  constructor() {
    invariant(constructing !== undefined, 'a strategy is made by the engine')
    this.#runtime = constructing
    this.p = constructing.params as ParamValues<Specs>
    const { sizer } = new.target as { readonly sizer?: Sizer }
    if (sizer !== undefined) constructing.sizer = sizer
  }

  /** Once, before the first bar: prepare lines here. */
  onStart?(): void
  /** Each closed bar of each instrument, once its lines have values. */
  onBar?(i: Instrument<Lines>): void
  /** Each market print, when the feed sends them. */
  onTick?(i: Instrument<Lines>): void
  /** Each change of bid or ask, when the feed sends them. */
  onQuote?(i: Instrument<Lines>): void
  /** Each change of market depth, when the feed sends it. */
  onOrderBook?(i: Instrument<Lines>): void
  /** Each fill of an own order, before the bar in which it happened is shown to `onBar`. */
  onFill?(i: Instrument<Lines>, order: Order): void
  /**
   * In a run with cheat-on-open: each bar of each instrument when only its opening price is known. Lines end with the bar
   * before; an order made here can fill on this very bar.
   */
  onOpen?(i: Instrument<Lines>, open: number): void
  /** Each new bar of an interval that was asked for with `i.coarse`, before the `onBar` of the bar that showed it. */
  onCoarseBar?(bars: CoarseBars, i: Instrument<Lines>): void
  /** Once per time step, after `onBar` of all that moved: decide here what needs several instruments at once. */
  onStep?(phase: StepPhase): void
  /** A timer without a function of its own goes off; `when` is the time it was set to. */
  onTimer?(timer: Timer, when: number): void
  /** Once, after the last bar. */
  onStop?(): void

  /** The run's instruments in the order in which they were chosen. */
  get instruments(): readonly Instrument<Lines>[] {
    return this.#runtime.instruments as InstrumentApi[] as Instrument<Lines>[]
  }

  /** Calls `action` for every instrument. */
  each(action: (i: Instrument<Lines>) => void): void {
    for (const instrument of this.instruments) action(instrument)
  }

  /** The instrument with this id or symbol. */
  instrument(name: string): Instrument<Lines> {
    const found = this.instruments.find(({ id, symbol }) => id === name || symbol === name)
    if (found === undefined) throw new DomainError('instrument.unknown', { instrument: name })
    return found
  }

  /** The time of the strategy, epoch milliseconds: when the current bar closed. NaN in `onStart`. */
  get now(): number {
    return this.#runtime.now
  }

  /** Cash of the account. */
  get cash(): number {
    return this.#account.cash
  }

  /** Cash plus the value of all positions. */
  get equity(): number {
    return this.#account.value
  }

  /** Value of one share of the account as a fund: deposits and withdrawals do not move it. It starts at 100. */
  get fundValue(): number {
    return this.#account.fundValue
  }

  /** Shares of the account as a fund; deposits issue them at the fund value, withdrawals take them back. */
  get fundShares(): number {
    return this.#account.fundShares
  }

  /** The run's profile: `default` (defects corrected) or `backtrader`. */
  get profile(): Profile {
    return this.#runtime.profile
  }

  /** Says how much an order without a quantity trades; `static sizer` sets it too. Undefined: 1 unit. */
  get sizer(): Sizer | undefined {
    return this.#runtime.sizer
  }

  /** Chooses the sizer from here on. */
  set sizer(sizer: Sizer | undefined) {
    this.#runtime.sizer = sizer
  }

  /**
   * Sends the orders made so far at once, instead of when the callback returns: the exits of a bracket are then among
   * `i.orders`. They fill no earlier.
   */
  send(): void {
    if (this.#runtime.hasDrafts) this.#runtime.flush()
  }

  /** Pays money into the account; booked with the next bar. */
  deposit(amount: number): void {
    this.#move('deposit', amount, amount)
  }

  /** Takes money out of the account; booked with the next bar. */
  withdraw(amount: number): void {
    this.#move('withdraw', amount, -amount)
  }

  /**
   * Sets a timer; call it in `onStart`. It calls `callback`, or `onTimer` when there is none, on the first bar that closes
   * at or after its time.
   */
  timer(options: TimerOptions, callback?: TimerCallback): Timer {
    return this.#runtime.timers.add(options, callback)
  }

  /** Writes one value of a series of your own; the chart and the report show it. The last value of a bar stays. */
  record(name: string, value: number): void {
    this.#runtime.record(name, value)
  }

  /** Writes a line to the run's log. */
  log(...parts: readonly unknown[]): void {
    this.#runtime.log.add(this.now, 'log', parts.map(String).join(' '))
  }

  /** Sends a notice: to the log in a backtest, to the chosen channels live. */
  notify(text: string): void {
    this.#runtime.log.add(this.now, 'notify', String(text))
  }

  #move(what: string, amount: number, signed: number): void {
    if (!(amount > 0) || !Number.isFinite(amount))
      throw new DomainError('cash.invalid', { what, value: String(amount) })
    this.#account.deposit(signed)
    this.#runtime.equity.flow(signed)
    this.#runtime.log.add(this.now, 'engine', `${what} ${amount}`)
  }

  get #account(): Account {
    return this.#runtime.broker.account
  }
}
