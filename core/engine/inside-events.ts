import type { IntrabarWalk } from '../broker/intrabar-walk.ts'
import type { Market } from '../broker/market.ts'
import type { FillPolicy } from '../broker/rules.ts'
import type { QuoteColumns, TickColumns } from '../domain/market-columns.ts'
import type { BarMerge } from './bar-merge.ts'
import type { Instrument, InstrumentApi } from './instrument.ts'
import type { RunParts } from './margin-call.ts'
import type { RunConfig } from './run-config.ts'
import type { Strategy } from './strategy.ts'
import type { StrategyHost } from './strategy-host.ts'

/** What the events inside a bar need of the session besides its parts. */
interface InsideWork {
  readonly clock: BarMerge
  tellFills(): void
}

type ToldRun = RunParts & { readonly hosts: readonly StrategyHost[] }

/**
 * Lets the strategies hear of the ticks and quotes of their run. Those that the run is matched against come after the broker
 * has worked on them, the others in between, at their own times. Of bars they see those that have closed; orders
 * that they make can match from the next event on.
 */
export function listenInside(config: RunConfig, run: ToldRun, work: InsideWork): void {
  const { walk } = run.broker
  const { fillPolicy } = config
  if (walk === undefined || (fillPolicy !== 'tick' && fillPolicy !== 'quote')) return
  if (!run.hosts.some(({ strategy }) => strategy.onTick !== undefined || strategy.onQuote !== undefined)) return
  const tellers = config.instruments.map((_, index) => new InsideTeller(config, run, work, index))
  const hasOthers = config.instruments.some(({ ticks, quotes }) => ticks !== undefined && quotes !== undefined)
  if (hasOthers) walk.beforeEvent = (market, row) => tellers[market.index]?.catchUp(market, row)
  walk.listener = (market, row) => tellers[market.index]?.tell(market, row)
}

/**
 * Tells of one instrument's ticks and quotes. Its tick and its quote are one object each, written anew for every event:
 * a million events make no garbage.
 */
class InsideTeller {
  readonly #hosts: readonly StrategyHost[]
  readonly #work: InsideWork
  readonly #index: number
  readonly #matched: EventStream | undefined
  readonly #other: EventStream | undefined
  #nextOther = 0

  constructor(config: RunConfig, run: ToldRun, work: InsideWork, index: number) {
    this.#hosts = run.hosts
    this.#work = work
    this.#index = index
    const { ticks, quotes } = config.instruments[index] ?? {}
    const tickStream = ticks === undefined ? undefined : new TickStream(ticks)
    const quoteStream = quotes === undefined ? undefined : new QuoteStream(quotes)
    const matchesTicks = config.fillPolicy === 'tick'
    this.#matched = matchesTicks ? tickStream : quoteStream
    this.#other = matchesTicks ? quoteStream : tickStream
  }

  /** Tells of the events of the other kind that came before this one. */
  catchUp(market: Market, row: number): void {
    const other = this.#other
    if (other === undefined || this.#matched === undefined) return
    const until = this.#matched.time[row] as number
    while (this.#nextOther < other.time.length && (other.time[this.#nextOther] as number) <= until)
      this.#tell(market, other, this.#nextOther++)
  }

  /** Tells of an event that the broker has worked on. */
  tell(market: Market, row: number): void {
    if (this.#matched !== undefined) this.#tell(market, this.#matched, row)
  }

  #tell(market: Market, stream: EventStream, row: number): void {
    const { clock } = this.#work
    const { now } = clock
    const hosts = this.#hosts
    for (let index = 0; index < hosts.length; index++) {
      stream.show((hosts[index] as StrategyHost).instruments[this.#index] as InstrumentApi, row)
    }
    market.i--
    clock.showTime(stream.time[row] as number)
    this.#work.tellFills()
    for (let index = 0; index < hosts.length; index++) this.#tellOne(hosts[index] as StrategyHost, market, stream)
    clock.showTime(now)
    market.i++
  }

  #tellOne({ strategy, runtime, instruments }: StrategyHost, market: Market, stream: EventStream): void {
    const instrument = instruments[this.#index] as InstrumentApi
    if (instrument.warmup > 0 && market.i < instrument.warmup) return
    stream.tell(strategy, instrument as Instrument)
    if (runtime.hasDrafts) runtime.flush()
  }
}

/** Ticks or quotes of one instrument, by row. */
interface EventStream {
  readonly time: Float64Array
  show(instrument: InstrumentApi, row: number): void
  tell(strategy: Strategy, instrument: Instrument): void
}

class TickStream implements EventStream {
  readonly time: Float64Array
  readonly #columns: TickColumns
  readonly #tick = { time: Number.NaN, price: Number.NaN, size: Number.NaN }

  constructor(columns: TickColumns) {
    this.#columns = columns
    this.time = columns.time
  }

  show(instrument: InstrumentApi, row: number): void {
    const tick = this.#tick
    tick.time = this.time[row] as number
    tick.price = this.#columns.price[row] as number
    tick.size = this.#columns.size[row] as number
    instrument.tick = tick
  }

  tell(strategy: Strategy, instrument: Instrument): void {
    strategy.onTick?.(instrument)
  }
}

class QuoteStream implements EventStream {
  readonly time: Float64Array
  readonly #columns: QuoteColumns
  readonly #quote = { time: Number.NaN, bid: Number.NaN, ask: Number.NaN, bidSize: Number.NaN, askSize: Number.NaN }

  constructor(columns: QuoteColumns) {
    this.#columns = columns
    this.time = columns.time
  }

  show(instrument: InstrumentApi, row: number): void {
    const quote = this.#quote
    const { bid, ask, bidSize, askSize } = this.#columns
    quote.time = this.time[row] as number
    quote.bid = bid[row] as number
    quote.ask = ask[row] as number
    quote.bidSize = bidSize[row] as number
    quote.askSize = askSize[row] as number
    instrument.quote = quote
  }

  tell(strategy: Strategy, instrument: Instrument): void {
    strategy.onQuote?.(instrument)
  }
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
