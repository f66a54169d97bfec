import { describe, expect, it } from 'vitest'
import type { PlaceIntent, VenueFill, VenueReport } from '../../../core/broker/venue/venue-messages.ts'
import type { Instrument } from '../../../core/engine/instrument.ts'
import { modules } from '../../../core/engine/kernel.ts'
import type { LiveNews } from '../../../core/engine/live/live-view.ts'
import { noLimits } from '../../../core/engine/live/risk-limits.ts'
import { openVenueRun } from '../../helpers/venue-run.ts'

const { Strategy } = modules.tickwright

/** What the strategy does on its ticks, one after another; none: nothing. */
let plan: ((i: Instrument) => void)[] = []

class Planned extends Strategy {
  override onTick(i: Instrument) {
    plan.shift()?.(i)
  }
}

function opened(...acts: typeof plan) {
  plan = acts
  const { run, tick, bar, apply } = openVenueRun({ default: Planned })
  bar(100)
  return {
    run,
    tick,
    hear: (report: VenueReport) => apply({ kind: 'report', at: 0, report }),
    state: () => run.state(),
    size: () => run.state().positions[0]?.size,
    places: () => Object.fromEntries(run.state().orders.map(({ id, place }) => [id, place])),
  }
}

const placed = ({ intents }: LiveNews) => intents.filter((each): each is PlaceIntent => each.kind === 'place')
const cancelled = ({ intents }: LiveNews) => intents.flatMap(({ kind, id }) => (kind === 'cancel' ? [id] : []))
let trades = 0
const fill = (id: string, quantity: number, price: number, fees: Partial<VenueFill> = {}): VenueFill => ({
  ...{ kind: 'fill', id, trade: `t${++trades}`, time: 1, quantity, price, fee: 0, unitFee: 0, otherFee: '' },
  ...fees,
})
const ended = (id: string, how: 'cancelled' | 'rejected' | 'absent' | 'expired' = 'cancelled') =>
  ({ kind: 'ended', id, how, detail: '' }) as const
const first = 'tw-test-1-1'

describe('what goes to a venue', () => {
  it('is a market or a limit order, at once; the run has no position before the venue says so', () => {
    const { tick, hear, size, state } = opened((i) => i.buy(3))
    expect(placed(tick(100))).toMatchObject([{ id: first, side: 'buy', type: 'market', quantity: 3, price: null }])
    expect(size()).toBe(0)
    hear({ kind: 'accepted', id: first, venueOrder: '77' })
    hear(fill(first, 3, 100.5, { fee: 0.3 }))
    expect(size()).toBe(3)
    expect(state().cash).toBeCloseTo(100_000 - 3 * 100.5 - 0.3, 9)
    expect(state().fees).toBeCloseTo(0.3, 12)
    expect(state().orders).toEqual([])
  })

  it('is not a stop: that waits in the service until a print meets it', () => {
    const { tick, hear, places } = opened((i) => i.sell(2).stopEntry(98))
    expect(placed(tick(100))).toEqual([])
    expect(placed(tick(98.5))).toEqual([])
    expect(places()).toEqual({ 1: 'service' })
    expect(placed(tick(97.9))).toMatchObject([{ side: 'sell', type: 'market', quantity: 2 }])
    expect(places()).toEqual({ 1: 'sending' })
    hear({ kind: 'accepted', id: first, venueOrder: '77' })
    expect(places()).toEqual({ 1: 'venue' })
  })

  it('of a bracket only the target: the stop that is met asks it back, and goes when the venue has let go of it', () => {
    const { tick, hear, places, size } = opened((i) => i.buy(2).target(110).stop(95))
    tick(100)
    const [target] = placed(hear(fill(first, 2, 100)))
    expect(target).toMatchObject({ order: 3, side: 'sell', type: 'limit', price: 110, opens: false })
    hear({ kind: 'accepted', id: 'tw-test-3-1', venueOrder: '78' })
    expect(places()).toEqual({ 2: 'service', 3: 'venue' })
    const met = tick(94)
    expect(placed(met)).toEqual([])
    expect(cancelled(met)).toEqual(['tw-test-3-1'])
    // One unit was sold on the way: the stop closes what is left
    hear(fill('tw-test-3-1', 1, 110))
    expect(placed(hear(ended('tw-test-3-1')))).toMatchObject([{ order: 2, type: 'market', quantity: 1 }])
    hear(fill('tw-test-2-1', 1, 94))
    expect(size()).toBe(0)
    expect(places()).toEqual({})
  })

  it('of a bracket no stop any more when the target was filled while it was asked back', () => {
    const { tick, hear, size, places } = opened((i) => i.buy(2).target(110).stop(95))
    tick(100)
    hear(fill(first, 2, 100))
    tick(94)
    expect(placed(hear(fill('tw-test-3-1', 2, 110)))).toEqual([])
    expect([size(), places()]).toEqual([0, {}])
  })

  it('again under another name when its price is moved, with what is left of it', () => {
    const { tick, hear } = opened(
      (i) => i.buy(5).limit(99),
      (i) => i.orders[0]?.move(98),
    )
    expect(placed(tick(100))).toMatchObject([{ id: first, price: 99 }])
    hear(fill(first, 2, 99))
    expect(cancelled(tick(100))).toEqual([first])
    expect(placed(hear(ended(first)))).toMatchObject([{ id: 'tw-test-1-2', quantity: 3, price: 98 }])
  })

  it('stands on the grid, though a trailing limit has moved by a share of the price: a sale never below, a purchase never above', () => {
    const { tick } = opened((i) => {
      i.buy(5)
      i.sell(2).limit(99.5).trailByRatio(0.0333)
    })
    tick(100)
    tick(103.37)
    const [sale] = placed(tick(98))
    expect(sale).toMatchObject({ type: 'limit', side: 'sell' })
    expect(sale).toMatchObject({ type: 'limit', side: 'sell', price: 99.93 })
  })

  it('to close a position: only when the venue has let go of the other exits, and no more than is held', () => {
    const { tick, hear, size } = opened(
      (i) => i.buy(2).target(110),
      (i) => i.flatten(),
    )
    tick(100)
    hear(fill(first, 2, 100))
    const closing = tick(100)
    expect([cancelled(closing), placed(closing)]).toEqual([['tw-test-2-1'], []])
    hear(fill('tw-test-2-1', 1, 110))
    expect(placed(hear(ended('tw-test-2-1')))).toMatchObject([{ order: 3, type: 'market', quantity: 1 }])
    hear(fill('tw-test-3-1', 1, 100))
    expect(size()).toBe(0)
  })
})

