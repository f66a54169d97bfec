import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CandleWindow,
  clampView,
  fitView,
  latestView,
  leftOf,
  levelFor,
  panBy,
  toPosition,
  toX,
  viewAround,
  viewCentred,
  windowFor,
  zoomAt,
} from '../../../renderer/chart/viewport.ts'

const bars = 1_000_000
const width = 1336

describe('the viewport', () => {
  test('pixel and position are inverse of each other', () => {
    const view = { right: 5000.25, spacing: 0.37, width }
    for (const x of [0, 17.5, 668, width]) expect(toX(view, toPosition(view, x))).toBeCloseTo(x, 6)
  })

  test('a chart made anew goes on at the same bar and the same zoom, also far out', () => {
    const view = viewCentred({ right: 0, spacing: 7, width }, 400_000, 0.05, bars)
    expect(view.spacing).toBe(0.05)
    expect(toPosition(view, width / 2)).toBeCloseTo(400_000.5, 6)
  })

  test('zooming keeps the bar under the pointer where it is', () => {
    const view = latestView(width, bars)
    for (const factor of [1.1, 0.9, 0.5, 2]) {
      const x = 900
      const zoomed = zoomAt(view, factor, x, bars)
      expect(toPosition(zoomed, x)).toBeCloseTo(toPosition(view, x), 6)
    }
  })

  test('dragging right by a bar width shows one bar earlier', () => {
    const view = clampView({ right: 5000, spacing: 8, width }, bars)
    expect(panBy(view, 8, bars).right).toBe(4999)
  })

  test('no pan or zoom loses the bars out of sight', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3_000_000 }),
        fc.array(
          fc.tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 0.01, max: 100, noNaN: true })),
          {
            maxLength: 20,
          },
        ),
        (length, moves) => {
          let view = latestView(width, length)
          for (const [pixels, factor] of moves) {
            view = zoomAt(panBy(view, pixels, length), factor, width / 3, length)
            expect(view.right).toBeGreaterThan(0)
            expect(leftOf(view)).toBeLessThan(length)
          }
        },
      ),
    )
  })

  test('fit shows the first and the last bar', () => {
    for (const length of [1, 50, 5_214, bars]) {
      const view = fitView(width, length)
      expect(leftOf(view)).toBeLessThanOrEqual(0)
      expect(view.right).toBeGreaterThanOrEqual(length)
    }
  })

  test('a trade is brought to the middle, and zoomed out to only when it is longer than the screen', () => {
    const view = latestView(width, bars)
    const short = viewAround(view, 1000, 1010, bars)
    expect(short.spacing).toBe(view.spacing)
    expect(toX(short, 1005.5)).toBeCloseTo(width / 2, 6)
    const long = viewAround(view, 1000, 9000, bars)
    expect(toX(long, 1000)).toBeGreaterThan(0)
    expect(toX(long, 9001)).toBeLessThan(width)
  })
})

describe('the window of candles', () => {
  const walk = fc.array(
    fc.oneof(
      fc.record({ pan: fc.double({ min: -3000, max: 3000, noNaN: true }) }),
      fc.record({ zoom: fc.double({ min: 0.2, max: 5, noNaN: true }) }),
    ),
    { maxLength: 40 },
  )

  test('always covers what is visible and never holds more than a few screens', () => {
    fc.assert(
      fc.property(walk, (moves) => {
        let view = latestView(width, bars)
        let window: CandleWindow | null = null
        for (const move of moves) {
          view = 'pan' in move ? panBy(view, move.pan, bars) : zoomAt(view, move.zoom, width / 2, bars)
          window = windowFor(view, bars, window)
          const factor = 2 ** window.level
          expect(window.from * factor).toBeLessThanOrEqual(Math.max(0, leftOf(view)))
          expect(window.to * factor).toBeGreaterThanOrEqual(Math.min(bars, view.right))
          expect(window.to - window.from).toBeLessThanOrEqual(3 * (width / 1.5) + 8)
        }
      }),
    )
  })

  test('small pans keep the very same window', () => {
    const view = latestView(width, bars)
    const window = windowFor(view, bars, null)
    expect(windowFor(panBy(view, 400, bars), bars, window)).toBe(window)
  })

  test('candles never stand closer than one and a half pixels, nor are they merged without need', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.0005, max: 80, noNaN: true }), (spacing) => {
        const level = levelFor(spacing)
        expect(spacing * 2 ** level).toBeGreaterThanOrEqual(1.5 - 1e-9)
        if (level > 0) expect(spacing * 2 ** (level - 1)).toBeLessThan(1.5)
      }),
    )
  })
})
