import { describe, expect, it } from 'vitest'
import { DomainError } from '../../../core/domain/errors.ts'
import { LineGraph } from '../../../core/indicators/graph.ts'
import { columnOf } from '../../../core/indicators/line.ts'
import { crossedAbove, crossedBelow, crossOver, ema, macd, rsi, sma } from '../../../core/indicators/lines.ts'
import { smaDefinition } from '../../../core/indicators/moving-averages.ts'

/** Bars whose prices all equal the closes given. */
function graphOf(...closes: readonly number[]): LineGraph {
  const column = Float64Array.from(closes)
  return new LineGraph({ open: column, high: column, low: column, close: column, volume: column })
}

function failureOf(action: () => unknown): DomainError {
  try {
    action()
  } catch (failure) {
    if (failure instanceof DomainError) return failure
    throw failure
  }
  throw new Error('nothing was thrown')
}

describe('a line seen from now', () => {
  it('ends at the cursor', () => {
    const graph = graphOf(1, 2, 3, 4)
    graph.cursor.i = 2
    expect([graph.close.now, graph.close.before, graph.close.at(), graph.close.at(2)]).toEqual([3, 2, 3, 1])
  })

  it('refuses to look ahead, although the next bars are loaded', () => {
    const graph = graphOf(1, 2, 3, 4)
    graph.cursor.i = 1
    const failure = failureOf(() => graph.close.at(-1))
    expect([failure.code, failure.data]).toEqual([
      'strategy.look-ahead',
      { series: 'close', ago: -1, message: 'close.at(-1)' },
    ])
    expect(failureOf(() => graph.close.at(0.5)).code).toBe('strategy.look-ahead')
  })

  it('refuses to reach before the first bar instead of wrapping to the last one (X-01)', () => {
    const graph = graphOf(1, 2, 3, 4)
    graph.cursor.i = 0
    const failure = failureOf(() => graph.close.at(1))
    expect([failure.code, failure.data]).toEqual([
      'strategy.history',
      { series: 'close', ago: 1, message: 'close.at(1)', bars: 1 },
    ])
    expect(graph.close.before).toBeNaN()
  })

  it('shows a strategy nothing from which it could take later bars or move now', () => {
    const graph = graphOf(1, 2, 3)
    expect(Object.keys(graph.close)).toEqual(['name', 'warmup'])
  })

  it('is undefined before the first bar and during its warm-up', () => {
    const graph = graphOf(1, 2, 3)
    const average = sma(graph.close, 2)
    expect([average.now, average.at()]).toEqual([Number.NaN, Number.NaN])
    graph.cursor.i = 0
    expect(average.now).toBeNaN()
    graph.cursor.i = 1
    expect(average.now).toBe(1.5)
  })
})

describe('lines made of lines', () => {
  it('exist once for the same indicator, parameters and inputs', () => {
    const graph = graphOf(1, 2, 3)
    expect(sma(graph.close, 2)).toBe(sma(graph.close, 2))
    expect(sma(graph.close, 2)).not.toBe(sma(graph.close, 3))
    expect(sma(graph.close, 2)).not.toBe(sma(graph.open, 2))
  })

  it('add up their warm-ups', () => {
    const graph = graphOf(1)
    expect(ema(rsi(graph.close, 14), 5).warmup).toBe(18)
    expect(macd(graph.close).signal.warmup).toBe(33)
    expect(graph.close.ago(3).warmup).toBe(3)
  })

  it('combine by arithmetic with lines and numbers', () => {
    const graph = graphOf(1, 2, 4)
    const result = graph.close.minus(graph.close.ago(1)).times(10).plus(graph.close).over(2)
    expect([...columnOf(result)]).toEqual([Number.NaN, 6, 12])
    expect([...columnOf(graph.close.over(graph.close.minus(2)))]).toEqual([-1, Number.NaN, 2])
  })

  it('say which indicator and inputs they are', () => {
    const graph = graphOf(1)
    expect(sma(rsi(graph.close, 14), 5).name).toBe('sma(rsi(close, 14, smma, 1, 100, 50), 5)')
    expect(macd(graph.close).signal.name).toBe('macd(close, 12, 26, 9, ema).signal')
  })

  it('cannot mix the bars of two instruments', () => {
    const failure = failureOf(() => graphOf(1, 2).close.minus(graphOf(1, 2).close))
    expect([failure.code, failure.data]).toEqual(['indicator.foreign', { indicator: 'minus', series: 'close' }])
  })

  it('need as many inputs as the indicator takes', () => {
    const graph = graphOf(1)
    const failure = failureOf(() => graph.derive(smaDefinition, {}, [graph.close, graph.open]))
    expect(failure.data).toEqual({ indicator: 'sma', reason: 'count', expected: 1, actual: 2 })
  })
})

describe('a graph fed live', () => {
  it('keeps every line when it outgrows its columns, and the history it was given untouched', () => {
    const history = Float64Array.from([1, 2, 3])
    const graph = new LineGraph({ open: history, high: history, low: history, close: history, volume: history })
    const average = sma(graph.close, 3)
    for (let close = 4; close <= 3000; close++) graph.append({ open: 0, high: 0, low: 0, close, volume: 0 })
    graph.cursor.i = 2999
    expect([graph.length, average.now, average.at(2997), graph.close.at(2999)]).toEqual([3000, 2999, 2, 1])
    expect([...history]).toEqual([1, 2, 3])
  })
})

describe('crossings', () => {
  const sides = (graph: LineGraph, test: () => boolean) =>
    Array.from({ length: graph.length }, (_, i) => {
      graph.cursor.i = i
      return test()
    })

  it('are seen on the bar on which the line changes sides', () => {
    const graph = graphOf(1, 3, 3, 1, 3)
    expect(sides(graph, () => crossedAbove(graph.close, 2))).toEqual([false, true, false, false, true])
    expect(sides(graph, () => crossedBelow(graph.close, 2))).toEqual([false, false, false, true, false])
  })

  it('count a touch as the other side, where backtrader’s crossover remembers the side before the touch', () => {
    const graph = graphOf(3, 2, 3, 2, 1)
    expect(sides(graph, () => crossedAbove(graph.close, 2))).toEqual([false, false, true, false, false])
    expect([...columnOf(crossOver(graph.close, 2))]).toEqual([Number.NaN, 0, 0, 0, -1])
  })

  it('are not seen while a line is undefined', () => {
    const graph = graphOf(1, 3, 5)
    const average = sma(graph.close, 3)
    expect(sides(graph, () => crossedAbove(graph.close, average))).toEqual([false, false, false])
  })
})
