import type { IntrabarWalk } from '../broker/intrabar-walk.ts'
import type { Market } from '../broker/market.ts'
import type { FillPolicy } from '../broker/rules.ts'
import type { BarMerge } from './bar-merge.ts'
import type { Instrument, InstrumentApi } from './instrument.ts'
import type { RunParts } from './margin-call.ts'
import { type MarketEvent, showEvent, tellEvent } from './market-event.ts'
import type { RunConfig } from './run-config.ts'
import type { Strategy } from './strategy.ts'

/** What the events inside a bar need of the session besides its parts. */
interface InsideWork {
  readonly clock: BarMerge
  tellFills(): void
}

/**
 * Lets a strategy hear of the ticks or quotes that its run is matched against, each after the broker has worked on it.
 * Of bars it sees those that have closed; orders that it makes can match from the next event on.
 */
export function listenInside(
  config: RunConfig,
  run: RunParts & { readonly strategy: Strategy },
  work: InsideWork,
): void {
  const { strategy, broker } = run
  const { walk } = broker
  if (walk === undefined) return
  if (config.fillPolicy === 'tick' && strategy.onTick !== undefined) {
    walk.listener = (market, row) => {
      const ticks = config.instruments[market.index]?.ticks
      if (ticks === undefined) return
      const data = { time: at(ticks.time, row), price: at(ticks.price, row), size: at(ticks.size, row) }
      tell(run, work, market, { kind: 'tick', instrument: market.index, data })
    }
  }
  if (config.fillPolicy === 'quote' && strategy.onQuote !== undefined) {
    walk.listener = (market, row) => {
      const quotes = config.instruments[market.index]?.quotes
      if (quotes === undefined) return
      const { time, bid, ask, bidSize, askSize } = quotes
      const prices = { time: at(time, row), bid: at(bid, row), ask: at(ask, row) }
      const data = { ...prices, bidSize: at(bidSize, row), askSize: at(askSize, row) }
      tell(run, work, market, { kind: 'quote', instrument: market.index, data })
    }
  }
}

function at(column: Float64Array, row: number): number {
  return column[row] as number
}

function tell(
  run: RunParts & { readonly strategy: Strategy },
  work: InsideWork,
  market: Market,
  event: MarketEvent,
): void {
  const { strategy, runtime } = run
  const { clock } = work
  const instrument = runtime.instruments[market.index] as InstrumentApi
  const { now } = clock
  showEvent(instrument, event)
  market.i--
  clock.showTime(event.data.time)
  work.tellFills()
  if (instrument.warmup === 0 || market.i >= instrument.warmup) {
    tellEvent(strategy, instrument as Instrument, event.kind)
    if (runtime.hasDrafts) runtime.flush()
  }
  market.i++
  clock.showTime(now)
}

const priceWords: Readonly<Partial<Record<FillPolicy, string>>> = {
  magnified: 'finer bars',
  tick: 'ticks',
  quote: 'quotes',
}

/** Says in the log on how many bars orders were matched without the finer prices that the run asked for. */
export function sayMissed(walk: IntrabarWalk | undefined, policy: FillPolicy, { log, runtime }: RunParts): void {
  const words = priceWords[policy]
  if (walk === undefined || words === undefined || walk.counts.missed === 0) return
  const { bars, missed } = walk.counts
  const text = `Fill policy ${policy}: ${missed} of ${bars} bars with working orders had no ${words}; they were matched whole, as pessimistic.`
  log.add(runtime.now, 'engine', text)
}
