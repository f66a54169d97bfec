const tolerance = 1e-6

/**
 * The price on the instrument's tick grid: the nearest tick when the price is on it up to rounding, else the next one
 * in `direction` (1 up, −1 down). Ticks below 1 are counted in fractions, so that 0.01 gives the double of the decimal.
 */
export function snapPrice(price: number, tickSize: number, direction: number): number {
  const perUnit = Math.round(1 / tickSize)
  const fractional = tickSize < 1 && Math.abs(perUnit * tickSize - 1) < tolerance
  const ticks = fractional ? price * perUnit : price / tickSize
  const nearest = Math.round(ticks)
  let count = nearest
  if (Math.abs(ticks - nearest) > tolerance) count = direction > 0 ? Math.ceil(ticks) : Math.floor(ticks)
  return fractional ? count / perUnit : count * tickSize
}
