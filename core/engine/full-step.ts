import type { Market } from '../broker/market.ts'
import type { BarMerge } from './bar-merge.ts'
import type { Instrument, InstrumentApi } from './instrument.ts'
import type { Runtime } from './runtime.ts'
import type { StepPhase, Strategy } from './strategy.ts'

/** One strategy of a run with what it holds in its hands. */
export interface StrategyHost {
  readonly strategy: Strategy
  readonly runtime: Runtime
  readonly instruments: readonly InstrumentApi[]
}

/** What a full step needs of the session. */
export interface StepParts {
  readonly merge: BarMerge
  readonly markets: readonly Market[]
  readonly hosts: readonly StrategyHost[]
  readonly upstream: boolean
  readonly cheatsOnOpen: boolean
  /** The broker's turn, and the account's row. */
  settle(step: number): void
  tellFills(): void
  /** Notes the instrument for the place of a failure. */
  enter(instrument: InstrumentApi | undefined): void
}

/**
 * A time step of a run that uses more than bars and fills: timers, callbacks at the open, several instruments at once,
 * several strategies, coarse bars. In the order of 01 section 3.3: early timers, the open, the broker, timers, fills,
 * then each strategy.
 */
export class FullStep {
  readonly #parts: StepParts
  readonly #phases: StepPhase[]
  /** Something comes before the broker's turn. */
  readonly #startsEarly: boolean

  constructor(parts: StepParts) {
    this.#parts = parts
    this.#startsEarly = parts.cheatsOnOpen || parts.hosts.some(({ runtime }) => runtime.timers.hasEarly)
    this.#phases = parts.hosts.map(() => 'warm-up')
  }

  /** False at the end of the data. */
  run(): boolean {
    const { merge } = this.#parts
    if (!merge.advance()) return false
    this.#work(merge.step)
    return true
  }

  #work(step: number): void {
    const { hosts, merge } = this.#parts
    if (this.#startsEarly) this.#beforeBroker(step)
    this.#parts.settle(step)
    for (const host of hosts) this.#tellTimers(host, merge.now, false)
    this.#parts.tellFills()
    for (const [index, host] of hosts.entries()) {
      this.#tellBars(host, step)
      this.#tellStep(host, index)
    }
  }

  #tellTimers({ strategy, runtime }: StrategyHost, now: number, early: boolean): void {
    if (runtime.timers.isEmpty) return
    this.#parts.enter(undefined)
    runtime.timers.check(now, early, (timer, when) => strategy.onTimer?.(timer, when))
    if (runtime.hasDrafts) runtime.flush()
  }

  /** What comes before the broker's turn. Profile backtrader lets it see the whole bar. */
  #beforeBroker(step: number): void {
    const { hosts, cheatsOnOpen, merge, upstream } = this.#parts
    const { now } = merge
    if (!upstream) this.#hideBars(step)
    for (const host of hosts) this.#tellTimers(host, now, true)
    if (cheatsOnOpen) for (const host of hosts) this.#tellOpens(host, step)
    if (!upstream) this.#showBars(step, now)
  }

  /** Nothing of the step's bars can be seen: lines end one bar earlier, and it is the time of the first open. */
  #hideBars(step: number): void {
    let opens = Number.POSITIVE_INFINITY
    for (const market of this.#parts.markets) {
      if (market.step !== step) continue
      opens = Math.min(opens, market.time)
      market.i--
    }
    if (Number.isFinite(opens)) this.#parts.merge.showTime(opens)
  }

  #showBars(step: number, now: number): void {
    for (const market of this.#parts.markets) if (market.step === step) market.i++
    this.#parts.merge.showTime(now)
  }

  #tellOpens({ strategy, runtime, instruments }: StrategyHost, step: number): void {
    if (strategy.onOpen === undefined) return
    const { markets, upstream } = this.#parts
    for (const [index, market] of markets.entries()) {
      const instrument = instruments[index] as InstrumentApi
      if (market.step !== step || market.i < instrument.warmup) continue
      this.#parts.enter(instrument)
      const open = market.columns.open[market.i + (upstream ? 0 : 1)] as number
      strategy.onOpen(instrument as Instrument, open)
      if (runtime.hasDrafts) runtime.flush()
    }
  }

  #tellBars({ strategy, runtime, instruments }: StrategyHost, step: number): void {
    if (strategy.onBar === undefined) return
    for (const [index, market] of this.#parts.markets.entries()) {
      const instrument = instruments[index] as InstrumentApi
      if (market.step !== step || market.i < instrument.warmup) continue
      this.#parts.enter(instrument)
      strategy.onBar(instrument as Instrument)
      if (runtime.hasDrafts) runtime.flush()
    }
  }

  #tellStep(host: StrategyHost, index: number): void {
    const { strategy, runtime } = host
    if (strategy.onStep === undefined) return
    const phase = this.#phaseAfter(this.#phases[index] as StepPhase, host)
    this.#phases[index] = phase
    this.#parts.enter(undefined)
    strategy.onStep(phase)
    if (runtime.hasDrafts) runtime.flush()
  }

  #phaseAfter(before: StepPhase, { instruments }: StrategyHost): StepPhase {
    if (before !== 'warm-up' && !this.#parts.upstream) return 'running'
    let missing = Number.NEGATIVE_INFINITY
    for (const view of instruments) missing = Math.max(missing, view.warmup + 1 - view.barCount)
    if (missing > 0) return 'warm-up'
    return missing === 0 || !this.#parts.upstream ? 'first' : 'running'
  }
}
