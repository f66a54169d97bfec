/**
 * How often `divisor` goes into `dividend` exactly, rounded down: unlike `Math.floor(a / b)` no rounding of the
 * quotient comes first (57.01 / 0.01 rounds to 5701, but 0.01 is a little more than a hundredth and fits 5700 times).
 * Both > 0 or dividend 0; NaN and infinities give NaN.
 */
export function floorDivide(dividend: number, divisor: number): number {
  const rest = dividend % divisor
  const quotient = (dividend - rest) / divisor
  const whole = Math.round(quotient)
  return rest !== 0 && rest > 0 !== divisor > 0 ? whole - 1 : whole
}
