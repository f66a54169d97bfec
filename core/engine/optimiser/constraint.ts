import { DomainError } from '../../domain/errors.ts'
import type { ParamValue } from '../params.ts'
import { type Token, tokensOf } from './constraint-tokens.ts'

type Values = Readonly<Record<string, ParamValue>>
type Term = (values: Values) => ParamValue

/** Whether a set of parameters may be tried. */
export type Constraint = (values: Values) => boolean

const comparisons: Readonly<Record<string, (a: ParamValue, b: ParamValue) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
}
const sums: Readonly<Record<string, (a: number, b: number) => number>> = { '+': (a, b) => a + b, '-': (a, b) => a - b }
const products: Readonly<Record<string, (a: number, b: number) => number>> = {
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
}
/** Deeper nesting than anyone writes; it ends a hostile text before it ends the stack. */
const maxDepth = 64

/**
 * Parses a condition over parameters, such as `fast < slow and slow / fast >= 2`. Numbers, 'texts', true, false,
 * + − * / %, comparisons, and, or, not, parentheses; nothing is ever evaluated as code. An empty text allows all.
 * Throws `constraint.invalid` {text, position, found} at the first word that does not fit.
 */
export function parseConstraint(text: string, names: readonly string[]): Constraint {
  if (text.trim() === '') return () => true
  const parser = new Parser(text, names)
  const term = parser.whole()
  return (values) => term(values) === true
}

/** Recursive descent, loosest first: or, and, not, comparison, sum, product, sign, atom. */
class Parser {
  readonly #text: string
  readonly #names: ReadonlySet<string>
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0

  constructor(text: string, names: readonly string[]) {
    this.#text = text
    this.#names = new Set(names)
    this.#tokens = tokensOf(text)
  }

  whole(): Term {
    const term = this.#either()
    if (this.#token.kind !== 'end') this.#refuse()
    return term
  }

  get #token(): Token {
    return this.#tokens[this.#at] as Token
  }

  /** True, and moves on, when the next token is one of these words. */
  #takes(...words: readonly string[]): boolean {
    const { kind, text } = this.#token
    if (kind !== 'sign' || !words.includes(text)) return false
    this.#at++
    return true
  }

  #either(): Term {
    this.#depth++
    if (this.#depth > maxDepth) this.#refuse()
    let left = this.#both()
    while (this.#takes('or')) {
      const [a, b] = [left, this.#both()]
      left = (values) => a(values) === true || b(values) === true
    }
    this.#depth--
    return left
  }

  #both(): Term {
    let left = this.#negation()
    while (this.#takes('and')) {
      const [a, b] = [left, this.#negation()]
      left = (values) => a(values) === true && b(values) === true
    }
    return left
  }

  #negation(): Term {
    let turns = 0
    while (this.#takes('not')) turns++
    const term = this.#comparison()
    return turns % 2 === 0 ? term : (values) => term(values) !== true
  }

  /** `2 < fast < slow` means both. */
  #comparison(): Term {
    let left = this.#sum()
    let whole: Term | undefined
    for (let compare = this.#operator(comparisons); compare !== undefined; compare = this.#operator(comparisons)) {
      const [a, b, before, holds] = [left, this.#sum(), whole, compare]
      whole = (values) => (before === undefined || before(values) === true) && holds(a(values), b(values))
      left = b
    }
    return whole ?? left
  }

  #sum(): Term {
    return this.#arithmetic(sums, () => this.#arithmetic(products, () => this.#signed()))
  }

  #arithmetic(operators: Readonly<Record<string, (a: number, b: number) => number>>, part: () => Term): Term {
    let left = part()
    for (let operate = this.#operator(operators); operate !== undefined; operate = this.#operator(operators)) {
      const [a, b, join] = [left, part(), operate]
      left = (values) => join(Number(a(values)), Number(b(values)))
    }
    return left
  }

  #operator<Operate>(operators: Readonly<Record<string, Operate>>): Operate | undefined {
    const { kind, text } = this.#token
    if (kind !== 'sign' || !Object.hasOwn(operators, text)) return undefined
    this.#at++
    return operators[text]
  }

  #signed(): Term {
    let turns = 0
    while (this.#takes('-')) turns++
    const term = this.#atom()
    return turns % 2 === 0 ? term : (values) => -Number(term(values))
  }

  #atom(): Term {
    const token = this.#token
    if (this.#takes('(')) {
      const inner = this.#either()
      if (!this.#takes(')')) this.#refuse()
      return inner
    }
    if (token.kind === 'sign' || token.kind === 'end') this.#refuse()
    this.#at++
    if (token.kind === 'value') return () => token.value
    if (!this.#names.has(token.text)) this.#refuse(token)
    return (values) => values[token.text] as ParamValue
  }

  #refuse(token = this.#token): never {
    throw new DomainError('constraint.invalid', {
      text: this.#text,
      position: token.position + 1,
      found: token.text,
      known: [...this.#names].join(', '),
    })
  }
}
