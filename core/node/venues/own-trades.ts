import type { VenueFill } from '../../broker/venue/venue-messages.ts'
import type { ExchangeFee, OwnTrade } from './trading-client.ts'

/** One of our executions as the engine is told of it; `time`: when it was. */
export function fillOf(
  id: string,
  trade: OwnTrade,
  { base, quote, settle }: { readonly base: string; readonly quote: string; readonly settle?: string },
  time: number,
): VenueFill {
  const { price, amount: quantity } = trade
  const fees = (trade.fees?.length ?? 0) > 0 ? (trade.fees ?? []) : trade.fee === undefined ? [] : [trade.fee]
  const known = fees.filter(({ cost }) => (cost ?? 0) !== 0)
  const isMoney = ({ currency }: ExchangeFee) => currency === (settle ?? quote)
  const isUnits = ({ currency }: ExchangeFee) => settle === undefined && currency === base
  const others = known.filter((fee) => !isMoney(fee) && !isUnits(fee))
  return {
    ...{ kind: 'fill', id, trade: tradeName(trade), time, quantity, price },
    fee: sum(known.filter(isMoney)),
    unitFee: sum(known.filter(isUnits)),
    otherFee: others.map(({ cost, currency }) => `${cost} ${currency}`).join(' + '),
  }
}

/** The venue's name of it; where it has none, what it was. */
export function tradeName({ id, timestamp, price, amount }: OwnTrade): string {
  return id ?? `${timestamp} ${price} ${amount}`
}

function sum(fees: readonly ExchangeFee[]): number {
  return fees.reduce((total, { cost }) => total + (cost ?? 0), 0)
}
