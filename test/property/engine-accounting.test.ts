import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { FillPolicy } from '../../core/broker/rules.ts'
import type { BarSeries } from '../../core/domain/bar-series.ts'
import type { Instrument } from '../../core/engine/instrument.ts'
import { modules } from '../../core/engine/kernel.ts'
import type { Order } from '../../core/engine/order.ts'
import { barsOf, type Candle } from '../helpers/bars-of.ts'
import { runOn } from '../helpers/run-on.ts'

const { Strategy } = modules.tickwright

/** A bar around a level: prices on the cent grid, high and low contain open and close. */
const candle: fc.Arbitrary<Candle> = fc
  .tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 9_000, max: 11_000 })))
  .map(([a = 0, b = 0, c = 0, d = 0]) => [a / 100, Math.max(a, b, c, d) / 100, Math.min(a, b, c, d) / 100, b / 100])

const act = fc.record({
  kind: fc.constantFrom(
    'market',
    'limit',
    'stop',
    'stop-limit',
    'bracket',
    'trail',
    'oco',
    'exit',
    'flatten',
    'cancel',
    'target',
    'day',
  ),
  side: fc.constantFrom('buy', 'sell'),
  quantity: fc.integer({ min: 1, max: 40 }),
  offset: fc.integer({ min: -300, max: 300 }).map((cents) => cents / 100),
})
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never

const story = fc.record({
  candles: fc.array(candle, { minLength: 2, maxLength: 40 }),
  acts: fc.array(fc.option(act), { maxLength: 40 }),
  profile: fc.constantFrom('default', 'backtrader'),
  fillPolicy: fc.constantFrom<FillPolicy>('pessimistic', 'optimistic', 'backtrader', 'ohlc-path', 'magnified'),
  rate: fc.constantFrom(0, 0.001),
})

function perform(i: Instrument, { kind, side, quantity, offset }: Act): void {
  const price = i.last + offset
  const order = () => i.order(side as 'buy' | 'sell', quantity)
  const actions: Record<string, () => unknown> = {
    market: order,
    limit: () => order().limit(price),
    stop: () => order().stopEntry(price),
    'stop-limit': () =>
      order()
        .stopEntry(price)
        .limit(price + 1),
    bracket: () =>
      side === 'buy'
        ? i
            .buy(quantity)
            .target(price + 3)
            .stop(price - 3)
        : i
            .sell(quantity)
            .target(price - 3)
            .stop(price + 3),
    trail: () => order().trailBy(2),
    oco: () =>
      order()
        .limit(price)
        .oneCancelsOther(order().stopEntry(price + 2)),
    exit: () => i.exit(),
    flatten: () => i.flatten(),
    cancel: () => i.orders[0]?.cancel(),
    target: () => i.targetSize(side === 'buy' ? quantity : -quantity),
    day: () => order().limit(price).valid('day'),
  }
  actions[kind]?.()
}

type Story = typeof story extends fc.Arbitrary<infer One> ? One : never

function runStory(
  { candles, acts, profile, fillPolicy, rate }: Story,
  more: readonly BarSeries[] = [],
  scratch?: ArrayBuffer[],
) {
  const orders: Order[] = []
  class Story extends Strategy {
    override onBar(i: Instrument) {
      const next = acts[i.barCount - 1]
      if (next) perform(i, next)
    }
    override onFill(_: Instrument, order: Order) {
      orders.push(order)
    }
  }
  const commission = rate === 0 ? ({ kind: 'none' } as const) : ({ kind: 'percent', rate } as const)
  const options = { profile: profile as 'default' | 'backtrader', fillPolicy, commission, cash: 50_000, scratch }
  return { result: runOn({ default: Story }, [barsOf(candles), ...more], options), orders }
}

it('cash, position, fees and trades follow from the fills alone, whatever a strategy does', () => {
  fc.assert(
    fc.property(story, (told) => {
      const { result } = runStory(told)
      const { side, price, quantity, fee, positionAfter } = result.fills.columns
      let cash = 50_000
      let position = 0
      for (let row = 0; row < result.fills.rows; row++) {
        const signed = (side?.[row] as number) * (quantity?.[row] as number)
        cash -= signed * (price?.[row] as number) + (fee?.[row] as number)
        position += signed
        expect(positionAfter?.[row]).toBe(position)
      }
      expect(result.equity.columns().cash.at(-1)).toBeCloseTo(cash, 6)
      expect(result.equity.equity.at(-1)).toBeCloseTo(cash + position * (told.candles.at(-1)?.[3] as number), 6)
      const pnl = [...(result.trades.columns.pnl ?? [])].reduce((sum, one) => sum + one, 0)
      expect(pnl).toBeCloseTo((result.equity.equity.at(-1) as number) - 50_000, 6)
    }),
    { numRuns: 500 },
  )
})

