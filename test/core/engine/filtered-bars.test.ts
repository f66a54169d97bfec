import { describe, expect, it } from 'vitest'
import type { CoarseBars } from '../../../core/engine/coarse-bars.ts'
import type { Instrument } from '../../../core/engine/instrument.ts'
import { modules } from '../../../core/engine/kernel.ts'
import { barsOf, type Candle } from '../../helpers/bars-of.ts'
import { runOn } from '../../helpers/run-on.ts'

const { Strategy, sma } = modules.tickwright
const steps: Candle[] = [1, 2, 3, 4, 5, 6, 7].map((price) => [price, price, price, price, 40])

describe('bars that time does not end', () => {
  const closesOf = (interval: string, candles: readonly Candle[]) => {
    const told: number[] = []
    class Measured extends Strategy {
      override onStart() {
        this.each((i) => i.coarse(interval))
      }
      override onCoarseBar(bars: CoarseBars) {
        told.push(bars.close.now)
      }
    }
    runOn({ default: Measured }, [barsOf(candles)])
    return told
  }
  it('are seen when their measure is full: 100 units traded', () =>
    expect(closesOf('100volume', steps)).toEqual([3, 6]))
  it('a bar that is not full at the end is not shown', () => expect(closesOf('1000volume', steps)).toEqual([]))
  it('bricks of two points, on a grid of even prices', () => expect(closesOf('2renko', steps)).toEqual([4, 6]))
})

describe('filtered bars', () => {
  it('are seen with the bar that they come from, and take lines', () => {
    const told: number[] = []
    class Candles extends Strategy {
      override onStart() {
        this.each((i) => {
          const candles = i.filtered({ kind: 'heikin-ashi' })
          i.use('smooth', i.align(candles.close))
          candles.use('average', sma(candles.close, 2))
        })
      }
      override onCoarseBar(candles: CoarseBars, i: Instrument) {
        told.push(candles.close.now - (i.smooth?.now ?? 0), candles.barCount - i.barCount)
      }
    }
    runOn({ default: Candles }, [barsOf(steps)])
    expect(told).toEqual(Array(12).fill(0))
  })

  it('of bricks grow one by one', () => {
    const told: number[] = []
    class Bricks extends Strategy {
      override onStart() {
        this.each((i) => i.filtered({ kind: 'renko', size: 2 }))
      }
      override onCoarseBar(bricks: CoarseBars) {
        told.push(bricks.close.now)
      }
    }
    runOn({ default: Bricks }, [barsOf(steps)])
    expect(told.length).toBeGreaterThan(0)
    expect(told.every((close, k) => k === 0 || close - (told[k - 1] ?? 0) === 2)).toBe(true)
  })
})
