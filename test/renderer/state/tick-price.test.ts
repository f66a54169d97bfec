import fc from 'fast-check'
import { expect, test } from 'vitest'
import { onTick } from '../../../renderer/state/tick-price.ts'

test.each([
  [100.004, 0.01, 100],
  [100.005, 0.01, 100.01],
  [1.08436, 0.00005, 1.08435],
  [27_913.4, 5, 27_915],
  [0.1 + 0.2, 0.1, 0.3],
  [12.34, 0, 12.34],
])('%s on ticks of %s is %s', (price, tick, on) => expect(onTick(price, tick)).toBe(on))

test('is a whole number of ticks away from zero, never farther than half a tick, and stays when asked again', () => {
  const tick = fc.constantFrom(0.01, 0.05, 0.25, 1, 0.0001, 0.00000001)
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 100_000, noNaN: true }), tick, (price, tickSize) => {
      const on = onTick(price, tickSize)
      expect(Math.abs(on - price)).toBeLessThanOrEqual(tickSize * 0.5000001)
      expect(onTick(on, tickSize)).toBe(on)
      expect(Math.abs(on / tickSize - Math.round(on / tickSize))).toBeLessThan(1e-3)
    }),
  )
})
