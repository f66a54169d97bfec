import type { z } from 'zod'
import type { liveConfigSchema } from '../../contract/live-schemas.ts'
import { type BarColumnName, type BarSeries, barColumnNames, createBarSeries } from '../../domain/bar-series.ts'
import type { InstrumentRecord } from '../../domain/instrument.ts'
import type { LiveEvent } from '../../engine/live/live-event.ts'
import { usualBroker } from '../backtests.ts'
import type { CompiledStrategy } from '../compiled-strategy.ts'
import type { LiveInput } from './live-port.ts'

export type LiveConfig = z.output<typeof liveConfigSchema>

/** Bars as JSON: NaN is null. */
type StoredBars = Readonly<Record<BarColumnName, readonly (number | null)[]>>

/** All that restores a session, together with its journal. Plain JSON. */
export interface LiveRecord {
  readonly version: 1
  readonly config: LiveConfig
  readonly bundle: CompiledStrategy
  readonly instruments: readonly InstrumentRecord[]
  /** The bars before the session, as they were when it began. */
  readonly history: readonly StoredBars[]
  /** Close of the last of them, or when the session began. */
  readonly leadIn: number
  readonly engineBuild: string
  /** Of a session on a real account: how its orders are named there. */
  readonly venue?: { readonly prefix: string }
}

/** Names of a session's orders at a venue begin so: ours to see, no other session's, and short enough for every venue. */
export function venuePrefix(session: string): string {
  return `tw-${session.replaceAll('-', '').slice(-12)}`
}

export function storedBars(bars: BarSeries): StoredBars {
  const columns = barColumnNames.map((name) => [name, Array.from(bars[name], finiteOrNull)] as const)
  return Object.fromEntries(columns) as Record<BarColumnName, (number | null)[]>
}

export function barsFrom(stored: StoredBars): BarSeries {
  const bars = createBarSeries(stored.time.length)
  for (const name of barColumnNames) bars[name].set(stored[name].map((value) => value ?? Number.NaN))
  return bars
}

/** What the engine is opened with. */
export function liveInput({ config, instruments, history, leadIn, venue }: LiveRecord): LiveInput {
  const { params, interval, hours, cash, commission, slippage, fillPolicy, seed, sizer, limits } = config
  return {
    ...{ params, cash, commission, slippage, fillPolicy, seed, sizer, limits, leadIn },
    broker: { ...usualBroker('default'), ...config.broker, ...(venue === undefined ? {} : { lots: 'whole' as const }) },
    ...(venue === undefined ? {} : { venue }),
    instruments: instruments.map((record, index) => ({
      ...{ record, interval, hours },
      bars: barsFrom(history[index] as StoredBars),
    })),
  }
}

/** The event of a journal's entry; JSON has made null of each NaN of its bars and prices. */
export function eventFrom(data: unknown): LiveEvent {
  const event = data as LiveEvent
  if (event.kind === 'bars') {
    return { ...event, bars: event.bars.map(({ instrument, bar }) => ({ instrument, bar: withNaN(bar) })) }
  }
  if (event.kind === 'tick') return { ...event, data: withNaN(event.data) }
  if (event.kind === 'quote') return { ...event, data: withNaN(event.data) }
  return event
}

function withNaN<Row extends object>(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? Number.NaN])) as Row
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
