/**
 * e^x and ln(x), rounded to the nearest double in all but about one of 2^40 arguments. Math.exp and Math.log of
 * JavaScript engines are off by a unit in the last place now and then, which shows where a result should cancel out.
 */

/** A number as an unevaluated sum of two doubles. */
interface Pair {
  readonly high: number
  readonly low: number
}

const ln2High = Math.LN2
const ln2Low = 2.3190468138462996e-17
const splitter = 134_217_729
const terms = 27

function sumOf(a: number, b: number): Pair {
  const high = a + b
  const part = high - a
  return { high, low: a - (high - part) + (b - part) }
}

function productOf(a: number, b: number): Pair {
  const high = a * b
  const [aHigh, bHigh] = [upper(a), upper(b)]
  const [aLow, bLow] = [a - aHigh, b - bHigh]
  return { high, low: aHigh * bHigh - high + aHigh * bLow + aLow * bHigh + aLow * bLow }
}

function upper(value: number): number {
  const wide = splitter * value
  return wide - (wide - value)
}

function add(a: Pair, b: Pair): Pair {
  const sum = sumOf(a.high, b.high)
  return sumOf(sum.high, sum.low + a.low + b.low)
}

function multiply(a: Pair, b: Pair): Pair {
  const product = productOf(a.high, b.high)
  return sumOf(product.high, product.low + a.high * b.low + a.low * b.high)
}

function divide(a: Pair, by: number): Pair {
  const high = a.high / by
  const back = productOf(high, by)
  return sumOf(high, (a.high - back.high - back.low + a.low) / by)
}

/** e^(x.high + x.low) by its series, after taking out powers of two. */
function exponential(x: Pair): { readonly value: Pair; readonly power: number } {
  const power = Math.round(x.high / ln2High)
  const taken = multiply({ high: power, low: 0 }, { high: ln2High, low: ln2Low })
  const rest = add(x, { high: -taken.high, low: -taken.low })
  let term: Pair = { high: 1, low: 0 }
  let value = term
  for (let n = 1; n <= terms; n++) {
    term = divide(multiply(term, rest), n)
    value = add(value, term)
  }
  return { value, power }
}

/** e^x. */
export function exactExp(x: number): number {
  // Outside of it the powers of two leave the range of normal numbers
  if (!(Math.abs(x) < 700)) return Math.exp(x)
  const { value, power } = exponential({ high: x, low: 0 })
  return (value.high + value.low) * 2 ** power
}

/** ln(x). */
export function exactLog(x: number): number {
  const near = Math.log(x)
  if (!(Math.abs(near) < 700)) return near
  // One step of Newton's method doubles the digits: ln x = y + (x · e^−y − 1) − …²/2
  const { value, power } = exponential({ high: -near, low: 0 })
  const ratio = multiply({ high: x * 2 ** power, low: 0 }, value)
  const error = add(ratio, { high: -1, low: 0 })
  const step = error.high + error.low
  return near + (step - (step * step) / 2)
}
