/** The price on the grid of ticks that is nearest; without a tick size the price itself. No digits beyond the tick's. */
export function onTick(price: number, tickSize: number): number {
  if (!(tickSize > 0)) return price
  const digits = Math.max(0, Math.ceil(-Math.log10(tickSize)) + 2)
  return Number((Math.round(price / tickSize) * tickSize).toFixed(Math.min(12, digits)))
}
