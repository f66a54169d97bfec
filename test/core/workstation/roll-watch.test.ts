import { describe, expect, test } from 'vitest'
import type { Gives, Takes } from '../../../core/contract/contract.ts'
import { DomainError } from '../../../core/domain/errors.ts'
import { sha256 } from '../../../core/node/store/packed-columns.ts'
import { createMemoryStores } from '../../../core/stores/memory-stores.ts'
import { createRollWatch, type DueRoll } from '../../../core/workstation/roll-watch.ts'
import { createTopics } from '../../../core/workstation/topics.ts'

type Session = Gives<'live.list'>['sessions'][number]
type Sent = Takes<'live.order'>

/** A session that holds some of G24. */
function holder(size: number, { trades = ['G24', 'J24'], selling = 0 } = {}): Session {
  const order = { instrument: 'G24', side: 'sell', type: 'market', quantity: selling, filled: 0 }
  return {
    ...{ session: 'live-1', name: 'Hold', state: 'running', config: { instruments: trades } },
    status: { positions: [{ instrument: 'G24', size }], orders: selling === 0 ? [] : [order] },
  } as unknown as Session
}

function watching(session: Session) {
  const sent: Sent[] = []
  const told: DueRoll[] = []
  const said: string[] = []
  const topics = createTopics()
  topics.subscribe('futures.rollDue', (roll) => told.push(roll))
  topics.subscribe('live.logged', ({ text }) => said.push(text))
  const watch = createRollWatch(
    createMemoryStores({ clock: { now: () => 1 }, sha256 }).settings,
    {
      'live.list': () => ({ sessions: [session] }),
      'live.order': (ticket) => {
        if (session.config.name === 'refused') throw new DomainError('order.invalid', {})
        sent.push(ticket)
        return { orders: [sent.length] }
      },
    },
    topics,
  )
  const hold = (to: string, byRule = false) => watch.holds({ series: 'G.c', to, time: 5, gap: 2, byRule })
  return { watch, hold, sent, told, said }
}

const orders = (sent: readonly Sent[]) => sent.map(({ instrument, side, quantity }) => [instrument, side, quantity])

describe('rolls of series that sessions trade the contracts of', () => {
  test('the first contract is nobody’s roll, and the same one is not told again', async () => {
    const { hold, told } = watching(holder(2))
    await hold('G24')
    await hold('J24')
    await hold('J24')
    expect(told).toEqual([{ series: 'G.c', from: 'G24', to: 'J24', time: 5, gap: 2 }])
  })

  test('by rule positions go over at once, short ones too', async () => {
    const { hold, sent } = watching(holder(-2))
    await hold('G24', true)
    await hold('J24', true)
    expect(orders(sent)).toEqual([
      ['G24', 'buy', 2],
      ['J24', 'sell', 2],
    ])
  })

  test('a session without the later contract keeps its position, and asking says why', async () => {
    const { watch, hold, sent } = watching(holder(2, { trades: ['G24'] }))
    await hold('G24', true)
    await hold('J24', true)
    expect(sent).toEqual([])
    expect((await watch.handlers['futures.rolls']({})).rolls[0]?.held).toMatchObject([{ quantity: 2, possible: false }])
    const roll = { series: 'G.c', session: 'live-1' }
    await expect(watch.handlers['futures.roll'](roll)).rejects.toMatchObject({ code: 'futures.not-traded' })
  })

  test('what is already being sold is not sold again', async () => {
    const { watch, hold, sent } = watching(holder(5, { selling: 3 }))
    await hold('G24')
    await hold('J24')
    await watch.handlers['futures.roll']({ series: 'G.c', session: 'live-1' })
    expect(orders(sent)).toEqual([
      ['G24', 'sell', 2],
      ['J24', 'buy', 2],
    ])
  })

  test('a roll by rule that is refused is told in the session', async () => {
    const refused = holder(2)
    const { hold, said } = watching({ ...refused, config: { ...refused.config, name: 'refused' } })
    await hold('G24', true)
    await hold('J24', true)
    expect(said).toEqual(['The roll from G24 to J24 was not done: order.invalid'])
  })

  test('a series that is forgotten waits for nothing', async () => {
    const { watch, hold } = watching(holder(2))
    await hold('G24')
    await hold('J24')
    await watch.forget('G.c')
    expect(await watch.handlers['futures.rolls']({})).toEqual({ rolls: [] })
  })
})
