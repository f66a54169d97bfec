import { findBacktraderAlias } from '../../core/indicators/backtrader-aliases.ts'
import type { LineGraph } from '../../core/indicators/graph.ts'
import type { Line, Operand } from '../../core/indicators/line.ts'
import {
  and,
  compare,
  compareTo,
  greatest,
  least,
  or,
  ratio,
  ratioOrZero,
  total,
  when,
} from '../../core/indicators/line-functions.ts'
import { backtraderLines, UnsupportedCase } from './indicator-lines.ts'

/**
 * The small language in which the reference files write line expressions: Python operators over bar lines, `line(-n)`
 * for delays, backtrader's line functions and its indicators by any of their names, `x.line` for one line of several.
 */

type Value = Operand | ReadonlyMap<string, Line>

const tokenPattern = /\s*(\d+(?:\.\d+)?|[A-Za-z_]\w*|\*\*|\/\/|>=|<=|==|!=|[-+*/()<>,.=])/y
const precedence: Readonly<Record<string, number>> = {
  '>': 1,
  '<': 1,
  '>=': 1,
  '<=': 1,
  '==': 1,
  '!=': 1,
  '+': 2,
  '-': 2,
  '*': 3,
  '/': 3,
  '//': 3,
}
const operatorNames: Readonly<Record<string, string>> = {
  '>': 'above',
  '<': 'below',
  '>=': 'atLeast',
  '<=': 'atMost',
  '==': 'equal',
  '!=': 'unequal',
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
  '/': 'over',
}

/** The line that an expression means on these bars; throws UnsupportedCase for a function we do not have. */
export function expressionLine(graph: LineGraph, text: string): Line {
  const parser = new ExpressionParser(graph, text)
  return parser.whole()
}

/** All lines of the indicator that an expression calls. */
export function expressionLines(graph: LineGraph, text: string): ReadonlyMap<string, Line> {
  return new ExpressionParser(graph, text).wholeCall()
}

class ExpressionParser {
  readonly #graph: LineGraph
  readonly #text: string
  readonly #tokens: string[] = []
  #next = 0

  constructor(graph: LineGraph, text: string) {
    this.#graph = graph
    this.#text = text
    tokenPattern.lastIndex = 0
    while (tokenPattern.lastIndex < text.trimEnd().length) {
      const match = tokenPattern.exec(text)
      if (match?.[1] === undefined) throw new UnsupportedCase(`cannot read ${text}`)
      this.#tokens.push(match[1])
    }
  }

  whole(): Line {
    const line = this.#asLine(this.#binary(1))
    if (this.#next < this.#tokens.length) throw new UnsupportedCase(`cannot read ${this.#text}`)
    return line
  }

  wholeCall(): ReadonlyMap<string, Line> {
    const value = this.#binary(1)
    if (!(value instanceof Map) || this.#next < this.#tokens.length) throw new UnsupportedCase(`no call: ${this.#text}`)
    return value
  }

  #peek(): string | undefined {
    return this.#tokens[this.#next]
  }

  #take(): string {
    const token = this.#tokens[this.#next++]
    if (token === undefined) throw new UnsupportedCase(`${this.#text} ends too early`)
    return token
  }

  #expect(token: string): void {
    if (this.#take() !== token) throw new UnsupportedCase(`cannot read ${this.#text}: no ${token}`)
  }

