import { describe, expect, it } from 'vitest'
import { indicatorCatalogue } from '../../../core/indicators/catalogue.ts'
import { computeIndicator } from '../../../core/indicators/compute.ts'
import { LineGraph } from '../../../core/indicators/graph.ts'
import { columnOf, Line } from '../../../core/indicators/line.ts'
import * as lines from '../../../core/indicators/lines.ts'

const length = 400
const wave = (phase: number) => Float64Array.from({ length }, (_, i) => 100 + 9 * Math.sin(i / 7 + phase) + (i % 5))
const close = wave(0)
const bars = {
  open: wave(0.3),
  high: close.map((value) => value + 3),
  low: close.map((value) => value - 2),
  close,
  volume: close.map((value) => value * 10),
  localTime: () => Float64Array.from({ length }, (_, i) => Date.UTC(2024, 0, 1) + i * 3_600_000),
}
const graph = new LineGraph(bars)
const { close: x, open: y } = graph

/** Every strategy function that is an indicator with the catalogue’s defaults, and its entry there. */
const calls: readonly (readonly [id: string, made: Line | Readonly<Record<string, Line>>])[] = [
  ['kama', lines.kama(x)],
  ['zero-lag', lines.zeroLag(x)],
  ['dickson', lines.dickson(x)],
  ['laguerre-filter', lines.laguerreFilter(x)],
  ['laguerre-rsi', lines.laguerreRsi(x)],
  ['envelope', lines.envelope(x)],
  ['aroon', lines.aroon(graph)],
  ['vortex', lines.vortex(graph)],
  ['psar', lines.parabolicSar(graph)],
  ['ichimoku', lines.ichimoku(graph)],
  ['ultimate', lines.ultimate(graph)],
  ['awesome', lines.awesome(graph)],
  ['acceleration', lines.acceleration(graph)],
  ['trix', lines.trix(x)],
  ['tsi', lines.trueStrength(x)],
  ['kst', lines.knowSureThing(x)],
  ['dpo', lines.detrendedPrice(x)],
  ['pgo', lines.prettyGood(graph)],
  ['dv2', lines.dv2(graph)],
  ['williams-ad', lines.williamsAd(graph)],
  ['apo', lines.priceOscillator(x)],
  ['ppo', lines.percentOscillator(x)],
  ['true-high', lines.trueHigh(graph)],
  ['true-low', lines.trueLow(graph)],
  ['pivot', lines.pivot(graph)],
  ['fibonacci-pivot', lines.fibonacciPivot(graph)],
  ['demark-pivot', lines.demarkPivot(graph)],
  ['fractal', lines.fractal(graph)],
  ['heikin-ashi', lines.heikinAshi(graph)],
  ['heikin-ashi-delta', lines.heikinAshiDelta(graph)],
  ['bars-since-highest', lines.barsSinceHighest(x, 20)],
  ['bars-since-oldest-highest', lines.barsSinceHighest(x, 20, 'oldest')],
  ['bars-since-lowest', lines.barsSinceLowest(x, 20)],
  ['bars-since-oldest-lowest', lines.barsSinceLowest(x, 20, 'oldest')],
  ['accumulation', lines.accumulation(x)],
  ['any', lines.anyTrue(x, 1)],
  ['all', lines.allTrue(x, 1)],
  ['up-day', lines.upDay(x)],
  ['down-day', lines.downDay(x)],
  ['is-up-day', lines.isUpDay(x)],
  ['is-down-day', lines.isDownDay(x)],
  ['down-move', lines.downMove(x)],
  ['momentum-oscillator', lines.momentumOscillator(x)],
  ['percent-change', lines.percentChange(x)],
  ['percent-rank', lines.percentRank(x)],
  ['hurst', lines.hurst(x)],
  ['vwap', lines.vwap(graph)],
  ['rolling-vwap', lines.rollingVwap(graph)],
  ['anchored-vwap', lines.anchoredVwap(graph, 20200101)],
  ['vwma', lines.vwma(graph)],
  ['supertrend', lines.supertrend(graph)],
  ['keltner', lines.keltner(graph)],
  ['donchian', lines.donchian(graph)],
  ['chandelier-exit', lines.chandelierExit(graph)],
  ['zigzag', lines.zigzag(graph)],
  ['volume-profile', lines.volumeProfile(graph)],
  ['cmf', lines.chaikinMoneyFlow(graph)],
  ['force-index', lines.forceIndex(graph)],
  ['elder-ray', lines.elderRay(graph)],
  ['connors-rsi', lines.connorsRsi(x)],
  ['stochastic-rsi', lines.stochasticRsi(x)],
  ['alma', lines.alma(x)],
  ['regression', lines.regression(x, y)],
  ['pair-spread', lines.pairSpread(x, y)],
  ['cointegration', lines.cointegration(x, y)],
]

