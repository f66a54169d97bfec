import type { PlaceIntent } from '../../broker/venue/venue-messages.ts'
import type { TradingClient } from './trading-client.ts'

const sure = 1e-9

/** Why an order must not be sent: ccxt rounds prices half-way and cuts quantities, so what is not on the exchange's grid stays here. */
export function gridTrouble(client: TradingClient, symbol: string, { quantity, price }: PlaceIntent): string | null {
  const differs = (value: number, text: string) => Math.abs(Number(text) - value) > Math.abs(value) * sure
  const units = client.amountToPrecision(symbol, quantity)
  if (differs(quantity, units)) return `${quantity} units are not on the grid of ${symbol} (${units} would be)`
  if (price === null) return null
  const level = client.priceToPrecision(symbol, price)
  return differs(price, level) ? `the price ${price} is not on the grid of ${symbol} (${level} would be)` : null
}
