import { expect, test } from 'vitest'
import { stitchCurves, walkWindows } from '../../../../core/engine/optimiser/walk-forward.ts'

test('rolling windows move along by the out-of-sample part; the last may be shorter', () => {
  expect(walkWindows(10, { kind: 'rolling', inSample: 4, outOfSample: 3 })).toEqual([
    { from: 0, cut: 4, to: 7 },
    { from: 3, cut: 7, to: 10 },
  ])
  expect(walkWindows(11, { kind: 'rolling', inSample: 4, outOfSample: 3 }).at(-1)).toEqual({ from: 6, cut: 10, to: 11 })
})

test('anchored windows always begin with the first bar', () => {
  expect(walkWindows(10, { kind: 'anchored', inSample: 4, outOfSample: 3 })).toEqual([
    { from: 0, cut: 4, to: 7 },
    { from: 0, cut: 7, to: 10 },
  ])
})

test('every bar after the first in-sample part is out of sample exactly once', () => {
  for (const kind of ['rolling', 'anchored'] as const) {
    const windows = walkWindows(1_003, { kind, inSample: 250, outOfSample: 60 })
    const bars = windows.flatMap(({ cut, to }) => Array.from({ length: to - cut }, (_, k) => cut + k))
    expect(bars).toEqual(Array.from({ length: 753 }, (_, k) => 250 + k))
  }
})

test('a history too short for one window is refused with what it would need; so are too many windows', () => {
  expect(() => walkWindows(100, { kind: 'rolling', inSample: 100, outOfSample: 10 })).toThrow(
    expect.objectContaining({ code: 'walkforward.windows', data: { reason: 'short', bars: 100, need: 101 } }),
  )
  expect(() => walkWindows(100_000, { kind: 'rolling', inSample: 10, outOfSample: 1 })).toThrow(
    expect.objectContaining({ code: 'walkforward.windows', data: expect.objectContaining({ windows: 99_990 }) }),
  )
})

test('out-of-sample curves are one account that carries its gains on', () => {
  const part = (time: number[], equity: number[]) => ({
    time: Float64Array.from(time),
    equity: Float64Array.from(equity),
    exposure: new Float64Array(time.length),
  })
  const whole = stitchCurves([part([1, 2], [100, 110]), part([3, 4], [90, 120])], 100)
  expect([...whole.time]).toEqual([1, 2, 3, 4])
  expect([...whole.equity]).toEqual([100, 110, 99.00000000000001, 132])
  expect(whole.drawdown[2]).toBeCloseTo(0.1, 12)
  expect(whole.drawdown[3]).toBe(0)
})
