import { LiveBars } from '../../blotter/live-bars.ts'
import type { BarRow } from '../../data/growing-bars.ts'
import { type BarSeries, barColumnNames } from '../../domain/bar-series.ts'
import type { BarMessage, MarketMessage } from '../../domain/market-message.ts'
import type { LiveEvent } from '../../engine/live/live-event.ts'
import { BarBarrier } from './bar-barrier.ts'
import { LiveBook } from './live-book.ts'
import type { LiveHears } from './live-port.ts'
import type { LiveRecord } from './live-record.ts'

/** How long bars of one time wait for those of other instruments, ms. */
const barPatienceMs = 3_000
const graceMs = 250
/** Levels of each side that a strategy is shown. */
const bookDepth = 20

export interface LiveFeed {
  /** A message of the blotter; those that are not for the session are left. */
  take(message: MarketMessage, now: number): void
  /** Bars of the store that came while nobody listened, one series for each instrument. */
  catchUp(series: readonly BarSeries[], now: number): number
  /** Hands out what has waited long enough. */
  passTime(now: number): void
}

/**
 * Makes events of what the blotter tells. With ticks the session cuts its own bars from them, so that a bar always
 * comes before the first tick after it; otherwise it takes the closed bars of its interval.
 */
export function createLiveFeed(
  { config, instruments }: LiveRecord,
  options: {
    readonly hears: LiveHears
    /** Bars that close by then are known already. */
    readonly after: number
    readonly now: number
    readonly push: (event: LiveEvent) => void
  },
): LiveFeed {
  const { hears, push } = options
  const places = new Map<string, number>(instruments.map(({ id }, index) => [id, index]))
  const barrier = new BarBarrier(instruments.length, options.after, barPatienceMs, (bars) =>
    push({ kind: 'bars', bars }),
  )
  const books = instruments.map(() => new LiveBook())
  let clock = options.now
  const cutters = instruments.map(({ id, zone }, index) => {
    const rules = { instrument: id, intervals: [config.interval], zone, graceMs }
    return new LiveBars(rules, options.now, (bar) => barrier.add(index, rowOf(bar), clock))
  })
  const takeTick = (index: number, message: Extract<MarketMessage, { kind: 'tick' }>) => {
    const { time, price, size } = message
    cutters[index]?.tick(time, price, size)
    push({ kind: 'tick', instrument: index, data: { time, price, size } })
  }
  const takeQuote = (index: number, { time, bid, ask, bidSize, askSize }: Extract<MarketMessage, { kind: 'quote' }>) =>
    push({ kind: 'quote', instrument: index, data: { time, bid, ask, bidSize, askSize } })
  const takeBook = (index: number, message: Extract<MarketMessage, { kind: 'book' }>) => {
    const book = books[index]
    if (book === undefined) return
    book.apply(message)
    push({ kind: 'order-book', instrument: index, data: book.top(message.time, bookDepth) })
  }
  return {
    take(message, now) {
      clock = now
      const index = places.get(message.instrument)
      // What a source repeats of the time before is known
      if (index === undefined || message.time < options.after) return
      if (message.kind === 'tick' && hears.tick) takeTick(index, message)
      else if (message.kind === 'quote' && hears.quote) takeQuote(index, message)
      else if (message.kind === 'book' && hears.book) takeBook(index, message)
      else if (message.kind === 'bar' && !hears.tick && message.closed && message.interval === config.interval)
        barrier.add(index, rowOf(message), now)
    },
    catchUp(series, now) {
      let taken = 0
      for (const [index, bars] of series.entries()) {
        for (let row = 0; row < bars.length; row++) if (barrier.add(index, seriesRow(bars, row), now)) taken++
      }
      return taken
    },
    passTime(now) {
      clock = now
      if (hears.tick) for (const cutter of cutters) cutter.closeBy(now)
      barrier.passTime(now)
    },
  }
}

function rowOf({ time, closeTime, open, high, low, close, volume, openInterest }: BarMessage): BarRow {
  return { time, closeTime, open, high, low, close, volume, openInterest }
}

function seriesRow(bars: BarSeries, row: number): BarRow {
  return Object.fromEntries(barColumnNames.map((name) => [name, bars[name][row] as number])) as unknown as BarRow
}