it('every fill lies inside its bar, after its order was made, and never beyond its limit', () => {
  fc.assert(
    fc.property(story, (told) => {
      const { result } = runStory(told)
      const { order, time, price } = result.fills.columns
      const times = [...result.equity.time]
      for (let row = 0; row < result.fills.rows; row++) {
        const id = (order?.[row] as number) - 1
        const at = price?.[row] as number
        const bar = times.indexOf(time?.[row] as number)
        const [, high, low] = told.candles[bar] as Candle
        expect(at).toBeGreaterThanOrEqual(low)
        expect(at).toBeLessThanOrEqual(high)
        expect(time?.[row]).toBeGreaterThanOrEqual(result.orders.columns.createdTime?.[id] as number)
        const limit = result.orders.columns.limit?.[id] as number
        const side = result.orders.columns.side?.[id] as number
        if (!Number.isNaN(limit)) expect((limit - at) * side).toBeGreaterThanOrEqual(-1e-9)
      }
    }),
    { numRuns: 500 },
  )
})

it('no order fills more than it asked for, and both legs of a bracket never fill', () => {
  fc.assert(
    fc.property(story, (told) => {
      const { orders } = runStory(told).result
      const { filled, quantity, parent, type } = orders.columns
      const legs = new Map<number, number>()
      for (let row = 0; row < orders.rows; row++) {
        expect(filled?.[row]).toBeLessThanOrEqual(quantity?.[row] as number)
        const entry = parent?.[row] as number
        if (Number.isNaN(entry) || filled?.[row] === 0) continue
        expect(orders.texts.type?.[type?.[row] as number]).toMatch(/limit|stop/)
        legs.set(entry, (legs.get(entry) ?? 0) + 1)
      }
      for (const count of legs.values()) expect(count).toBe(1)
    }),
    { numRuns: 500 },
  )
})

it('a run that ends earlier is the beginning of the longer one: nothing looks ahead', () => {
  fc.assert(
    fc.property(story, fc.double({ min: 0.1, max: 0.9, noNaN: true }), (told, share) => {
      const cut = Math.max(1, Math.floor(told.candles.length * share))
      const whole = runStory(told).result
      const part = runStory({ ...told, candles: told.candles.slice(0, cut) }).result
      expect([...part.equity.equity]).toEqual([...whole.equity.equity].slice(0, cut))
      expect([...(part.fills.columns.price ?? [])]).toEqual(
        [...(whole.fills.columns.price ?? [])].slice(0, part.fills.rows),
      )
    }),
    { numRuns: 300 },
  )
})

it('one instrument alone gives what it gives beside another without bars, where every bar has its cycle', () => {
  fc.assert(
    fc.property(story, (told) => {
      const alone = runStory(told).result
      const beside = runStory(told, [barsOf([])]).result
      for (const name of ['fills', 'orders', 'trades'] as const) {
        const rows = (table: typeof alone.fills) => ({ ...table.columns })
        expect(rows(alone[name])).toEqual(rows(beside[name]))
      }
      const curve = (result: typeof alone) => {
        const { equity, cash, drawdown, exposure } = result.equity.columns()
        return { equity, cash, drawdown, exposure, metrics: result.metrics }
      }
      expect(curve(alone)).toEqual(curve(beside))
    }),
    { numRuns: 300 },
  )
})

it('memory that earlier runs have used changes nothing', () => {
  const scratch: ArrayBuffer[] = []
  fc.assert(
    fc.property(story, (told) => {
      const fresh = runStory(told).result.resultBytes()
      expect(runStory(told, [], scratch).result.resultBytes()).toEqual(fresh)
      for (const buffer of scratch) new Float64Array(buffer).fill(777)
    }),
    { numRuns: 100 },
  )
})
