import { parseInterval } from '../domain/bar-spec.ts'
import { DomainError } from '../domain/errors.ts'
import { noticeEvents } from '../domain/notice-words.ts'
import { priceSources } from '../domain/price-source.ts'
import { type Condition, type LinePoint, type Operand, quoteFigures, relations, sessionFigures } from './condition.ts'

/**
 * Reads a condition as people write it:
 *
 *     SPX 1d: close crosses-above sma(period=50)
 *     SPX 1d: rsi(period=14) below 30
 *     SPX 1d: change(5) above 2
 *     SPX 1d: close above line(2020-01-02=3200, 2020-03-02=3300)
 *     BTC quote: spread above 5
 *     session busy: drawdown above 3
 *     session busy: position SPX above 0
 *     event fill SPX
 *
 * Throws `alert.wrong` with the part that does not fit and what would; `interval.invalid`.
 */
export function parseCondition(text: string): Condition {
  const plain = text.trim().replace(/\s+/g, ' ')
  const [, event, word] = /^event (\S+) ?(.*)$/.exec(plain) ?? []
  if (event !== undefined) return { kind: 'event', event: oneOf(text, event, noticeEvents), word: word ?? '' }
  const [, head = '', body = ''] = /^([^:]+): ?(.+)$/.exec(plain) ?? []
  const [first = '', second = '', ...more] = head.split(' ')
  if (second === '' || body === '') throw wrong(text, plain, 'INSTRUMENT INTERVAL: LEFT RELATION RIGHT')
  if (first === 'session') return sessionCondition(text, [second, ...more].join(' '), body)
  if (more.length > 0) throw wrong(text, more.join(' '), 'INSTRUMENT INTERVAL: …')
  return second === 'quote' ? quoteCondition(text, first, body) : barCondition(text, first, second, body)
}

function barCondition(text: string, instrument: string, interval: string, body: string): Condition {
  parseInterval(interval)
  const { left, relation, right } = sides(text, body)
  return { kind: 'bars', instrument, interval, left: operand(text, left), relation, right: operand(text, right) }
}

function quoteCondition(text: string, instrument: string, body: string): Condition {
  const { left, relation, right } = sides(text, body)
  const figure = oneOf(text, left, quoteFigures)
  return { kind: 'quotes', instrument, figure, relation, value: numberIn(text, right) }
}

function sessionCondition(text: string, session: string, body: string): Condition {
  const { left, relation, right } = sides(text, body)
  const [name = '', instrument = ''] = left.split(' ')
  const figure = oneOf(text, name, sessionFigures)
  if ((figure === 'position') !== (instrument !== '')) throw wrong(text, left, 'position INSTRUMENT, pnl, drawdown')
  return { kind: 'session', session, figure, instrument, relation, value: numberIn(text, right) }
}

function sides(text: string, body: string) {
  const found = / (crosses-above|crosses-below|crosses|above|below) /.exec(body)
  if (found === null) throw wrong(text, body, relations.join(', '))
  const relation = oneOf(text, found[1] as string, relations)
  return { left: body.slice(0, found.index).trim(), relation, right: body.slice(found.index + found[0].length).trim() }
}

function operand(text: string, part: string): Operand {
  const source = priceSources.find((each) => each === part)
  if (source !== undefined) return { kind: 'price', of: source }
  if (/^[-+.\d]/.test(part)) return { kind: 'number', value: numberIn(text, part) }
  const [, id = '', inner = '', output = ''] = /^([\w-]+)(?:\(([^)]*)\))?(?:\.([\w-]+))?$/.exec(part) ?? []
  if (id === '') throw wrong(text, part, 'close, 100, change(5), sma(period=20), macd().signal')
  if (id === 'change') return { kind: 'change', bars: wholeIn(text, inner) }
  if (id === 'line') return lineOf(text, inner)
  return { kind: 'indicator', id, params: paramsIn(text, inner), output }
}

function lineOf(text: string, inner: string): Operand {
  const points = listed(inner).map((part): LinePoint => {
    const [when = '', price = ''] = part.split('=')
    const time = Date.parse(when)
    if (Number.isNaN(time)) throw wrong(text, part, '2020-01-02=3200')
    return { time, price: numberIn(text, price) }
  })
  const [from, to] = points
  if (from === undefined || to === undefined || points.length > 2 || from.time === to.time) {
    throw wrong(text, inner, 'line(2020-01-02=3200, 2020-03-02=3300)')
  }
  return { kind: 'line', from, to }
}

function paramsIn(text: string, inner: string): Record<string, number | string | boolean> {
  return Object.fromEntries(
    listed(inner).map((part) => {
      const [name = '', value] = part.split('=').map((side) => side.trim())
      if (value === undefined || name === '') throw wrong(text, part, 'period=20')
      if (value === 'true' || value === 'false') return [name, value === 'true']
      return [name, value !== '' && Number.isFinite(Number(value)) ? Number(value) : value]
    }),
  )
}

function listed(inner: string): string[] {
  return inner.trim() === '' ? [] : inner.split(',').map((part) => part.trim())
}

function numberIn(text: string, part: string): number {
  const value = Number(part)
  if (part.trim() === '' || !Number.isFinite(value)) throw wrong(text, part, '100, -2.5')
  return value
}

function wholeIn(text: string, part: string): number {
  const value = numberIn(text, part)
  if (!Number.isInteger(value) || value < 1 || value > 10_000) throw wrong(text, part, '1 … 10000')
  return value
}

function oneOf<Word extends string>(text: string, part: string, words: readonly Word[]): Word {
  const found = words.find((each) => each === part)
  if (found === undefined) throw wrong(text, part, words.join(', '))
  return found
}

function wrong(condition: string, part: string, expected: string): DomainError {
  return new DomainError('alert.wrong', { condition, part, expected })
}