  #asLine(value: Value): Line {
    if (typeof value === 'number') return this.#graph.constant(value)
    if (value instanceof Map) return [...value.values()][0] as Line
    return value as Line
  }

  #operand(value: Value): Operand {
    return typeof value === 'number' ? value : this.#asLine(value)
  }

  #binary(lowest: number): Value {
    let left = this.#unary()
    for (;;) {
      const operator = this.#peek()
      const strength = operator === undefined ? undefined : precedence[operator]
      if (operator === undefined || strength === undefined || strength < lowest) return left
      this.#next++
      const right = this.#binary(strength + 1)
      left = this.#operate(operator, left, right)
    }
  }

  #operate(operator: string, left: Value, right: Value): Value {
    const operands = [this.#operand(left), this.#operand(right)]
    if (operator === '//') return this.#graph.operate('floor', [this.#graph.operate('over', operands)])
    return this.#graph.operate(operatorNames[operator] as string, operands)
  }

  #unary(): Value {
    if (this.#peek() !== '-') return this.#power()
    this.#next++
    const value = this.#unary()
    return typeof value === 'number' ? -value : this.#asLine(value).negated()
  }

  #power(): Value {
    const base = this.#postfix()
    if (this.#peek() !== '**') return base
    this.#next++
    return this.#graph.operate('power', [this.#operand(base), this.#operand(this.#unary())])
  }

  #postfix(): Value {
    let value = this.#primary()
    for (;;) {
      if (this.#peek() === '.') {
        this.#next++
        value = this.#lineOf(value, this.#take())
      } else if (this.#peek() === '(') {
        this.#next++
        const shift = this.#binary(1)
        this.#expect(')')
        if (typeof shift !== 'number' || shift >= 0) throw new UnsupportedCase(`shift of ${this.#text}`)
        value = this.#asLine(value).ago(-shift)
      } else {
        return value
      }
    }
  }

  #lineOf(value: Value, name: string): Line {
    const line = value instanceof Map ? (value as ReadonlyMap<string, Line>).get(name) : undefined
    if (line === undefined) throw new UnsupportedCase(`no line ${name} in ${this.#text}`)
    return line
  }

  #primary(): Value {
    const token = this.#take()
    if (token === '(') {
      const value = this.#binary(1)
      this.#expect(')')
      return value
    }
    if (/^\d/.test(token)) return Number(token)
    switch (token) {
      case 'open':
      case 'high':
      case 'low':
      case 'close':
      case 'volume':
        return this.#graph[token]
    }
    // `EMA 10` is an average of the closes; so is `sma15`
    const peeked = this.#peek()
    if (peeked !== undefined && /^\d/.test(peeked)) return this.#call(token, [Number(this.#take())], {})
    const short = /^([a-z]+)(\d+)$/.exec(token)
    if (short !== null) return this.#call((short[1] as string).toUpperCase(), [Number(short[2])], {})
    return this.#callWithArguments(token)
  }

  #callWithArguments(name: string): Value {
    this.#expect('(')
    const positional: Value[] = []
    const named: Record<string, number> = {}
    while (this.#peek() !== ')') {
      if (this.#tokens[this.#next + 1] === '=') {
        const key = this.#take()
        this.#next++
        named[key] = Number(this.#unary())
      } else {
        positional.push(this.#binary(1))
      }
      if (this.#peek() === ',') this.#next++
    }
    this.#next++
    return this.#call(name, positional, named)
  }

  #call(name: string, args: readonly Value[], named: Readonly<Record<string, number>>): Value {
    const lineFunction = lineFunctions[name]
    if (lineFunction !== undefined) {
      return lineFunction(
        this.#graph,
        args.map((value) => this.#operand(value)),
        named,
      )
    }
    if (findBacktraderAlias(name) === undefined) throw new UnsupportedCase(`${name} is not in the catalogue`)
    const inputs = args.filter((value) => typeof value !== 'number').map((value) => this.#asLine(value))
    const numbers = args.filter((value) => typeof value === 'number')
    // With one argument backtrader takes the source of that indicator as the other; every source here is the closes
    if (name === 'Oscillator' && inputs.length === 1) inputs.unshift(this.#graph.close)
    return backtraderLines({ graph: this.#graph, name, inputs, positional: numbers, params: named })
  }
}

type LineFunction = (graph: LineGraph, args: readonly Operand[], named: Readonly<Record<string, number>>) => Line

/** A function of the strategy API under backtrader's name; a leading number becomes a line. */
const ofLines =
  (answer: (first: Line, ...rest: readonly Operand[]) => Line): LineFunction =>
  (graph, [first, ...rest]) =>
    answer(asLine(graph, first), ...rest)

function asLine(graph: LineGraph, operand: Operand | undefined): Line {
  return typeof operand === 'object' ? operand : graph.constant(operand ?? Number.NaN)
}

const lineFunctions: Readonly<Record<string, LineFunction>> = {
  abs: ofLines((line) => line.absolute()),
  And: ofLines(and),
  All: ofLines(and),
  Or: ofLines(or),
  Any: ofLines(or),
  Max: ofLines(greatest),
  Min: ofLines(least),
  Sum: ofLines(total),
  If: ofLines((condition, a = 0, b = 0) => when(condition, a, b)),
  Cmp: ofLines((a, b = 0) => compare(a, b)),
  CmpEx: ofLines((a, b = 0, below = -1, same = 0, above = 1) => compareTo(a, b, { below, equal: same, above })),
  DivByZero: (graph, [a, b, zero], named) => ratio(asLine(graph, a), asLine(graph, b), zero ?? named.zero ?? 0),
  DivZeroByZero: (graph, [a, b, single, dual], named) =>
    ratioOrZero(
      asLine(graph, a),
      asLine(graph, b),
      single ?? named.single ?? Number.MAX_VALUE,
      dual ?? named.dual ?? 0,
    ),
}
