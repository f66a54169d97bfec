import { describe, expect, it } from 'vitest'
import type { Instrument } from '../../../core/engine/instrument.ts'
import { modules } from '../../../core/engine/kernel.ts'
import type { SignalKind } from '../../../core/engine/signal-rules.ts'
import { decideSignals } from '../../../core/engine/signal-rules.ts'
import { barsOf, type Candle } from '../../helpers/bars-of.ts'
import { runOn } from '../../helpers/run-on.ts'

const { SignalStrategy } = modules.tickwright
type Values = Readonly<Partial<Record<SignalKind, readonly number[]>>>

/** What a position of `size` does: `close`, `buy`, `sell` in order. */
function decide(values: Values, size = 0, more: { accumulates?: boolean; upstream?: boolean } = {}): string {
  const { close, opens } = decideSignals(values, size, { accumulates: false, upstream: false, ...more })
  return [...(close ? ['close'] : []), ...opens.map((side) => (side > 0 ? 'buy' : 'sell'))].join(' ')
}

describe('signals enter a flat market (SG-01)', () => {
  it.each([
    ['long-short', 1, 'buy'],
    ['long-short', -1, 'sell'],
    ['long', 1, 'buy'],
    ['long', -1, ''],
    ['long-inverted', -1, 'buy'],
    ['long-inverted', 1, ''],
    ['long-any', -3, 'buy'],
    ['long-any', 0, ''],
    ['short', -1, 'sell'],
    ['short', 1, ''],
    ['short-inverted', 1, 'sell'],
    ['short-any', 2, 'sell'],
    ['long-exit', -1, ''],
    ['none', 1, ''],
  ] as const)('%s at %d: %s', (kind, value, done) => expect(decide({ [kind]: [value] })).toBe(done))

  it('when all of a kind agree', () => {
    expect(decide({ long: [1, 1] })).toBe('buy')
    expect(decide({ long: [1, -1] })).toBe('')
  })
  it('when one of the variants of a kind agrees', () =>
    expect(decide({ long: [-1], 'long-inverted': [-1] })).toBe('buy'))
  it('never on a value that does not exist', () =>
    expect(decide({ 'long-any': [Number.NaN], long: [Number.NaN] })).toBe(''))
})

describe('signals leave a long position', () => {
  it('which long-short turns round', () => expect(decide({ 'long-short': [-1] }, 5)).toBe('close sell'))
  it('when its own signal turns', () => expect(decide({ long: [-1] }, 5)).toBe('close'))
  it('at the exit signal', () => expect(decide({ 'long-exit': [-1] }, 5)).toBe('close'))
  it('at nothing but the exit signal when there is one', () => {
    expect(decide({ long: [-1], 'long-exit': [1] }, 5)).toBe('')
    expect(decide({ short: [-1], 'long-exit': [1] }, 5)).toBe('')
    expect(decide({ 'long-short': [-1], 'long-exit': [1] }, 5)).toBe('close sell')
  })
  it('which a short signal turns round when there is no exit signal', () =>
    expect(decide({ short: [-1] }, 5)).toBe('close sell'))
  it('mirrored for a short one', () => {
    expect(decide({ short: [1] }, -5)).toBe('close')
    expect(decide({ 'short-exit': [1] }, -5)).toBe('close')
    expect(decide({ long: [1] }, -5)).toBe('close buy')
  })
})

describe('X-13: an `any` signal', () => {
  it('leaves when it is gone', () => {
    expect(decide({ 'long-any': [2] }, 5)).toBe('')
    expect(decide({ 'long-any': [0] }, 5)).toBe('close')
  })
  it('profile backtrader: leaves by the test by which it entered', () => {
    expect(decide({ 'long-any': [2] }, 5, { upstream: true })).toBe('close')
    expect(decide({ 'long-any': [0] }, 5, { upstream: true })).toBe('')
  })
})

it('accumulate lets a signal add to its position', () => {
  expect(decide({ long: [1] }, 5)).toBe('')
  expect(decide({ long: [1] }, 5, { accumulates: true })).toBe('buy')
})

describe('a signal strategy', () => {
  const rise: Candle[] = [100, 101, 102, 103].map((price) => [price, price + 1, price - 1, price])
  class Rising extends SignalStrategy {
    static sizer = modules.tickwright.fixedSize(3)
    override onStart() {
      this.each((i) => this.signal(i, 'long-short', i.close.minus(i.close.ago(1))))
    }
  }

  it('waits for the signal’s first value and buys by the sizer', () => {
    const { fills } = runOn({ default: Rising }, [barsOf(rise)])
    expect([...(fills.columns.quantity ?? [])]).toEqual([3])
    expect([...(fills.columns.price ?? [])]).toEqual([102])
  })

  it('follows each instrument by itself', () => {
    const fall = rise.map(([open, high, low]): Candle => [300 - open, 300 - low, 300 - high, 300 - open])
    const { fills } = runOn({ default: Rising }, [barsOf(rise), barsOf(fall)])
    expect([...(fills.columns.side ?? [])]).toEqual([1, -1])
  })

  it('refuses a kind that does not exist', () => {
    class Wrong extends SignalStrategy {
      override onStart() {
        this.each((i: Instrument) => this.signal(i, 'sideways' as SignalKind, i.close))
      }
    }
    expect(() => runOn({ default: Wrong }, [barsOf(rise)])).toThrow(expect.objectContaining({ code: 'strategy.shape' }))
  })
})
