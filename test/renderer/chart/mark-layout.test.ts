import { describe, expect, test } from 'vitest'
import { createPyramid } from '../../../renderer/chart/level-of-detail.ts'
import { hitMark, layoutMarks, type MarkFrame } from '../../../renderer/chart/mark-layout.ts'
import { indexTrades } from '../../../renderer/chart/trade-marks.ts'
import { fitView, levelFor, type Viewport } from '../../../renderer/chart/viewport.ts'
import { barsOf, type TestTrade, tradeTable } from './series.ts'

const bars = barsOf(Array.from({ length: 50_000 }, (_, i) => 1000 + (i % 100)))
const pyramid = createPyramid(bars)

function frameOf(view: Viewport): MarkFrame {
  return { view, level: pyramid.level(levelFor(view.spacing)), bars: bars.length, toY: (price) => 1200 - price }
}

function marksOf(trades: readonly TestTrade[]) {
  return indexTrades(tradeTable(bars, trades), bars)
}

const near: Viewport = { right: 120, spacing: 10, width: 1200 }

describe('marks on the screen', () => {
  test('a few trades are drawn one by one: the buy below its candle, the sell above', () => {
    const layout = layoutMarks(marksOf([{ entry: 20, exit: 40, side: 1, pnl: 5 }]), frameOf(near))
    if (layout.kind !== 'trades') throw new Error('expected single trades')
    const [shape] = layout.shapes
    expect(shape?.entryArrow).toEqual({ x: 205, y: 1200 - (bars.low[20] ?? 0) + 9 })
    expect(shape?.exitArrow).toEqual({ x: 405, y: 1200 - (bars.high[40] ?? 0) - 9 })
    expect(shape?.entry.y).toBe(1200 - (bars.open[20] ?? 0))
  })

  test('an open trade is drawn to the last bar', () => {
    const view = { right: bars.length + 5, spacing: 10, width: 1200 }
    const layout = layoutMarks(marksOf([{ entry: bars.length - 30, exit: null, side: -1, pnl: 0 }]), frameOf(view))
    if (layout.kind !== 'trades') throw new Error('expected single trades')
    expect(layout.shapes[0]?.isOpen).toBe(true)
    expect(layout.shapes[0]?.exit.x).toBeCloseTo(1200 - 55, 6)
  })

  test('many trades become clusters that together count every mark of the run', () => {
    const trades = Array.from({ length: 4000 }, (_, i): TestTrade => {
      return { entry: i * 12, exit: i * 12 + 7, side: i % 2 === 0 ? 1 : -1, pnl: i % 5 === 0 ? -3 : 2 }
    })
    const layout = layoutMarks(marksOf(trades), frameOf(fitView(1200, bars.length)))
    if (layout.kind !== 'clusters') throw new Error('expected clusters')
    const sum = (name: 'entries' | 'exits' | 'wins' | 'losses') =>
      layout.shapes.reduce((total, { cluster }) => total + cluster[name], 0)
    expect([sum('entries'), sum('exits'), sum('wins'), sum('losses')]).toEqual([4000, 4000, 3200, 800])
    expect(layout.shapes.length).toBeLessThan(60)
  })

  test('the pointer finds the arrow it is on, the line between, and nothing elsewhere', () => {
    const marks = marksOf([
      { entry: 20, exit: 40, side: 1, pnl: 5 },
      { entry: 60, exit: 70, side: -1, pnl: -5 },
    ])
    const layout = layoutMarks(marks, frameOf(near))
    if (layout.kind !== 'trades') throw new Error('expected single trades')
    const [first, second] = layout.shapes
    if (first === undefined || second === undefined) throw new Error('expected two trades')
    expect(hitMark(layout, second.exitArrow)).toEqual({ kind: 'trade', trade: 1 })
    const middle = { x: (first.entry.x + first.exit.x) / 2, y: (first.entry.y + first.exit.y) / 2 }
    expect(hitMark(layout, middle)).toEqual({ kind: 'trade', trade: 0 })
    expect(hitMark(layout, { x: 1000, y: 20 })).toBeNull()
  })
})
