import { type Contract, EventName } from '@stoqey/ib'
import type { HistoryControl, SourceHistory, SourceInstrument } from '../../blotter/market-source.ts'
import { dayMs } from '../../data/civil.ts'
import { createPeriods, type Periods } from '../../data/periods.ts'
import { zoneClock } from '../../data/zone-offsets.ts'
import { type BarSeries, createBarSeries, sliceBars } from '../../domain/bar-series.ts'
import { isCalendarSpec, parseBarSpec } from '../../domain/bar-spec.ts'
import type { QuoteSeries, TickSeries } from '../../domain/market-columns.ts'
import type { TickMessage } from '../../domain/market-message.ts'
import { lowerBound } from '../../lib/columns.ts'
import { askIb } from './ib-ask.ts'
import type { IbConnection } from './ib-connection.ts'
import { hasPrints, ibContract } from './ib-contract.ts'
import { PrintOrdinals } from './print-ordinals.ts'
import { tickSeriesOf } from './tick-series-of.ts'

interface Period {
  readonly from: number
  readonly to: number
}

/** A connection to ask, and the pace at which it may be asked. */
export interface IbHistoryPort {
  readonly venue: string
  connection(): Promise<IbConnection>
  /** The zone of the contract's exchange, in which its days lie. */
  zone(instrument: SourceInstrument): Promise<string>
  /** Resolves when one more historical request may be sent: 60 in ten minutes, at most. */
  turn(): Promise<void>
}

const pageTicks = 1_000

/** Our interval → TWS's bar size and how much of it one request asks for, at most. */
const sizes: Readonly<Record<string, { readonly bar: string; readonly chunkMs: number }>> = {
  '1m': { bar: '1 min', chunkMs: dayMs },
  '5m': { bar: '5 mins', chunkMs: 7 * dayMs },
  '1h': { bar: '1 hour', chunkMs: 30 * dayMs },
  '1d': { bar: '1 day', chunkMs: 365 * dayMs },
}

/** The past as Interactive Brokers keeps it; its days lie in the zone of the exchange. */
export function ibHistory(port: IbHistoryPort): SourceHistory {
  return {
    intervals: Object.keys(sizes),
    bars: (instrument, interval, period, control) => barPages(port, { instrument, interval }, period, control),
    ticks: (instrument, period, control) => tickPages(port, instrument, period, control),
    quotes: (instrument, period, control) => quotePages(port, instrument, period, control),
  }
}

async function* barPages(
  port: IbHistoryPort,
  { instrument, interval }: { readonly instrument: SourceInstrument; readonly interval: string },
  period: Period,
  control: HistoryControl,
): AsyncGenerator<BarSeries> {
  const size = sizes[interval] as NonNullable<(typeof sizes)[string]>
  const contract = ibContract(instrument.symbol)
  const spec = parseBarSpec(interval)
  const days = isCalendarSpec(spec)
  const clock = zoneClock(days ? await port.zone(instrument) : 'UTC')
  const place = { periods: createPeriods(spec, clock), toUtc: (time: number) => (days ? clock.toUtc(time) : time) }
  for (let end = period.from; end < period.to && !control.cancelled(); ) {
    const start = end
    end = Math.min(start + size.chunkMs, Math.ceil(period.to / 1000) * 1000)
    await port.turn()
    const wanted = { end, bar: size.bar, duration: durationOf(end - start) }
    const bars = seriesOf(await historicalBars(port, contract, wanted), place)
    const page = sliceBars(bars, lowerBound(bars.time, period.from), lowerBound(bars.time, period.to))
    if (page.length > 0) yield page
  }
}

type BarRow = readonly [time: number, open: number, high: number, low: number, close: number, volume: number]

interface BarRequest {
  readonly end: number
  readonly bar: string
  readonly duration: string
}

async function historicalBars(port: IbHistoryPort, contract: Contract, wanted: BarRequest): Promise<BarRow[]> {
  const rows: BarRow[] = []
  const what = hasPrints(contract) ? 'TRADES' : 'MIDPOINT'
  const connection = await port.connection()
  await askIb({ connection, venue: port.venue }, (request, done) => {
    const deafen = connection.hear(
      EventName.historicalData,
      (id: number, time: string, ...[open, high, low, close, volume]: number[]) => {
        if (id !== request) return
        if (time.startsWith('finished')) return done()
        const prices = [open, high, low, close, volume] as [number, number, number, number, number]
        rows.push([barTime(time), ...prices])
      },
    )
    // Regular hours alone would leave the night of a future out; the session filter is the blotter's
    const { bar, duration } = wanted
    connection.api.reqHistoricalData(
      request,
      contract,
      twsTime(wanted.end),
      duration,
      bar as never,
      what as never,
      0,
      2,
      false,
    )
    return deafen
  })
  return rows
}

