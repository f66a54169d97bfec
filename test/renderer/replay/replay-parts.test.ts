import { describe, expect, it } from 'vitest'
import { firstBars, moreBars } from '../../../renderer/chart/growing-bars.ts'
import { spanWithLevels } from '../../../renderer/chart/price-levels.ts'
import { emptyTicket, ticketOf } from '../../../renderer/state/order-ticket.ts'

const names = ['time', 'closeTime', 'open', 'high', 'low', 'close', 'volume']
const barsFrom = (first: number, count: number) =>
  Object.fromEntries(names.map((name) => [name, Float64Array.from({ length: count }, (_, k) => first + k)]))

describe('the bars of a replay', () => {
  it('grow without losing one, and what was shown before stays as it was', () => {
    let grown = firstBars(barsFrom(0, 3))
    const early = grown.bars
    for (let first = 3; first < 103; first += 4) grown = moreBars(grown, barsFrom(first, 4))
    expect(grown.bars.length).toBe(103)
    expect([...grown.bars.close]).toEqual(Array.from({ length: 103 }, (_, k) => k))
    expect([...early.close]).toEqual([0, 1, 2])
  })
})

describe('the order ticket', () => {
  const fields = { ...emptyTicket(1), quantity: 10 }
  const nothing = { stopEntry: null, limit: null, trailBy: null, target: null, stop: null, valid: null }

  it('sends only what its type has, whatever was typed for another', () => {
    expect(ticketOf({ ...fields, level: 5, limit: 6 }, 'buy')).toEqual({ side: 'buy', quantity: 10, ...nothing })
    expect(
      ticketOf({ ...fields, kind: 'stop-limit', level: 5, limit: 6, target: 9, timeInForce: 'day' }, 'sell'),
    ).toEqual({
      ...{ side: 'sell', quantity: 10, ...nothing },
      ...{ stopEntry: 5, limit: 6, target: 9, valid: 'day' },
    })
  })

  it('is not sent while a figure is missing', () => {
    expect(ticketOf({ ...fields, kind: 'limit' }, 'buy')).toBeNull()
    expect(ticketOf({ ...fields, kind: 'trailing-stop', trailBy: 0 }, 'buy')).toBeNull()
    expect(ticketOf({ ...fields, quantity: Number.NaN }, 'buy')).toBeNull()
    expect(ticketOf({ ...fields, timeInForce: 'gtd' }, 'buy')).toBeNull()
    expect(ticketOf({ ...fields, timeInForce: 'gtd', until: '2026-12-31' }, 'buy')?.valid).toBe('2026-12-31')
  })
})

describe('orders as lines', () => {
  const line = (price: number) => ({ price, title: '', kind: 'buy' as const, sleeps: false })

  it('stretch the axis when they are near, and never squeeze the candles for one that is far', () => {
    const span = { minValue: 100, maxValue: 110 }
    expect(spanWithLevels(span, [line(96), line(112)])).toEqual({ minValue: 96, maxValue: 112 })
    expect(spanWithLevels(span, [line(50), line(200)])).toEqual(span)
  })
})
