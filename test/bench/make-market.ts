import { createMarketColumns, type TickSeries, toMarketSeries } from '../../core/domain/market-columns.ts'

/** Instruments of the feed, and what it brings in a second over all of them. */
export const instruments = 20
export const goalPerSecond = 200_000

/** Ticks `from` … of a market whose price walks on a grid of 0.01 and whose sizes and takers are chance. */
export function makeTicks(instrument: number, from: number, length: number): TickSeries {
  const columns = createMarketColumns('tick', length)
  const [time, id, price, size, side] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  let state = (instrument + 1) * 7_919 + from + 1
  const chance = (below: number) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
  let cents = 10_000 * (instrument + 1) + Math.round(500 * Math.sin(from / 100_000))
  for (let row = 0; row < length; row++) {
    const index = from + row
    time[row] = 1_700_000_000_000 + Math.floor((index * 1_000) / (goalPerSecond / instruments))
    id[row] = index
    cents += chance(3) - 1
    price[row] = cents / 100
    size[row] = 1 + chance(97)
    side[row] = chance(2) === 0 ? 1 : -1
  }
  return toMarketSeries('tick', columns)
}

export async function secondsOf(work: () => Promise<unknown> | unknown): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1_000
}