/** Epoch seconds; a day is `20261126` and stands here as its noon on the exchange's clock. */
function barTime(text: string): number {
  const day = /^(\d{4})(\d\d)(\d\d)$/.exec(text)
  return day === null ? Number(text) * 1000 : Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3]), 12)
}

/** TWS takes seconds up to a day, else whole days. */
function durationOf(length: number): string {
  return length < dayMs ? `${Math.max(60, Math.ceil(length / 1000))} S` : `${Math.ceil(length / dayMs)} D`
}

function twsTime(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replaceAll('-', '').replace('T', '-')
}

interface BarPlace {
  readonly periods: Periods
  readonly toUtc: (time: number) => number
}

function seriesOf(rows: readonly BarRow[], { periods, toUtc }: BarPlace): BarSeries {
  const bars = createBarSeries(rows.length)
  for (const [index, [time, open, high, low, close, volume]] of rows.entries()) {
    periods.seek(toUtc(time))
    bars.time[index] = periods.from
    bars.closeTime[index] = periods.to
    bars.open[index] = open
    bars.high[index] = high
    bars.low[index] = low
    bars.close[index] = close
    // -1: there is none
    bars.volume[index] = volume < 0 ? Number.NaN : volume
    bars.openInterest[index] = Number.NaN
  }
  return bars
}

async function* tickPages(
  port: IbHistoryPort,
  instrument: SourceInstrument,
  period: Period,
  control: HistoryControl,
): AsyncGenerator<TickSeries> {
  const contract = ibContract(instrument.symbol)
  for await (const rows of tickRows<LastRow>(port, { contract, what: 'TRADES', period, control })) {
    const ordinals = new PrintOrdinals()
    const ticks = rows.map(
      ({ time, price, size }): TickMessage => ({
        kind: 'tick',
        instrument: instrument.id,
        ...{ time: time * 1000, price, size, side: 0, id: ordinals.idOf(undefined, time) },
      }),
    )
    yield tickSeriesOf(ticks)
  }
}

interface LastRow {
  readonly time: number
  readonly price: number
  readonly size: number
}

interface BidAskRow {
  readonly time: number
  readonly priceBid: number
  readonly priceAsk: number
  readonly sizeBid: number
  readonly sizeAsk: number
}

async function* quotePages(
  port: IbHistoryPort,
  instrument: SourceInstrument,
  period: Period,
  control: HistoryControl,
): AsyncGenerator<QuoteSeries> {
  const contract = ibContract(instrument.symbol)
  for await (const rows of tickRows<BidAskRow>(port, { contract, what: 'BID_ASK', period, control })) {
    // A quote's key is its time: the last of a second stands for it
    const kept = rows.filter((row, index) => row.time !== rows[index + 1]?.time)
    const column = (of: (row: BidAskRow) => number) => Float64Array.from(kept, of)
    yield {
      length: kept.length,
      time: column(({ time }) => time * 1000),
      bid: column(({ priceBid }) => priceBid),
      ask: column(({ priceAsk }) => priceAsk),
      bidSize: column(({ sizeBid }) => sizeBid),
      askSize: column(({ sizeAsk }) => sizeAsk),
    }
  }
}

interface TickQuestion {
  readonly contract: Contract
  readonly what: 'TRADES' | 'BID_ASK'
  readonly period: Period
  readonly control: HistoryControl
}

/** Pages end with a whole second, so the next one begins with the second after it. */
async function* tickRows<Row extends { readonly time: number }>(
  port: IbHistoryPort,
  { contract, what, period, control }: TickQuestion,
): AsyncGenerator<Row[]> {
  const event = what === 'TRADES' ? EventName.historicalTicksLast : EventName.historicalTicksBidAsk
  let from = period.from
  while (from < period.to && !control.cancelled()) {
    let rows: Row[] = []
    await port.turn()
    const connection = await port.connection()
    await askIb({ connection, venue: port.venue }, (request, done) => {
      const deafen = connection.hear(event, (id: number, page: Row[], complete: boolean) => {
        if (id !== request) return
        rows = [...rows, ...page]
        if (complete) done()
      })
      const start = twsTime(from)
      connection.api.reqHistoricalTicks(request, contract, start, '', pageTicks, what as never, 0, false)
      return deafen
    })
    const last = rows.at(-1)
    if (last === undefined) return
    const wanted = rows.filter(({ time }) => time * 1000 >= period.from && time * 1000 < period.to)
    if (wanted.length > 0) yield wanted
    from = (last.time + 1) * 1000
  }
}
