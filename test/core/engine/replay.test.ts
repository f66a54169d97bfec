import { describe, expect, it } from 'vitest'
import { assertParts, commandText, type OrderTicket } from '../../../core/engine/replay/command.ts'
import { Replay } from '../../../core/engine/replay/replay.ts'
import { workloadInstrument } from '../../bench/workloads.ts'
import { barsOf, type Candle } from '../../helpers/bars-of.ts'

const flat: Candle = [100, 101, 99, 100]
const rise: Candle = [100, 112, 100, 110]
const drop: Candle = [100, 100, 90, 92]
const dayMs = 86_400_000

function replayOf(candles: readonly Candle[], cash = 10_000): Replay {
  const record = { ...workloadInstrument('SIM-1'), tickSize: 0.01 }
  return new Replay({
    params: {},
    instruments: [{ record, bars: barsOf(candles), interval: '1d' }],
    cash,
    commission: { kind: 'fixed', perUnit: 0.1 },
    slippage: { kind: 'none' },
    profile: 'default',
    fillPolicy: 'pessimistic',
    seed: 0,
    broker: { lots: 'whole', exits: 'once' },
  })
}

const nothing = { stopEntry: null, limit: null, trailBy: null, target: null, stop: null, valid: null }
const buy = (quantity: number, more: Partial<OrderTicket> = {}): OrderTicket => ({
  ...{ kind: 'order', side: 'buy', quantity, ...nothing },
  ...more,
})
const next = { bars: 1, until: null, stopsAtEvents: false }

describe('an order with several targets', () => {
  const split = buy(10, {
    stop: 95,
    parts: [
      { quantity: 5, target: 110 },
      { quantity: 5, target: 150 },
    ],
  })

  it('is an order for each, and the same as a strategy, with stops that follow when asked for', () => {
    const fills = (ticket: OrderTicket) => {
      const replay = replayOf([flat, flat, rise, flat, drop])
      replay.act(ticket)
      for (let bar = 0; bar < 4; bar++) replay.step(next)
      return [...(replay.table('fills').columns.price ?? [])]
    }
    expect(fills(split)).toEqual([100, 100, 110, 95])
    expect(fills({ ...split, breakEven: true })).toEqual([100, 100, 110, 100])
    expect(commandText(split)).toBe('[i.buy(5).target(110).stop(95), i.buy(5).target(150).stop(95)]')
    expect(commandText({ ...split, breakEven: true })).toBe(
      '((first = i.buy(5).target(110).stop(95)) => [i.buy(5).target(150).stop(95).breakEvenAfter(first)])()',
    )
  })

  it('that does not add up, or moves stops without parts, is refused before anything is done', () => {
    expect(() => assertParts(split)).not.toThrow()
    for (const wrong of [{ ...split, quantity: 11 }, { ...split, target: 120 }, buy(1, { breakEven: true })])
      expect(() => assertParts(wrong)).toThrow(expect.objectContaining({ code: 'order.parts' }))
  })
})

