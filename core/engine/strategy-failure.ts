import type { Market } from '../broker/market.ts'
import { DomainError, isDomainError } from '../domain/errors.ts'
import type { InstrumentApi } from './instrument.ts'

/** What a strategy threw as a DomainError that names where it was: the bar of `instrument`. */
export function withPlace(
  failure: unknown,
  instrument: InstrumentApi | undefined,
  markets: readonly Market[],
): DomainError {
  const place = instrument === undefined ? {} : placeOf(instrument, markets[instrument.index])
  if (isDomainError(failure)) {
    return new DomainError(failure.code, { ...place, ...failure.data }, { cause: failure })
  }
  const message = failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure)
  return new DomainError('strategy.exception', { ...place, message }, { cause: failure })
}

/** The bar at which the strategy was: its open, as a chart labels it, on its exchange's clock. */
function placeOf(
  instrument: InstrumentApi,
  market: Market | undefined,
): { time?: number; zone?: string; instrument?: string } {
  if (market === undefined || !Number.isFinite(market.time)) return { instrument: instrument.symbol }
  return { instrument: instrument.symbol, time: market.time, zone: market.zone }
}
