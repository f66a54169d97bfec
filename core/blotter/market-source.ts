import type { BarSeries } from '../domain/bar-series.ts'
import type { DomainError } from '../domain/errors.ts'
import type { InstrumentId } from '../domain/ids.ts'
import type { InstrumentRecord } from '../domain/instrument.ts'
import type { QuoteSeries, TickSeries } from '../domain/market-columns.ts'
import type { MarketKind, MarketMessage } from '../domain/market-message.ts'

/** An instrument of ours and the text that the source knows it by. */
export interface SourceInstrument {
  readonly id: InstrumentId
  readonly symbol: string
}

/**
 * The life of a source's connection. `silent`: connected, but nothing came for longer than its watchdog allows, so it
 * is being reopened. `waiting`: the next attempt is at `until`. `failed`: it will not try again by itself.
 */
export type SourceState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'connecting'; readonly attempt: number }
  | { readonly kind: 'live' }
  | { readonly kind: 'silent'; readonly since: number }
  | { readonly kind: 'waiting'; readonly attempt: number; readonly until: number; readonly error: DomainError }
  | { readonly kind: 'failed'; readonly error: DomainError }

/** What a source tells. Calls come in the order of the facts; none comes after `stop` has resolved. */
export interface SourceListener {
  /** Raw: uncleaned, possibly late, doubled or crossed. Bars are those that the source makes itself. */
  message(message: MarketMessage): void
  state(state: SourceState): void
  /** Facts may have been missed for these instruments since that time (a reconnect, a skipped number): backfill. */
  gap(instruments: readonly InstrumentId[], since: number): void
  /** One request or stream failed without ending the connection; `instrument` null when it concerns all. */
  trouble(instrument: InstrumentId | null, error: DomainError): void
}

/** The clock of a source that looks by itself. */
export interface SourceClock {
  readonly now: () => number
  readonly every: (everyMs: number, call: () => void) => () => void
}

/** Ends a long reading of history: nothing more is asked of the source. */
export interface HistoryControl {
  readonly cancelled: () => boolean
}

/** The past, in parts ascending by time; a part may overlap the one before it, writing is idempotent. */
export interface SourceHistory {
  /** Intervals it can give; coarser ones are resampled from these by the blotter. */
  readonly intervals: readonly string[]
  bars(
    instrument: SourceInstrument,
    interval: string,
    period: { readonly from: number; readonly to: number },
    control: HistoryControl,
  ): AsyncIterable<BarSeries>
  readonly ticks:
    | ((
        instrument: SourceInstrument,
        period: { readonly from: number; readonly to: number },
        control: HistoryControl,
      ) => AsyncIterable<TickSeries>)
    | null
  readonly quotes:
    | ((
        instrument: SourceInstrument,
        period: { readonly from: number; readonly to: number },
        control: HistoryControl,
      ) => AsyncIterable<QuoteSeries>)
    | null
}

/**
 * Where market data comes from: an exchange, a broker, another blotter, a file, a simulation. A source keeps itself
 * connected (back-off with jitter, silence watchdog, its own rate limit) and subscribes again after a reconnect.
 */
export interface MarketSource {
  /** As configured, e.g. `binance`; the `source` of what it delivers. */
  readonly name: string
  /** What it can stream. */
  readonly streams: ReadonlySet<MarketKind>
  readonly history: SourceHistory | null
  /** Begins to connect; resolves at once, the state tells the rest. Calling it twice is a defect. */
  start(listener: SourceListener): void
  /** Wanted from now on, also after reconnects; known before `start` too. Replaces what was wanted of the instrument; empty kinds end it. */
  subscribe(instrument: SourceInstrument, kinds: ReadonlySet<MarketKind>): void
  /** Descriptions of what the source trades that match a text, at most `limit`; rejects with `source.unavailable`. */
  find(text: string, limit: number): Promise<readonly InstrumentRecord[]>
  /** Ends the connection; nothing is told afterwards. */
  stop(): Promise<void>
}
