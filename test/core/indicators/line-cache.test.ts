import { expect, test } from 'vitest'
import { LineGraph } from '../../../core/indicators/graph.ts'
import { columnOf } from '../../../core/indicators/line.ts'
import { LineCache } from '../../../core/indicators/line-cache.ts'
import { ema, sma } from '../../../core/indicators/lines.ts'
import { dailyBars, waveCloses } from '../../helpers/shared-bars.ts'

const bars = dailyBars(waveCloses(300))
const graphOn = (cache?: LineCache) => new LineGraph(bars, { i: -1 }, { cache })

test('graphs over the same bars share the columns of the same indicator, bit for bit those of a graph of its own', () => {
  const cache = new LineCache(1e6)
  const first = columnOf(sma(graphOn(cache).close, 20))
  expect(columnOf(sma(graphOn(cache).close, 20))).toBe(first)
  expect([...first]).toEqual([...columnOf(sma(graphOn().close, 20))])
})

test('other parameters, other inputs and nested lines are told apart', () => {
  const cache = new LineCache(1e6)
  const { close, high } = graphOn(cache)
  const columns = [sma(close, 20), sma(close, 21), sma(high, 20), ema(sma(close, 20), 5), ema(sma(close, 21), 5)].map(
    columnOf,
  )
  expect(new Set(columns).size).toBe(5)
  const again = graphOn(cache)
  expect(columnOf(ema(sma(again.close, 21), 5))).toBe(columns[4])
})

test('what was not asked for longest is forgotten when the memory is used up; results stay right', () => {
  const cache = new LineCache(300 * 8 * 6)
  const first = columnOf(sma(graphOn(cache).close, 5))
  for (let period = 6; period < 40; period++) sma(graphOn(cache).close, period)
  const again = columnOf(sma(graphOn(cache).close, 5))
  expect(again).not.toBe(first)
  expect([...again]).toEqual([...first])
})

test('warm-up is that of the indicator, computed or shared', () => {
  const cache = new LineCache(1e6)
  expect(sma(graphOn(cache).close, 20).warmup).toBe(sma(graphOn(cache).close, 20).warmup)
  expect(ema(sma(graphOn(cache).close, 20), 5).warmup).toBe(ema(sma(graphOn().close, 20), 5).warmup)
})
