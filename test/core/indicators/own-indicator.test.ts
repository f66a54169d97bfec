import { describe, expect, it } from 'vitest'
import { LineGraph } from '../../../core/indicators/graph.ts'
import { columnOf, type Line } from '../../../core/indicators/line.ts'
import { ownIndicator, sma, study } from '../../../core/indicators/lines.ts'

const closes = Float64Array.of(1, 3, 2, 6, 4)
const bars = {
  open: closes,
  high: closes.map((c) => c + 1),
  low: closes.map((c) => c - 1),
  close: closes,
  volume: closes,
}
const values = (line: Line) => [...columnOf(line)]

const smooth = ownIndicator({
  name: 'smooth',
  params: { share: { default: 0.5, min: 0, max: 1 } },
  outputs: { value: 0 },
  perBar({ share }) {
    let last = Number.NaN
    return (x) => {
      last = Number.isNaN(last) ? x : last + share * (x - last)
      return last
    }
  },
})

const reach = ownIndicator({
  name: 'reach',
  inputs: ['high', 'low'],
  params: { bars: 2 },
  outputs: { up: ({ bars: back }) => back, down: ({ bars: back }) => back },
  overBars:
    ({ bars: back }) =>
    ([high, low], i) => [
      (high?.[i] ?? 0) - (high?.[i - back] ?? Number.NaN),
      (low?.[i] ?? 0) - (low?.[i - back] ?? Number.NaN),
    ],
})

describe('an indicator of one’s own', () => {
  it('keeps its state from bar to bar, one for each line', () => {
    const graph = new LineGraph(bars)
    expect(values(smooth(graph).value)).toEqual([1, 2, 2, 4, 4])
    expect(values(smooth(graph, { share: 1 }).value)).toEqual([...closes])
    expect(smooth(graph).value).toBe(smooth(graph).value)
  })

  it('reads any line and is read by any indicator', () => {
    const graph = new LineGraph(bars)
    const nested = sma(smooth(graph, {}, graph.close.minus(1)).value, 2)
    expect([values(nested), nested.warmup]).toEqual([[Number.NaN, 0.5, 1, 2, 3], 1])
  })

  it('has several outputs, each with its warm-up', () => {
    const { up, down } = reach(new LineGraph(bars))
    expect([values(up), up.warmup]).toEqual([[Number.NaN, Number.NaN, 1, 3, 2], 2])
    expect(down.name).toBe('reach(high, low, 2).down')
  })

  it('is the same bar by bar', () => {
    const live = new LineGraph()
    const lines = [smooth(live).value, reach(live).up]
    for (const close of closes) live.append({ open: close, high: close + 1, low: close - 1, close, volume: close })
    const history = new LineGraph(bars)
    const expected = [smooth(history).value, reach(history).up]
    expect(lines.map((line) => values(line).slice(0, 5))).toEqual(expected.map(values))
  })

  it('sees nothing of the bars to come', () => {
    const peek = ownIndicator({
      name: 'peek',
      outputs: { next: 0 },
      overBars:
        () =>
        ([x], i) =>
          x?.[i + 1] ?? 0,
    })
    expect(
      values(peek(new LineGraph(bars)).next)
        .slice(0, 4)
        .every(Number.isNaN),
    ).toBe(true)
  })

  it('has its limits checked, and must say how it is computed', () => {
    expect(() => smooth(new LineGraph(bars), { share: 2 })).toThrow(expect.objectContaining({ code: 'param.invalid' }))
    expect(() => ownIndicator({ name: 'empty', outputs: { value: 0 } })).toThrow(
      expect.objectContaining({ code: 'param.invalid' }),
    )
  })
})

describe('any indicator of the catalogue by name', () => {
  const graph = new LineGraph(bars)

  it('takes our words or those of the system that it is named by', () => {
    expect(study('sma', graph, { period: 2 }).sma).toBe(sma(graph.close, 2))
    expect(study('backtrader:SumN', graph, {}, graph.open).sum).toBeDefined()
    expect(
      values(study('qtpylib:rolling_mean', graph, { window: 3, min_periods: 1 }).mean as Line).slice(0, 2),
    ).toEqual([1, 2])
  })

  it('says which name or how many lines are missing', () => {
    expect(() => study('magic', graph)).toThrow(expect.objectContaining({ code: 'indicator.unknown' }))
    expect(() => study('keltner', graph).uper).toThrow(expect.objectContaining({ code: 'indicator.output' }))
    expect(() => study('cross-over', graph)).toThrow(expect.objectContaining({ code: 'indicator.input' }))
  })
})