describe('what a venue says', () => {
  it('twice is once: a fill has a name', () => {
    const { tick, hear, size } = opened((i) => i.buy(2))
    tick(100)
    const one = fill(first, 1, 100)
    hear(one)
    hear(one)
    expect(size()).toBe(1)
  })

  it('late is still true: a fill after the end is booked, and said', () => {
    const { tick, hear, size } = opened((i) => i.buy(2).limit(99))
    tick(100)
    hear(ended(first, 'absent'))
    const { log } = hear(fill(first, 2, 99))
    expect(size()).toBe(2)
    expect(log.map(({ text }) => text)).toEqual(['order 1 was filled at the venue after it had ended'])
  })

  it('of an entry that ends half filled leaves exits of that half', () => {
    const { tick, hear, state } = opened((i) => i.buy(4).limit(99).target(110).stop(95))
    tick(100)
    hear(fill(first, 1, 99))
    const [target] = placed(hear(ended(first, 'expired')))
    expect(target).toMatchObject({ order: 3, quantity: 1, price: 110 })
    expect(state().orders.map(({ quantity, sleeps }) => [quantity, sleeps])).toEqual([
      [1, false],
      [1, false],
    ])
  })

  it('not at all closes the session for new orders until it is known, exits among them', () => {
    const { tick, hear, state } = opened(
      (i) => i.buy(1),
      (i) => i.buy(1),
      (i) => i.buy(1),
    )
    tick(100)
    hear({ kind: 'unknown', id: first, detail: 'timeout' })
    expect(state()).toMatchObject({ unresolved: true, orders: [{ place: 'unknown' }] })
    const refused = tick(100)
    expect(placed(refused)).toEqual([])
    expect(refused.orders).toMatchObject([{ status: 'denied', reason: 'unresolved' }])
    hear({ kind: 'accepted', id: first, venueOrder: '77' })
    expect(placed(tick(100))).toHaveLength(1)
  })

  it('of fees in units makes the position smaller, and flat is flat though dust stays in the account', () => {
    plan = [(i) => i.buy(1), (i) => i.flatten()]
    const { run, tick, bar, apply } = openVenueRun({ default: Planned }, { lotSize: 0.01 })
    bar(100)
    tick(100)
    const hear = (report: VenueReport) => apply({ kind: 'report', at: 0, report })
    hear(fill(first, 1, 100, { unitFee: 0.001 }))
    expect(run.state()).toMatchObject({ equity: 99_999.9, positions: [{ size: 0.999 }] })
    expect(placed(tick(100))).toMatchObject([{ side: 'sell', quantity: 0.99 }])
    hear(fill('tw-test-2-1', 0.99, 100, { fee: 0.099 }))
    const { positions, cash } = run.state()
    expect(positions[0]?.size).toBe(0)
    expect(cash).toBeCloseTo(100_000 - 100 + 99 - 0.099, 9)
  })
})

