// @vitest-environment happy-dom
import { act } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { chartBars } from '../../../renderer/chart/bars.ts'
import type { BarsShown } from '../../../renderer/features/chart/use-bars.ts'
import { type LiveBars, useLiveBars } from '../../../renderer/features/chart/use-live-bars.ts'
import { type FakeBridge, fakeBridge } from '../../helpers/fake-bridge.ts'
import { render, resetWindow } from '../../helpers/render.tsx'

const minute = 60_000
const bar = (at: number, close: number, closed: boolean) => ({
  ...{ kind: 'bar' as const, instrument: 'X', interval: '1m', time: at * minute, closeTime: (at + 1) * minute },
  ...{ open: close, high: close + 1, low: close - 1, close, volume: 5, openInterest: null, closed },
})

function stored(count: number): BarsShown {
  const column = (of: (at: number) => number) => Float64Array.from({ length: count }, (_, at) => of(at))
  const flat = column(() => 10)
  const bars = chartBars({
    ...{ time: column((at) => at * minute), closeTime: column((at) => (at + 1) * minute) },
    ...{ open: flat, high: flat, low: flat, close: flat, volume: flat },
  })
  return { bars, interval: '1m', sourceInterval: '1m', instrument: 'X' }
}

beforeEach(resetWindow)

async function watch(bridge: FakeBridge, shown: BarsShown) {
  let seen: LiveBars | null = null
  const Probe = () => {
    seen = useLiveBars(shown)
    return null
  }
  await render(<Probe />)
  return {
    seen: () => seen as LiveBars | null,
    tell: (payload: ReturnType<typeof bar>) => act(async () => bridge.emit('market.bar', payload)),
    beat: () => act(async () => bridge.emit('blotter.changed', { running: true, at: 0 })),
  }
}

test('closed bars come after those that were read, a correction in the place of its bar, and those of others not at all', async () => {
  const bridge = fakeBridge({ 'blotter.forming': () => ({ bar: null }) })
  const shown = stored(3)
  const live = await watch(bridge, shown)
  expect(live.seen()).toBeNull()
  await live.tell(bar(2, 99, true))
  await live.tell({ ...bar(3, 99, true), instrument: 'Y' })
  await live.tell({ ...bar(3, 99, true), interval: '5m' })
  expect(live.seen()).toBeNull()
  await live.tell(bar(3, 11, true))
  await live.tell(bar(4, 12, true))
  await live.tell(bar(4, 13, true))
  expect(Array.from(live.seen()?.bars.close ?? [])).toEqual([10, 10, 10, 11, 13])
  expect(live.seen()).toMatchObject({ closed: 2, isForming: false })
  expect(shown.bars.length, 'what was read stays as it was').toBe(3)
})

test('the bar that forms is the last one until it closes, and is never two', async () => {
  let forming = bar(3, 11, false)
  const bridge = fakeBridge({ 'blotter.forming': () => ({ bar: forming }) })
  const live = await watch(bridge, stored(3))
  await live.beat()
  expect(Array.from(live.seen()?.bars.close ?? [])).toEqual([10, 10, 10, 11])
  forming = bar(3, 12, false)
  await live.beat()
  expect(live.seen()).toMatchObject({ isForming: true, closed: 0 })
  expect(Array.from(live.seen()?.bars.close ?? [])).toEqual([10, 10, 10, 12])
  await live.tell(bar(3, 12.5, true))
  expect(Array.from(live.seen()?.bars.close ?? [])).toEqual([10, 10, 10, 12.5])
  // An answer that was on its way when the bar closed
  await live.beat()
  expect(Array.from(live.seen()?.bars.close ?? [])).toEqual([10, 10, 10, 12.5])
  expect(bridge.callsOf('blotter.forming')).toHaveLength(3)
})
