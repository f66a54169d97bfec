import { describe, expect, test } from 'vitest'
import { parseCondition } from '../../../core/alerts/condition-text.ts'

describe('a condition as people write it', () => {
  test.each([
    [
      'SPX 1d: close crosses-above sma(period=50)',
      {
        ...{ kind: 'bars', instrument: 'SPX', interval: '1d', relation: 'crosses-above' },
        left: { kind: 'price', of: 'close' },
        right: { kind: 'indicator', id: 'sma', params: { period: 50 }, output: '' },
      },
    ],
    [
      'SPX  5m:  change(3) below -2.5 ',
      {
        ...{ kind: 'bars', instrument: 'SPX', interval: '5m', relation: 'below' },
        left: { kind: 'change', bars: 3 },
        right: { kind: 'number', value: -2.5 },
      },
    ],
    [
      'SPX 1d: macd(fast=12, slow=26).signal crosses line(2020-01-02=3200, 2020-03-02=3300)',
      {
        left: { kind: 'indicator', id: 'macd', params: { fast: 12, slow: 26 }, output: 'signal' },
        relation: 'crosses',
        right: {
          ...{ kind: 'line', from: { time: Date.UTC(2020, 0, 2), price: 3200 } },
          to: { time: Date.UTC(2020, 2, 2), price: 3300 },
        },
      },
    ],
    ['BTC quote: spread above 5', { kind: 'quotes', instrument: 'BTC', figure: 'spread', relation: 'above', value: 5 }],
    ['session my run: drawdown above 3', { kind: 'session', session: 'my run', figure: 'drawdown', value: 3 }],
    ['session busy: position SPX below 0', { kind: 'session', figure: 'position', instrument: 'SPX', value: 0 }],
    ['event fill SPX', { kind: 'event', event: 'fill', word: 'SPX' }],
  ])('%s', (text, condition) => {
    expect(parseCondition(text)).toMatchObject(condition)
  })

  test.each([
    ['close above 3', 'close above 3'],
    ['SPX 1d: close near 3', 'close near 3'],
    ['SPX 1d: close above', 'close above'],
    ['SPX 1d: close above (3)', '(3)'],
    ['SPX 1d: sma(50) above 3', '50'],
    ['SPX 1d: change(0) above 3', '0'],
    ['SPX 1d: close above line(2020-01-02=3)', '2020-01-02=3'],
    ['SPX quote: close above 3', 'close'],
    ['session busy: position above 3', 'position'],
    ['event sunrise', 'sunrise'],
    ['', ''],
  ])('“%s” is refused with the part that does not fit', (text, part) => {
    const refusal = expect.objectContaining({ code: 'alert.wrong', data: expect.objectContaining({ part }) })
    expect(() => parseCondition(text)).toThrow(refusal)
  })

  test('an interval that is none is refused as everywhere', () => {
    expect(() => parseCondition('SPX 7x: close above 3')).toThrow(expect.objectContaining({ code: 'interval.invalid' }))
  })
})