describe('R17: reports out of order, twice, late and at odds', () => {
  const accepted = { kind: 'accepted', id: first, venueOrder: '77' } as const
  const unknown = { kind: 'unknown', id: first, detail: 'timeout' } as const
  const kept = { kind: 'kept', id: first, detail: 'no' } as const
  const whole = fill(first, 2, 99)
  const half = fill(first, 1, 99)
  type Script = readonly [name: string, says: readonly VenueReport[], status: string, size: number]

  /** A limit order to buy 2; `cancels`: it is asked back after the first report. */
  const run = (says: readonly VenueReport[], cancels: boolean) => {
    const acts: typeof plan = [(i) => i.buy(2).limit(99)]
    if (cancels) acts.push((i) => i.orders[0]?.cancel())
    const { tick, hear, state } = opened(...acts)
    const places = [...placed(tick(100))]
    let status = ''
    const look = ({ orders, intents }: LiveNews) => {
      places.push(...placed({ orders, intents, fills: [], log: [] }))
      status = orders.at(-1)?.status ?? status
    }
    for (const [index, report] of says.entries()) {
      look(hear(report))
      if (cancels && index === 0) look(tick(100))
    }
    return { status, size: state().positions[0]?.size, sent: places.length, open: state().sendings.length }
  }

  const plain: readonly Script[] = [
    ['the fill before the acknowledgement', [whole, accepted], 'filled', 2],
    ['the acknowledgement twice', [accepted, accepted, whole], 'filled', 2],
    ['the fill twice', [accepted, half, half, ended(first)], 'cancelled', 1],
    ['a part, the acknowledgement, the rest', [half, accepted, fill(first, 1, 99)], 'filled', 2],
    ['a refusal after the acknowledgement', [accepted, ended(first, 'rejected')], 'rejected', 0],
    ['a refusal after a part', [accepted, half, ended(first, 'rejected')], 'cancelled', 1],
    ['no answer, then it is there', [unknown, accepted, whole], 'filled', 2],
    ['no answer, then it is not', [unknown, ended(first, 'absent')], 'cancelled', 0],
    ['it is not there, and then a fill', [unknown, ended(first, 'absent'), whole], 'filled', 2],
    ['the end twice', [accepted, ended(first), ended(first)], 'cancelled', 0],
  ]
  const crossed: readonly Script[] = [
    ['a cancel that is crossed by the whole fill', [accepted, whole, ended(first)], 'filled', 2],
    ['a cancel that is crossed by a part', [accepted, half, ended(first)], 'cancelled', 1],
    ['a cancel that is refused, then the fill', [accepted, kept, whole], 'filled', 2],
    ['a cancel and then no answer, then the end', [accepted, unknown, ended(first)], 'cancelled', 0],
  ]

  it.each(plain)('%s', (_, says, status, size) => {
    expect(run(says, false)).toEqual({ status, size, sent: 1, open: 0 })
  })

  it.each(crossed)('%s', (_, says, status, size) => {
    expect(run(says, true)).toEqual({ status, size, sent: 1, open: 0 })
  })
})

describe('R28: a strategy that has lost its mind', () => {
  const limits = { ...noLimits, ordersPerMinute: 60, orderQuantity: 100, position: 500 }

  it('gets no more orders through than its limits let, each of the rest with its reason', () => {
    plan = Array.from({ length: 100 }, () => (i: Instrument) => {
      for (let k = 0; k < 100; k++) i.buy(1 + (k % 3)).limit(90 + k / 100)
      i.buy(1e9)
    })
    const { tick, bar } = openVenueRun({ default: Planned }, { limits })
    bar(100)
    let sent = 0
    const reasons = new Map<string, number>()
    // A print a second: the limit of a minute lets another few through in the second minute
    for (let second = 0; second < 100; second++) {
      const news = tick(100)
      sent += placed(news).length
      for (const { status, reason } of news.orders)
        if (status === 'denied') reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    }
    expect(sent).toBe(120)
    expect(Object.fromEntries(reasons)).toEqual({ 'risk-rate': 100 * 100 - 120, 'risk-quantity': 100 })
  })

  it.each([Number.NaN, -1, 0, Number.POSITIVE_INFINITY])('is stopped with the quantity %s named', (quantity) => {
    const { tick } = opened((i) => i.buy(quantity))
    expect(() => tick(100)).toThrow(/quantity/)
  })
})
