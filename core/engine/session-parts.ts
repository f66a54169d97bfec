import type { Broker } from '../broker/broker.ts'
import type { BrokerOptions } from '../broker/broker-options.ts'
import type { FinerPrices } from '../broker/intrabar-walk.ts'
import { Market, type MarketColumns } from '../broker/market.ts'
import { SimulatedBroker } from '../broker/simulated-broker.ts'
import { VenueBroker } from '../broker/venue/venue-broker.ts'
import { calendarOf, namedCalendar } from '../data/named-calendars.ts'
import type { QuoteColumns, TickColumns } from '../domain/market-columns.ts'
import { brokerRules, commissionFor } from './broker-config.ts'
import type { RunConfig, RunInstrument } from './run-config.ts'
import type { RunLog } from './run-log.ts'
import type { RuntimeOptions } from './runtime.ts'
import { type SessionHours, wholeDay } from './timer-schedule.ts'

const dayMs = 86_400_000

/** A market for each instrument of a run, before its first bar. */
export function openMarkets(config: RunConfig): Market[] {
  return config.instruments.map(({ record, bars, contracts }, index) => {
    const commission = commissionFor(config, record)
    // Upstream knows no calendars
    const days = config.profile === 'backtrader' ? undefined : calendarOf(record.calendar)
    const spans = config.profile === 'backtrader' ? undefined : contracts
    return new Market({ index, commission, columns: bars, sessionEnd: dayMs, zone: record.zone, days, spans })
  })
}

/** The broker of a run: simulated, or the one that speaks for a real venue. */
export function openBroker(
  config: RunConfig,
  {
    longest,
    log,
    ...parts
  }: Pick<BrokerOptions, 'markets' | 'arena' | 'listener'> & {
    /** Bars of the instrument that has most. */
    readonly longest: number
    readonly log: RunLog
  },
): Broker {
  const options = {
    ...parts,
    rules: brokerRules(config),
    cash: config.cash,
    fundStart: config.exact?.fundStart ?? config.broker?.fund?.start,
    orderCapacity: Math.ceil(longest / 16),
  }
  if (config.venue === undefined) return new SimulatedBroker({ ...options, finer: finerPrices(config) })
  const grids = config.instruments.map(({ record }) => record)
  const note = (text: string) => log.add(Math.max(...parts.markets.map(({ heardAt }) => heardAt)), 'engine', text)
  return new VenueBroker({ ...options, grids, note, prefix: config.venue.prefix })
}

/** The finer prices that a run's fill policy walks through; none for policies that match whole bars. */
function finerPrices({ instruments, fillPolicy }: RunConfig): (FinerPrices | undefined)[] {
  return instruments.map(({ finer, ticks, quotes }) => {
    if (fillPolicy === 'magnified') return finer === undefined ? undefined : { buy: finer, sell: finer }
    if (fillPolicy === 'tick') return ticks === undefined ? undefined : tickPrices(ticks)
    return fillPolicy === 'quote' && quotes !== undefined ? quotePrices(quotes) : undefined
  })
}

/** Bars that are nothing but a price. */
function points(time: Float64Array, price: Float64Array, volume: Float64Array): MarketColumns {
  return { time, closeTime: time, open: price, high: price, low: price, close: price, volume }
}

function tickPrices({ time, price, size }: TickColumns): FinerPrices {
  const ticks = points(time, price, size)
  return { buy: ticks, sell: ticks }
}

function quotePrices({ time, bid, ask, bidSize, askSize }: QuoteColumns): FinerPrices {
  return { buy: points(time, ask, askSize), sell: points(time, bid, bidSize) }
}

/** What a runtime takes from the configuration as it is. */
export function runtimeSettings(
  config: RunConfig,
): Pick<RuntimeOptions, 'params' | 'isStrict' | 'snaps' | 'wholeLots' | 'exitsOnce' | 'profile' | 'place'> {
  const [first] = config.instruments
  return {
    params: config.params,
    isStrict: config.isStrict === true,
    snaps: config.profile !== 'backtrader',
    wholeLots: config.broker?.lots === 'whole',
    exitsOnce: config.broker?.exits === 'once',
    profile: config.profile,
    place: { zone: first?.record.zone ?? 'UTC', hours: first === undefined ? wholeDay : sessionHours(first) },
  }
}

/** The hours that a run gives an instrument, else those of its calendar (a session within one day), else whole days. */
export function sessionHours({ hours, record }: RunInstrument): SessionHours {
  const named = record.calendar === undefined ? undefined : namedCalendar(record.calendar)
  if (hours !== undefined || named === undefined || named.open >= named.close) return hours ?? wholeDay
  return { start: named.open, end: named.close }
}
