import { describe, expect, it } from 'vitest'
import { indicatorCatalogue } from '../../../core/indicators/catalogue.ts'
import { computeIndicator } from '../../../core/indicators/compute.ts'
import type { IndicatorParams } from '../../../core/indicators/definition.ts'
import { aliasesOf } from '../../../core/indicators/indicator-names.ts'

const closes = [10, 11, 9, 12, 15, 13, 14, 18, 17, 16, 19, 21]
const columns = (values: readonly number[]) => ({
  open: Float64Array.from(values),
  high: Float64Array.from(values, (value) => value + 1),
  low: Float64Array.from(values, (value) => value - 1),
  close: Float64Array.from(values),
  volume: Float64Array.from(values, () => 5),
})
const bars = columns(closes)
const line = (name: string, params: IndicatorParams = {}, over: typeof bars = bars) => [
  ...(Object.values(computeIndicator(`qtpylib:${name}`, params, over).lines)[0] ?? []),
]
const last = (name: string, params: IndicatorParams = {}) => line(name, params).at(-1)

describe('qtpylib’s defects are corrected under their names, and had on request (X-20)', () => {
  it('rolling_max is the maximum; upstream answers the minimum', () => {
    expect([last('rolling_max', { window: 3 }), last('rolling_max', { window: 3, rule: 'qtpylib' })]).toEqual([21, 16])
  })

  it('wma weighs 1 … window; upstream’s is exponential', () => {
    expect(last('wma', { window: 2 })).toBeCloseTo((19 + 2 * 21) / 3, 12)
    expect(line('wma', { window: 3, rule: 'qtpylib' })).toEqual(line('ema', { window: 3 }))
  })

  it('hma is Hull’s, of weighted averages; upstream’s of exponential ones', () => {
    const hull = [...(computeIndicator('hma', { period: 4 }, bars).lines.hma ?? [])]
    expect(line('hma', { window: 4 })).toEqual(hull)
    expect(last('hma', { window: 4, rule: 'qtpylib' })).not.toBe(hull.at(-1))
  })

  it('the weighted awesome oscillator takes its periods for spans; upstream for centres of mass', () => {
    const params = { weighted: true, fast: 2, slow: 3 }
    const expected = (last('ema', { window: 2 }) as number) - (last('ema', { window: 3 }) as number)
    expect(last('awesome_oscillator', params)).toBeCloseTo(expected, 12)
    expect(line('awesome_oscillator', { ...params, rule: 'qtpylib' })[0]).toBe(0)
  })

  it('crossed without a direction answers for both; upstream raises', () => {
    const crossings = [
      ...(computeIndicator('qtpylib-crossed', {}, { ...bars, lines: [bars.close, bars.close.map(() => 12)] }).lines
        .crossed ?? []),
    ]
    expect(crossings).toEqual([Number.NaN, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
  })

  it('zlsma averages over its lag; upstream raises', () => {
    expect(line('zlsma', { window: 5 }).findIndex(Number.isFinite)).toBe(3)
  })
})

describe('no number needs a later bar', () => {
  const more = columns([...closes, 500, 1, 900])
  it.each(['cci', 'rsi', 'tdi'])('%s is the same whatever comes', (name) => {
    const params = name === 'tdi' ? { rsi_lookback: 3, bb_lookback: 4 } : { window: 3 }
    expect(line(name, params, more).slice(0, closes.length)).toEqual(line(name, params))
    expect(line(name, params).some(Number.isFinite)).toBe(true)
  })
})

it('every function of qtpylib that makes a line has an entry', () => {
  const names =
    `heikinashi tdi awesome_oscillator typical_price mid_price ibs true_range atr crossed crossed_above crossed_below
    rolling_std rolling_mean rolling_min rolling_max rolling_weighted_mean hull_moving_average sma wma ema hma vwap rolling_vwap
    rsi macd bollinger_bands weighted_bollinger_bands returns log_returns implied_volatility keltner_channel roc cci stoch zlma
    zlema zlwma zlsma zlhma zscore pvt chopiness numpy_rolling_mean numpy_rolling_std`.split(/\s+/)
  const known = new Set(indicatorCatalogue.flatMap((entry) => aliasesOf(entry).qtpylib))
  expect(names.filter((name) => !known.has(name))).toEqual([])
})
