import type { HistoryControl, SourceHistory, SourceInstrument } from '../../blotter/market-source.ts'
import { type BarSeries, createBarSeries } from '../../domain/bar-series.ts'
import { barSpecMs, parseBarSpec } from '../../domain/bar-spec.ts'
import type { TickSeries } from '../../domain/market-columns.ts'
import type { Clock } from '../../lib/clock.ts'
import { type ExchangeCandle, type ExchangeClient, exchangeError } from './exchange-client.ts'
import { tickOf } from './exchange-feed.ts'
import { PrintOrdinals } from './print-ordinals.ts'
import { tickSeriesOf } from './tick-series-of.ts'

interface Period {
  readonly from: number
  readonly to: number
}

/** Opened on first use. */
type Client = () => Promise<ExchangeClient>

const pageBars = 1_000
const pagePrints = 1_000
/** Exchanges answer for about an hour when asked for prints since a time. */
const printWindowMs = 3_600_000

/** What exchanges keep of the past, page by page; ccxt paces the requests by the exchange's own limits. */
export function exchangeHistory(client: Client, venue: string, clock: Clock): SourceHistory {
  return {
    intervals: ['1m', '5m', '15m', '1h', '1d'],
    bars: (instrument, interval, period, control) =>
      named(venue, barPages({ client, clock, instrument, interval }, period, control)),
    ticks: (instrument, period, control) => named(venue, printPages(client, instrument, period, control)),
    quotes: null,
  }
}

/** The pages, their failures in our words. */
async function* named<Page>(venue: string, pages: AsyncIterable<Page>): AsyncGenerator<Page> {
  try {
    yield* pages
  } catch (failure) {
    throw exchangeError(failure, venue)
  }
}

interface BarQuestion {
  readonly client: Client
  readonly clock: Clock
  readonly instrument: SourceInstrument
  readonly interval: string
}

async function* barPages(question: BarQuestion, period: Period, control: HistoryControl): AsyncGenerator<BarSeries> {
  const { instrument, interval, clock } = question
  const client = await question.client()
  const length = barSpecMs(parseBarSpec(interval))
  let since = Math.ceil(period.from / length) * length
  while (since < period.to && !control.cancelled()) {
    const candles = await client.fetchOHLCV(instrument.symbol, interval, since, pageBars)
    const last = candles.at(-1)
    if (last === undefined || last[0] < since) return
    // The newest candle may still be forming
    const end = Math.min(period.to, clock.now() - length + 1)
    const closed = candles.filter(([time]) => time >= since && time < end)
    if (closed.length > 0) yield seriesOf(closed, length)
    if (closed.length < candles.length && last[0] >= end) return
    since = last[0] + length
  }
}

function seriesOf(candles: readonly ExchangeCandle[], length: number): BarSeries {
  const bars = createBarSeries(candles.length)
  for (const [index, [time, open, high, low, close, volume]] of candles.entries()) {
    bars.time[index] = time
    bars.closeTime[index] = time + length
    bars.open[index] = open
    bars.high[index] = high
    bars.low[index] = low
    bars.close[index] = close
    bars.volume[index] = volume ?? Number.NaN
    bars.openInterest[index] = Number.NaN
  }
  return bars
}

async function* printPages(
  client: Client,
  instrument: SourceInstrument,
  period: Period,
  control: HistoryControl,
): AsyncGenerator<TickSeries> {
  const open = await client()
  let since = period.from
  while (since < period.to && !control.cancelled()) {
    const ordinals = new PrintOrdinals()
    const trades = await open.fetchTrades(instrument.symbol, since, pagePrints)
    const ticks = trades.map((trade) => tickOf(instrument.id, trade, ordinals))
    const wanted = ticks.filter(({ time }) => time >= period.from && time < period.to)
    if (wanted.length > 0) yield tickSeriesOf(wanted)
    since = nextPage(since, ticks.at(-1)?.time)
  }
}

/**
 * How many prints a page holds differs from exchange to exchange, so the next begins at the last print of this one
 * (whose millisecond may have been cut) and only an empty page lets a window pass.
 */
function nextPage(since: number, last: number | undefined): number {
  if (last === undefined) return since + printWindowMs
  return last > since ? last : since + 1
}
