import { describe, expect, test } from 'vitest'
import { type SizedFields, sizedTicket, type TicketMarket } from '../../../renderer/state/order-size.ts'
import { emptyTicket } from '../../../renderer/state/order-ticket.ts'

const market: TicketMarket = { last: 50, equity: 10_000, multiplier: 1, tickSize: 0.05, lotSize: 1 }
const fields: SizedFields = { ...emptyTicket(1), sizeBy: 'units', exitsBy: 'price', more: [], breakEven: false }
const order = (more: Partial<SizedFields>, side: 'buy' | 'sell' = 'buy', other: Partial<TicketMarket> = {}) => {
  const ticket = sizedTicket({ ...fields, ...more }, side, { ...market, ...other })
  return ticket === null ? null : [ticket.quantity, ticket.target, ticket.stop]
}

describe('the size of an order', () => {
  test('in units, in money, in percent of equity: whole lots, never more than was said', () => {
    expect(order({ quantity: 7 })).toEqual([7, null, null])
    expect(order({ sizeBy: 'cash', quantity: 1_030 })).toEqual([20, null, null])
    expect(order({ sizeBy: 'equity', quantity: 25 })).toEqual([50, null, null])
    expect(order({ sizeBy: 'cash', quantity: 1_030 }, 'buy', { lotSize: 0.1 })?.[0]).toBeCloseTo(20.6)
    expect(order({ sizeBy: 'cash', quantity: 1_030 }, 'buy', { multiplier: 10 })).toEqual([2, null, null])
    expect(order({ sizeBy: 'cash', quantity: 15 }, 'buy', { last: 0.1, lotSize: 0.1 })?.[0]).toBeCloseTo(150)
  })

  test('in risk: what is lost at the stop, from the price at which it enters, on either side', () => {
    expect(order({ sizeBy: 'risk', quantity: 1, stop: 48 })).toEqual([50, null, 48])
    expect(order({ sizeBy: 'risk', quantity: 1, stop: 52 }, 'sell')).toEqual([50, null, 52])
    expect(order({ kind: 'limit', limit: 49, sizeBy: 'risk', quantity: 1, stop: 48 })).toEqual([100, null, 48])
    expect(order({ kind: 'stop', level: 53, sizeBy: 'risk', quantity: 1, stop: 48 })).toEqual([20, null, 48])
  })

  test('cannot be reckoned without a price, an equity or a stop on its side: then there is no order', () => {
    expect(order({ sizeBy: 'cash', quantity: 1_000 }, 'buy', { last: Number.NaN })).toBeNull()
    expect(order({ sizeBy: 'equity', quantity: 5 }, 'buy', { equity: Number.NaN })).toBeNull()
    expect(order({ sizeBy: 'risk', quantity: 1 })).toBeNull()
    expect(order({ sizeBy: 'risk', quantity: 1, stop: 51 })).toBeNull()
    expect(order({ sizeBy: 'cash', quantity: 49 })).toBeNull()
  })
})

describe('the exits of an order', () => {
  test('in ticks, in percent, in R: prices on the tick, with the side', () => {
    expect(order({ exitsBy: 'ticks', target: 20, stop: 10 })).toEqual([1, 51, 49.5])
    expect(order({ exitsBy: 'ticks', target: 20, stop: 10 }, 'sell')).toEqual([1, 49, 50.5])
    expect(order({ exitsBy: 'percent', target: 2.01, stop: 1 })).toEqual([1, 51, 49.5])
    expect(order({ exitsBy: 'r', target: 2, stop: 49 })).toEqual([1, 52, 49])
    expect(order({ exitsBy: 'r', target: 2, stop: 51 }, 'sell')).toEqual([1, 48, 51])
    expect(order({ exitsBy: 'ticks', target: 20, stop: 10, sizeBy: 'risk', quantity: 1 })).toEqual([200, 51, 49.5])
  })
})

describe('several targets', () => {
  const parts = (more: Partial<SizedFields>, side: 'buy' | 'sell' = 'buy', lotSize = 1) => {
    const said = { ...fields, exitsBy: 'ticks' as const, target: 20, stop: 10, quantity: 10, ...more }
    return sizedTicket(said, side, { ...market, lotSize })
  }

  test('share the units in whole lots, what is left over goes to the first, and prices are those of the way they are said', () => {
    const more = [
      { target: 40, percent: 33 },
      { target: 60, percent: 25 },
    ]
    expect(parts({ more, breakEven: true })).toMatchObject({
      ...{ quantity: 10, target: null, stop: 49.5, breakEven: true },
      parts: [
        { quantity: 5, target: 51 },
        { quantity: 3, target: 52 },
        { quantity: 2, target: 53 },
      ],
    })
    expect(parts({ more: more.slice(0, 1) }, 'sell')?.parts?.map(({ target }) => target)).toEqual([49, 48])
    expect(parts({ more: [{ target: 2, percent: 50 }], exitsBy: 'r', stop: 49, target: 1 })?.parts).toEqual([
      { quantity: 5, target: 51 },
      { quantity: 5, target: 52 },
    ])
    expect(parts({ more: [{ target: 40, percent: 50 }], quantity: 0.3 }, 'buy', 0.1)?.parts).toEqual([
      { quantity: 0.2, target: 51 },
      { quantity: 0.1, target: 52 },
    ])
  })

  test('are no order while one has no price or would get no lot', () => {
    expect(parts({ more: [{ target: Number.NaN, percent: 50 }] })).toBeNull()
    expect(parts({ more: [{ target: 40, percent: 5 }] })).toBeNull()
    expect(parts({ more: [{ target: 40, percent: 100 }] })).toBeNull()
  })
})
