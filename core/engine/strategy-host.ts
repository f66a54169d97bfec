import type { Broker } from '../broker/broker.ts'
import type { Market } from '../broker/market.ts'
import type { TradeLedger } from '../broker/trade-ledger.ts'
import { withLocalTime } from '../data/local-time.ts'
import { LineGraph } from '../indicators/graph.ts'
import { ensureDefined } from '../lib/assert.ts'
import type { ColumnArena } from '../lib/column-arena.ts'
import type { BarMerge } from './bar-merge.ts'
import { moveFollowers } from './break-even.ts'
import { brokerRules } from './broker-config.ts'
import type { CoarseSource } from './coarse-rules.ts'
import { partParams, type StrategyPart, strategyParts } from './combine.ts'
import type { EquityColumns } from './equity-columns.ts'
import { type Instrument, InstrumentApi } from './instrument.ts'
import { type RunConfig, sizerFor } from './run-config.ts'
import type { RunLog } from './run-log.ts'
import { Runtime } from './runtime.ts'
import { runtimeSettings, sessionHours } from './session-parts.ts'
import { constructStrategy, type Strategy } from './strategy.ts'
import { ownerOf, type StrategyBooks } from './strategy-books.ts'

/** One strategy of a run with what it holds in its hands. */
export interface StrategyHost {
  readonly strategy: Strategy
  readonly runtime: Runtime
  readonly instruments: readonly InstrumentApi[]
}

/** What the strategies of a run share. */
export interface HostParts {
  readonly config: RunConfig
  readonly broker: Broker
  readonly merge: BarMerge
  readonly sources: readonly CoarseSource[]
  readonly log: RunLog
  readonly equity: EquityColumns
  /** What each of several strategies holds; undefined: all see the account's positions. */
  readonly books: StrategyBooks | undefined
  readonly trades: TradeLedger
}

/** The bars of a run's instruments with the graphs of their lines. */
export function barSources(config: RunConfig, markets: readonly Market[], arena: ColumnArena): CoarseSource[] {
  return config.instruments.map((instrument, index) => {
    const { record, bars, interval } = instrument
    const cache = config.lineCaches?.[index]
    const graph = new LineGraph(withLocalTime(bars, record.zone), markets[index], { cache, arena })
    return { record, bars, interval, hours: sessionHours(instrument), graph, grows: config.grows === true }
  })
}

/** Makes the strategies that a class stands for, each with its own instruments, lines and drafts on one account. */
export function makeHosts(make: new () => Strategy, shared: HostParts): StrategyHost[] {
  const tags: string[] = []
  return strategyParts(make).map((part, owner) => makeHost(part, shared, { owner, tags }))
}

function makeHost(
  part: StrategyPart,
  { config, broker, merge, sources, log, equity, trades, books }: HostParts,
  own: { readonly owner: number; readonly tags: string[] },
): StrategyHost {
  const runtime = new Runtime(broker, {
    ...runtimeSettings(config),
    ...{ clock: merge, log, equity, sources, ...own },
    results: () => trades.results((order) => books === undefined || ownerOf(broker.orders, order - 1) === own.owner),
    params: partParams(part, config.params),
    label: part.name,
    holdings: books?.holdings[own.owner],
  })
  runtime.sizer = sizerFor(config.sizer)
  const instruments = sources.map(({ record, graph }, index) => {
    return new InstrumentApi(record, ensureDefined(broker.account.markets[index], 'market'), graph, runtime)
  })
  runtime.instruments.push(...instruments)
  const strategy = constructStrategy(part.make, runtime)
  if (strategy.onOpen !== undefined && !brokerRules(config).cheatOnOpen) {
    log.add(Number.NaN, 'engine', 'onOpen is not called: the run has no cheat-on-open.')
  }
  return { runtime, instruments, strategy }
}

/** Tells the strategy of a fill of its order. */
export function tellFill({ strategy, runtime, instruments }: StrategyHost, row: number): void {
  if (runtime.orders.hasFollowers) moveFollowers(runtime, row)
  if (strategy.onFill === undefined) return
  const order = runtime.handle(row)
  strategy.onFill(instruments[order.instrument.index] as Instrument, order)
  if (runtime.hasDrafts) runtime.flush()
}

/** True for a strategy of bars and fills alone. */
export function isPlainHost({ strategy, runtime }: StrategyHost): boolean {
  return runtime.timers.isEmpty && runtime.coarseFeeds.running.length === 0 && strategy.onStep === undefined
}