describe('what a strategy calls', () => {
  it.each(calls)('%s is the catalogue’s indicator with its defaults, under its names', (id, made) => {
    const expected = computeIndicator(id, {}, { ...bars, lines: [bars.close, bars.open] }).lines
    const named = made instanceof Line ? { [Object.keys(expected)[0] ?? '']: made } : made
    expect(Object.keys(named)).toEqual(Object.keys(expected))
    for (const [name, line] of Object.entries(named)) expect(columnOf(line), name).toEqual(expected[name])
  })

  it('an envelope around any average is that average’s own envelope', () => {
    const own = computeIndicator('hma-envelope', { period: 12, percent: 1 }, bars).lines
    const made = lines.envelope(lines.hma(x, 12), 1)
    expect([columnOf(made.upper), columnOf(made.lower)]).toEqual([own.upper, own.lower])
  })

  it('every average has an envelope and an oscillator', () => {
    const ids = new Set(indicatorCatalogue.map((each) => each.id))
    const averages = ['sma', 'ema', 'smma', 'wma', 'dema', 'tema', 'kama', 'hma', 'zlema', 'zero-lag', 'dickson']
    expect(averages.filter((id) => !ids.has(`${id}-envelope`) || !ids.has(`${id}-oscillator`))).toEqual([])
  })
})

describe('what is not upstream’s', () => {
  const last = (column: Float64Array | undefined, bar: number) => (column as Float64Array)[bar]

  it('the zero-lag envelope has bands and its oscillator is a distance (X-07)', () => {
    const { middle, upper } = computeIndicator('zero-lag-envelope', {}, bars).lines
    const { oscillator } = computeIndicator('zero-lag-oscillator', {}, bars).lines
    expect(last(upper, 399)).toBe((last(middle, 399) as number) * 1.025)
    expect(last(oscillator, 399)).toBe((bars.close[399] as number) - (last(middle, 399) as number))
  })

  it('DeMark’s pivot doubles the high after a rise and the close of an even bar (X-07)', () => {
    const bar = (open: number, end: number) => ({
      open: Float64Array.of(open),
      high: Float64Array.of(14),
      low: Float64Array.of(8),
      close: Float64Array.of(end),
      volume: Float64Array.of(1),
    })
    const p = (open: number, end: number, rule: string) =>
      computeIndicator('demark-pivot', { rule }, bar(open, end)).lines.p?.[0]
    expect([p(9, 12, 'demark'), p(12, 12, 'demark'), p(13, 12, 'demark')]).toEqual([12, 11.5, 10.5])
    expect([p(9, 12, 'backtrader'), p(12, 12, 'backtrader'), p(13, 12, 'backtrader')]).toEqual([11.5, 12, 10.5])
  })

  it('a fractal is known when its window ends, and chikou never shows a later close (L-09)', () => {
    const peak = Float64Array.of(1, 2, 5, 2, 1, 1)
    const columns = { open: peak, high: peak, low: peak, close: peak, volume: peak }
    const { bearish } = computeIndicator('fractal', { distance: 0 }, columns).lines
    expect([...(bearish as Float64Array)]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN, 5, Number.NaN])
    expect(computeIndicator('ichimoku', {}, bars).lines.chikou).toEqual(bars.close)
    const shifts = ['fractal', 'ichimoku'].map((id) => {
      const definition = indicatorCatalogue.find((each) => each.id === id)
      const params = Object.fromEntries(definition?.params.map((param) => [param.name, param.default]) ?? [])
      return definition?.outputs.map((output) => output.shift(params))
    })
    expect(shifts).toEqual([
      [-2, -2],
      [0, 0, 0, 0, -26],
    ])
  })
})
