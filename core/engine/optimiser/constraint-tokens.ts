import { DomainError } from '../../domain/errors.ts'
import type { ParamValue } from '../params.ts'

/** One word of a constraint and where it stands. */
export type Token = { readonly text: string; readonly position: number } & (
  | { readonly kind: 'value'; readonly value: ParamValue }
  | { readonly kind: 'name' }
  | { readonly kind: 'sign' }
  | { readonly kind: 'end' }
)

const word =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|'([^']*)'|"([^"]*)"|([\p{L}_$][\p{L}\p{N}_$]*)|(<=|>=|==|!=|&&|\|\||≤|≥|≠|[<>=!+\-*/%()]))/uy

/** Other spellings of a sign: those of programmers and of mathematicians. */
const spelling: Readonly<Record<string, string>> = {
  '=': '==',
  '!': 'not',
  '&&': 'and',
  '||': 'or',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
}
const wordSigns = new Set(['and', 'or', 'not'])

/** The words of a constraint, an end mark last. Throws `constraint.invalid` at a character that begins none. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  const end = text.trimEnd().length
  let at = 0
  while (at < end) {
    word.lastIndex = at
    const found = word.exec(text)
    if (found === null) {
      const position = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0)
      throw new DomainError('constraint.invalid', {
        text,
        position: position + 1,
        found: text.charAt(position),
        known: '',
      })
    }
    at = word.lastIndex
    tokens.push(tokenOf(found))
  }
  return [...tokens, { kind: 'end', text: '', position: end }]
}

function tokenOf([whole, number, single, double, name, sign]: RegExpExecArray): Token {
  const text = whole.trimStart()
  const position = word.lastIndex - text.length
  if (number !== undefined) return { kind: 'value', value: Number(number), text, position }
  const quoted = single ?? double
  if (quoted !== undefined) return { kind: 'value', value: quoted, text, position }
  if (sign !== undefined) return { kind: 'sign', text: spelling[sign] ?? sign, position }
  const lower = (name as string).toLowerCase()
  if (wordSigns.has(lower)) return { kind: 'sign', text: lower, position }
  if (lower === 'true' || lower === 'false') return { kind: 'value', value: lower === 'true', text, position }
  return { kind: 'name', text, position }
}
