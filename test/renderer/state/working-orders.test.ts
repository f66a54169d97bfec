import { expect, test } from 'vitest'
import type { Gives } from '../../../core/contract/contract.ts'
import { workingOf } from '../../../renderer/state/working-orders.ts'

type Session = Gives<'live.get'>

const order = (id: number, instrument: string, price: number | null) => ({ id, instrument, price })
const session = (id: string, state: Session['state'], orders: object[], positions: object[] = []) =>
  ({
    ...{ session: id, name: `name of ${id}`, state, status: { orders, positions } },
    config: { instruments: id === 'b' ? ['X', 'Y'] : ['Y'] },
  }) as unknown as Session

test('orders of an instrument that wait at a price, of running sessions only, each with its session', () => {
  const sessions = [
    session('b', 'running', [order(1, 'X', 5), order(2, 'Y', 6), order(3, 'X', null)]),
    session('c', 'stopped', [order(1, 'X', 7)]),
    { ...session('d', 'running', []), status: null },
    session('a', 'running', [order(9, 'X', 8)]),
  ]
  expect(workingOf(sessions, 'X').orders).toEqual([
    { ...order(9, 'X', 8), session: 'a', sessionName: 'name of a' },
    { ...order(1, 'X', 5), session: 'b', sessionName: 'name of b' },
  ])
  expect(workingOf(sessions, 'X').sessions).toEqual([{ session: 'b', name: 'name of b' }])
})

test('positions that are held; a flat one has no line', () => {
  const held = [
    { instrument: 'X', size: 3 },
    { instrument: 'X', size: 0 },
    { instrument: 'Y', size: 1 },
  ]
  expect(workingOf([session('a', 'running', [], held)], 'X').positions).toMatchObject([{ size: 3, session: 'a' }])
})
