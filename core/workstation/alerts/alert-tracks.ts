import { type Condition, instrumentOf } from '../../alerts/condition.ts'
import { barTrack, levelTrack, type Track, warmupOf } from '../../alerts/track.ts'
import { withLocalTime } from '../../data/local-time.ts'
import { type BarSeries, createBarSeries, sliceBars } from '../../domain/bar-series.ts'
import { barSpecMs, isMeasureSpec, parseInterval } from '../../domain/bar-spec.ts'
import { DomainError } from '../../domain/errors.ts'
import { upperBound } from '../../lib/columns.ts'
import type { Stores } from '../../stores/stores.ts'
import type { BarService } from '../bars.ts'

export interface TrackSources {
  readonly bars: BarService
  readonly stores: Stores
}

/** Bars read before the first moment, so that lines that remember for ever have settled. */
const settling = 8
const leastBars = 200
/** Time of a bar in times of its length: nights, weekends and holidays lie between bars. */
const calendarStretch = 5

/**
 * The track of a condition over the stored bars that have closed. `from`: moments before it are not asked for, or as far
 * back from the end as the operands need; null: all. Throws what reading bars and computing indicators throws.
 */
export async function storedBarTrack(
  sources: TrackSources,
  condition: Extract<Condition, { kind: 'bars' }>,
  from: number | 'end' | null,
): Promise<Track> {
  const { instrument, interval, left, right } = condition
  const lead = leadOf(interval, Math.max(warmupOf(left), warmupOf(right)))
  const end = await endOf(sources.stores, instrument)
  const start = from === null || !Number.isFinite(lead) ? null : (from === 'end' ? end : from) - lead
  const { bars, record, sourceInterval } = await sources.bars.read({ instrument, interval, from: start, to: null })
  const closed = sourceInterval === interval ? bars : closedBars(bars, interval, end)
  return barTrack(condition, withLocalTime(closed, record.zone))
}

/** The track of a condition on stored prints or quotes; empty where none are stored. */
export async function storedQuoteTrack(
  { stores }: TrackSources,
  { instrument, figure, relation, value }: Extract<Condition, { kind: 'quotes' }>,
  { from, until }: { readonly from: number | null; readonly until: number | null },
): Promise<Track> {
  if (figure === 'last') {
    const { time, price } = await stores.market.read('tick', instrument, from, until)
    return levelTrack(time, price, relation, value)
  }
  const { time, bid, ask } = await stores.market.read('quote', instrument, from, until)
  const figures =
    figure === 'bid' ? bid : figure === 'ask' ? ask : ask.map((price, row) => price - (bid[row] as number))
  return levelTrack(time, figures, relation, value)
}

/** Refuses what cannot be watched: `instrument.unknown`, and what `warmupOf` throws. */
export async function refuseUnwatchable({ stores }: TrackSources, condition: Condition): Promise<void> {
  if (condition.kind === 'session' || condition.kind === 'event') return
  const instrument = instrumentOf(condition)
  if ((await stores.instruments.get(instrument)) === null) throw new DomainError('instrument.unknown', { instrument })
  if (condition.kind !== 'bars') return
  for (const operand of [condition.left, condition.right]) {
    warmupOf(operand)
    // An output that there is not shows over no bars at all
    barTrack({ left: operand, relation: 'above', right: operand }, withLocalTime(createBarSeries(0), 'UTC'))
  }
}

/** Close of the last that is stored of an instrument. */
async function endOf(stores: Stores, instrument: string): Promise<number> {
  const own = (one: { readonly instrument: string }) => one.instrument === instrument
  const bars = (await stores.bars.coverage()).filter(own)
  const prints = (await stores.market.coverage()).filter((one) => own(one) && one.kind === 'tick')
  return Math.max(0, ...[...bars, ...prints].map(({ to }) => to))
}

/** Without the bar that may still form: bars of prints do not tell, and wait for the next. */
function closedBars(bars: BarSeries, interval: string, end: number): BarSeries {
  if (isMeasureSpec(parseInterval(interval))) return sliceBars(bars, 0, Math.max(0, bars.length - 1))
  return sliceBars(bars, 0, upperBound(bars.closeTime, end))
}

function leadOf(interval: string, warmup: number): number {
  const spec = parseInterval(interval)
  if (isMeasureSpec(spec)) return Number.POSITIVE_INFINITY
  return barSpecMs(spec) * calendarStretch * Math.max(leastBars, warmup * settling)
}