describe('a replay', () => {
  it('begins on its first bar and tells nothing of a later one', () => {
    const replay = replayOf([flat, rise, drop])
    expect(replay.bars().close).toEqual(Float64Array.of(100))
    expect(replay.state()).toMatchObject({ bars: 1, ended: false, price: 100, equity: 10_000, position: 0 })
    replay.step(next)
    const told = replay.freshBars()
    expect(told.close).toEqual(Float64Array.of(110))
    // A copy, not a window on memory that holds the rest
    expect(told.close?.buffer.byteLength).toBe(8)
  })

  it('fills a market order at the next open, and values it at each close', () => {
    const replay = replayOf([flat, rise, flat])
    replay.act(buy(10))
    expect(replay.state()).toMatchObject({ position: 0, orders: [{ id: 1, type: 'market', status: 'submitted' }] })
    replay.step(next)
    const state = replay.state()
    expect(state).toMatchObject({ position: 10, averagePrice: 100, unrealised: 100, fees: 1, equity: 10_099 })
    expect(state.realised).toBeCloseTo(-1, 9)
    expect(state.news).toMatchObject([{ id: 1, status: 'filled', averagePrice: 100 }])
  })

  it('a bracket shows its exits while they sleep, moves them, and ends with one of them', () => {
    const replay = replayOf([flat, flat, flat, drop, flat])
    replay.act(buy(10, { target: 120, stop: 90 }))
    expect(replay.state().orders).toMatchObject([
      { id: 1, sleeps: false },
      { id: 2, type: 'stop', price: 90, parent: 1, reason: 'stop', sleeps: true },
      { id: 3, type: 'limit', price: 120, parent: 1, reason: 'target', sleeps: true },
    ])
    replay.step(next)
    expect(replay.state().news).toMatchObject([{ id: 1, status: 'filled' }])
    replay.act({ kind: 'move', order: 2, price: 95 })
    replay.step({ ...next, bars: 10, stopsAtEvents: true })
    const state = replay.state()
    expect(state).toMatchObject({ bars: 4, position: 0, orders: [], counts: { trades: 1 } })
    expect(state.news.map(({ id, status }) => [id, status])).toEqual([
      [2, 'filled'],
      [3, 'cancelled'],
    ])
    expect(replay.table('trades').columns.pnl).toEqual(Float64Array.of(-52))
  })

  it('an order that the cash does not cover is refused, and says so', () => {
    const replay = replayOf([flat, flat])
    replay.act(buy(1_000))
    replay.step(next)
    expect(replay.state()).toMatchObject({ position: 0, orders: [], news: [{ status: 'rejected', reason: 'margin' }] })
  })

  it('less than a lot is refused at once', () => {
    const replay = replayOf([flat, flat])
    replay.act(buy(0.4))
    expect(replay.state().news).toMatchObject([{ status: 'denied', reason: 'lot' }])
  })

  it('flatten takes every order back and closes the position at the next open', () => {
    const replay = replayOf([flat, flat, flat, rise])
    replay.act(buy(10, { target: 130 }))
    replay.act(buy(5, { limit: 80 }))
    replay.step(next)
    replay.act({ kind: 'flatten' })
    replay.step(next)
    expect(replay.state()).toMatchObject({ position: 0, orders: [], counts: { trades: 1 } })
  })

  it('jumps to the last bar that has closed by a date, and stops at events before it when asked', () => {
    const replay = replayOf([flat, flat, flat, drop, flat, flat])
    const start = Date.UTC(2020, 0, 1)
    replay.step({ bars: 100, until: start + 3 * dayMs, stopsAtEvents: false })
    expect(replay.state()).toMatchObject({ bars: 3, now: start + 3 * dayMs })
    replay.act(buy(1, { limit: 95 }))
    replay.step({ bars: 100, until: start + 30 * dayMs, stopsAtEvents: true })
    expect(replay.state()).toMatchObject({ bars: 4, position: 1 })
  })

  it('at its last bar it takes neither a step nor an order', () => {
    const replay = replayOf([flat, flat])
    replay.step({ ...next, bars: 100 })
    expect(replay.state().ended).toBe(true)
    expect(() => replay.step(next)).toThrow('replay.ended')
    expect(() => replay.act(buy(1))).toThrow('replay.ended')
  })

  it('an order that has ended can neither be moved nor cancelled', () => {
    const replay = replayOf([flat, flat, flat])
    replay.act(buy(1))
    replay.step(next)
    expect(() => replay.act({ kind: 'cancel', order: 1 })).toThrow('replay.order-gone')
    expect(() => replay.act({ kind: 'move', order: 1, price: 90 })).toThrow('replay.order-gone')
    expect(() => replay.act({ kind: 'cancel', order: 99 })).toThrow('replay.order-gone')
    expect(replay.script().code).not.toContain('cancel')
  })

  it('an order till a date works on that day and is gone on the next', () => {
    const replay = replayOf([flat, flat, flat, flat])
    const until = new Date((replay.bars().closeTime?.[0] ?? 0) + 86_400_000).toISOString().slice(0, 10)
    replay.act(buy(1, { limit: 1, valid: until }))
    const ends: string[] = []
    for (let bar = 1; bar < 4; bar++) {
      replay.step(next)
      ends.push(...replay.state().news.map(({ status }) => `${bar} ${status}`))
    }
    expect(ends).toHaveLength(1)
    expect(ends[0]).toMatch(/^[23] expired$/)
    expect(replay.script().code).toContain(`.valid('${until}')`)
  })

  it('its script reads as what was done', () => {
    const replay = replayOf([flat, flat, flat])
    replay.act(buy(10, { stopEntry: 105, limit: 105.5, target: 110, stop: 95, valid: 'day' }))
    replay.step(next)
    replay.act({ kind: 'move', order: 1, price: 102 })
    expect(replay.script().code).toContain(
      "  [0, (i) => i.buy(10).stopEntry(105).limit(105.5).target(110).stop(95).valid('day')],\n" +
        '  [1, (i) => order(i, 1)?.move(102)],\n',
    )
  })
})
