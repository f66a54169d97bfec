import type { Broker } from '../broker/broker.ts'
import type { Market } from '../broker/market.ts'
import type { BarMerge } from './bar-merge.ts'
import type { EquityColumns } from './equity-columns.ts'
import type { Instrument, InstrumentApi } from './instrument.ts'
import type { StrategyHost } from './strategy-host.ts'

/** What a block of plain bars needs of the session. */
export interface PlainParts {
  readonly broker: Broker
  readonly equity: EquityColumns
  readonly merge: BarMerge
  readonly market: Market
  readonly host: StrategyHost
  /** Tells of the fills of the broker's last turn. */
  tellFills(): void
}

/**
 * A block of bars of a run's only instrument, whose account follows from its changes: what a bar does not need is not
 * even looked at. False at the end of the data.
 */
export function runPlainBars(parts: PlainParts, limit: number, done: Float64Array | undefined): boolean {
  const { broker, equity, merge, market } = parts
  const { strategy, runtime, instruments } = parts.host
  const instrument = instruments[0] as InstrumentApi
  const bars = market.columns.close.length
  const end = Math.min(bars, market.i + 1 + limit)
  const hearsBars = strategy.onBar !== undefined
  const { warmup } = instrument
  merge.follow(market)
  while (market.i + 1 < end) {
    merge.advanceOnly(market)
    equity.length++
    if (!broker.isIdle(market)) {
      settleChange(broker, equity, market)
      parts.tellFills()
    }
    if (hearsBars && market.i >= warmup) {
      strategy.onBar?.(instrument as Instrument)
      if (runtime.hasDrafts) runtime.flush()
    }
    // Every bar, though a screen needs it rarely: the host takes silence for a loop that never ends.
    if (done !== undefined) done[0] = merge.delivered
  }
  equity.settle()
  return end < bars
}

/** The broker's turn, and what it changed of the account. */
export function settleChange(broker: Broker, equity: EquityColumns, only: Market): void {
  broker.step(only.step)
  equity.change(broker.account.cash, only.size)
}
