import type { Market } from '../broker/market.ts'
import type { BarMerge } from './bar-merge.ts'
import type { CoarseBars } from './coarse-bars.ts'
import type { Instrument, InstrumentApi } from './instrument.ts'
import type { Runtime } from './runtime.ts'
import type { StepPhase } from './strategy.ts'
import type { StrategyHost } from './strategy-host.ts'

/** What a full step needs of the session. */
export interface StepParts {
  readonly merge: BarMerge
  readonly markets: readonly Market[]
  readonly hosts: readonly StrategyHost[]
  readonly upstream: boolean
  readonly cheatsOnOpen: boolean
  /** The broker's turn, and a row of the account when a market has moved. */
  settle(step: number, moved: boolean): void
  tellFills(): void
  /** The instrument at work, for the place of a failure. */
  readonly place: { instrument: InstrumentApi | undefined }
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
    if (merge.advance()) {
      this.#work(merge.step, true)
      return true
    }
    if (!this.#parts.upstream) return false
    // Coarse bars that the end of the data leaves over have a step of their own
    const flushed = this.#parts.hosts.map(({ runtime }) => runtime.coarseFeeds.flush(merge.step + 1))
    if (!flushed.includes(true)) return false
    merge.moveTo(merge.now)
    this.#work(merge.step, false)
    return false
  }

  #work(step: number, moved: boolean): void {
    const { hosts, merge, upstream } = this.#parts
    if (upstream) this.#advanceCoarse(step)
    if (this.#startsEarly) this.#beforeBroker(step)
    if (!upstream) this.#advanceCoarse(step)
    this.#parts.settle(step, moved)
    for (const host of hosts) this.#tellTimers(host, merge.now, false)
    this.#parts.tellFills()
    for (let index = 0; index < hosts.length; index++) {
      const host = hosts[index] as StrategyHost
      this.#tellCoarse(host, step)
      this.#tellBars(host, step)
      this.#tellStep(host, index)
    }
  }

  #advanceCoarse(step: number): void {
    const { hosts, markets, merge } = this.#parts
    for (const { runtime } of hosts) {
      for (const coarse of runtime.coarseFeeds.running) {
        const { i } = markets[coarse.instrument] as Market
        if (coarse.feed.advance(i, merge.now)) coarse.step = step
      }
    }
  }

  #tellTimers({ strategy, runtime }: StrategyHost, now: number, early: boolean): void {
    if (runtime.timers.isEmpty) return
    this.#parts.place.instrument = undefined
    runtime.timers.check(now, early, strategy)
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
    for (let index = 0; index < markets.length; index++) {
      const market = markets[index] as Market
      const instrument = instruments[index] as InstrumentApi
      if (market.step !== step || market.i < instrument.warmup) continue
      this.#parts.place.instrument = instrument
      const open = market.columns.open[market.i + (upstream ? 0 : 1)] as number
      strategy.onOpen(instrument as Instrument, open)
      if (runtime.hasDrafts) runtime.flush()
    }
  }

  #tellCoarse({ strategy, runtime, instruments }: StrategyHost, step: number): void {
    if (strategy.onCoarseBar === undefined) return
    for (const { api, instrument: index, step: last } of runtime.coarseFeeds.running) {
      if (last !== step || api.barCount <= api.warmup) continue
      const instrument = instruments[index] as InstrumentApi
      this.#parts.place.instrument = instrument
      strategy.onCoarseBar(api as CoarseBars, instrument as Instrument)
      if (runtime.hasDrafts) runtime.flush()
    }
  }

  #tellBars({ strategy, runtime, instruments }: StrategyHost, step: number): void {
    if (strategy.onBar === undefined) return
    const { markets } = this.#parts
    for (let index = 0; index < markets.length; index++) {
      const market = markets[index] as Market
      const instrument = instruments[index] as InstrumentApi
      if (market.step !== step || market.i < instrument.warmup || this.#waits(runtime, index)) continue
      this.#parts.place.instrument = instrument
      strategy.onBar(instrument as Instrument)
      if (runtime.hasDrafts) runtime.flush()
    }
  }

  /** True while coarse bars of the instrument have not had their lines' first values. */
  #waits({ coarseFeeds }: Runtime, index: number): boolean {
    for (const { api, instrument } of coarseFeeds.running) {
      if (instrument === index && api.barCount <= api.warmup) return true
    }
    return false
  }

  #tellStep(host: StrategyHost, index: number): void {
    const { strategy, runtime } = host
    if (strategy.onStep === undefined) return
    const phase = this.#phaseAfter(this.#phases[index] as StepPhase, host)
    this.#phases[index] = phase
    this.#parts.place.instrument = undefined
    strategy.onStep(phase)
    if (runtime.hasDrafts) runtime.flush()
  }

  #phaseAfter(before: StepPhase, { instruments, runtime }: StrategyHost): StepPhase {
    if (before !== 'warm-up' && !this.#parts.upstream) return 'running'
    let missing = Number.NEGATIVE_INFINITY
    for (const view of instruments) missing = Math.max(missing, view.warmup + 1 - view.barCount)
    for (const { api } of runtime.coarseFeeds.running) missing = Math.max(missing, api.warmup + 1 - api.barCount)
    if (missing > 0) return 'warm-up'
    return missing === 0 || !this.#parts.upstream ? 'first' : 'running'
  }
}
