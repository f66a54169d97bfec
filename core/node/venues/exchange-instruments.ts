import { instrumentId } from '../../domain/ids.ts'
import type { InstrumentRecord } from '../../domain/instrument.ts'
import type { ExchangeMarket } from './exchange-client.ts'

/** Markets whose symbol or base holds the text, active ones alone, as instruments: `BTC/USDT` of binance is `BTCUSDT.BINANCE`. */
export function instrumentsOf(
  markets: Readonly<Record<string, ExchangeMarket>>,
  question: { readonly exchange: string; readonly text: string; readonly limit: number },
): InstrumentRecord[] {
  const wanted = plain(question.text)
  const found: InstrumentRecord[] = []
  for (const market of Object.values(markets)) {
    if (found.length >= question.limit) break
    if (market.active === false || !plain(market.symbol).includes(wanted)) continue
    const record = recordOf(market, question.exchange)
    if (record !== undefined) found.push(record)
  }
  return found
}

/** Undefined where the exchange's name of it cannot be an id of ours, or it does not say what a price step is. */
function recordOf(market: ExchangeMarket, exchange: string): InstrumentRecord | undefined {
  const id = instrumentId(`${plain(market.symbol)}.${exchange.toUpperCase()}`)
  const { price: tickSize, amount: lotSize } = market.precision
  if (id === undefined || tickSize === undefined || lotSize === undefined) return undefined
  return {
    id,
    symbol: market.symbol,
    name: `${market.base} in ${market.quote}, ${market.type}, ${exchange}`,
    kind: 'crypto',
    currency: market.quote,
    tickSize,
    lotSize,
    multiplier: market.contractSize ?? 1,
    zone: 'UTC',
    simulated: false,
  }
}

function plain(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9-]/g, '')
}
