import { type Line, type Operand, ownerOf } from './line.ts'

/** backtrader's functions over lines (01 section 6.7), bar by bar: undefined where an operand they need is undefined. */

const operate = (operator: string, operands: readonly [Line, ...Operand[]]): Line =>
  ownerOf(operands[0]).operate(operator, operands)

const folded = (operator: string, first: Line, rest: readonly Operand[]): Line =>
  rest.reduce<Line>((left, right) => operate(operator, [left, right]), first)

/** `a` where the condition is not 0, else `b` (backtrader's If). */
export function when(condition: Line, a: Operand, b: Operand): Line {
  return operate('when', [condition, a, b])
}

/** 1 where every operand is not 0, else 0 (And, All). */
export function and(first: Line, ...rest: readonly Operand[]): Line {
  return folded('and', first, rest)
}

/** 1 where some operand is not 0, else 0 (Or, Any). */
export function or(first: Line, ...rest: readonly Operand[]): Line {
  return folded('or', first, rest)
}

/** 1 where the line is 0, else 0. */
export function not(line: Line): Line {
  return operate('not', [line])
}

/** 1 where both are equal, else 0. */
export function equal(a: Line, b: Operand): Line {
  return operate('equal', [a, b])
}

/** The largest operand (Max). */
export function greatest(first: Line, ...rest: readonly Operand[]): Line {
  return folded('greater', first, rest)
}

/** The smallest operand (Min). */
export function least(first: Line, ...rest: readonly Operand[]): Line {
  return folded('smaller', first, rest)
}

/** The sum of the operands (Sum). */
export function total(first: Line, ...rest: readonly Operand[]): Line {
  return folded('plus', first, rest)
}

/** Combines the operands from the left, two at a time (Reduce): `reduce((a, b) => a.times(b), x, y, 2)`. */
export function reduce(combine: (left: Line, right: Operand) => Line, first: Line, ...rest: readonly Operand[]): Line {
  return rest.reduce<Line>((left, right) => combine(left, right), first)
}

/** −1 where a < b, 0 where they are equal, 1 where a > b (Cmp). */
export function compare(a: Line, b: Operand): Line {
  return a.above(b).minus(a.below(b))
}

export interface ComparedValues {
  readonly below: Operand
  readonly equal: Operand
  readonly above: Operand
}

/** The value named for the way `a` compares with `b` (CmpEx; upstream answers −1, 0, 1 bar by bar, X-07). */
export function compareTo(a: Line, b: Operand, values: ComparedValues): Line {
  return when(a.below(b), values.below, when(equal(a, b), values.equal, values.above))
}

/** a / b; `zero` where b is 0, undefined unless given (DivByZero). */
export function ratio(a: Line, b: Line, zero?: Operand): Line {
  const quotient = a.over(b)
  return zero === undefined ? quotient : when(equal(b, 0), zero, quotient)
}

/** a / b; where b is 0: `both` if a is 0 too, else `single`, undefined unless given (DivZeroByZero). */
export function ratioOrZero(a: Line, b: Line, single?: Operand, both: Operand = 0): Line {
  const quotient = a.over(b)
  return when(equal(b, 0), when(equal(a, 0), both, single ?? quotient), quotient)
}

/** a to the power of b. */
export function power(a: Line, b: Operand): Line {
  return operate('power', [a, b])
}

/** The largest whole number not above the line. */
export function floor(line: Line): Line {
  return operate('floor', [line])
}

/** The smallest whole number not below the line (backtrader2's Ceiling). */
export function ceiling(line: Line): Line {
  return operate('ceiling', [line])
}

/** The logarithm of the line to base 10, undefined where it is not above 0 (backtrader2's Log). */
export function logarithm(line: Line): Line {
  return operate('logarithm', [line])
}
