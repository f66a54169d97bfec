import { describe, expect, it } from 'vitest'
import { computeIndicator } from '../../../core/indicators/compute.ts'
import { cointegrationPValue } from '../../../core/indicators/mackinnon.ts'

/** Two series that hold together: b wanders, a follows it with a slope and a gap that closes. */
function pair(): { readonly a: Float64Array; readonly b: Float64Array } {
  let seed = 12_345n
  const draw = () => {
    seed = (seed * 1_103_515_245n + 12_345n) % 2_147_483_648n
    return Number(seed) / 2_147_483_648 - 0.5
  }
  const a = new Float64Array(400)
  const b = new Float64Array(400)
  let level = 100
  let gap = 0
  for (let k = 0; k < 400; k++) {
    level += draw() * 2
    gap = 0.7 * gap + draw()
    b[k] = level
    a[k] = 5 + 0.02 * k + 1.5 * level + gap
  }
  return { a, b }
}

const { a, b } = pair()

function test(lines: readonly [Float64Array, Float64Array], params: Readonly<Record<string, number | string>>) {
  const [x] = lines
  return computeIndicator('cointegration', params, { open: x, high: x, low: x, close: x, volume: x, lines }).lines
}

/** What coint(a, b, trend=…) of statsmodels 0.15.0 answers for the window that ends with the bar. */
const published = [
  [30, 'c', 350, -2.850681928714195, 0.15009034230711893],
  [30, 'ct', 399, -4.778401015048721, 0.0020459093146820866],
  [50, 'ctt', 350, -4.507394913211456, 0.01809930895824181],
  [100, 'n', 399, -1.2510286263111052, 0.5897307264796896],
  [100, 'c', 399, -2.2896202175468034, 0.3787434848510419],
  [250, 'c', 399, -1.5848609820897293, 0.7272373826094384],
  [21, 'c', 350, -2.477066311763769, 0.2892760670134329],
  [11, 'c', 399, 1.2479923752905282, 1.0],
] as const

describe('the cointegration test', () => {
  it.each(published)('over %i bars with trend %s at bar %i is statsmodels’', (period, trend, bar, score, pvalue) => {
    const found = test([a, b], { period, trend })
    expect(found.score?.[bar]).toBeCloseTo(score, 9)
    expect(found.pvalue?.[bar]).toBeCloseTo(pvalue, 9)
  })

  it('knows nothing in an even window of up to 20 bars, as statsmodels: all lags are taken, no freedom is left', () => {
    const { score, pvalue } = test([a, b], { period: 10 })
    expect(new Set(score?.slice(9))).toEqual(new Set([0]))
    expect(pvalue?.[399]).toBeCloseTo(0.9859002580259643, 12)
  })

  it('says nothing of a multiple of the same series, nor when the first stands still', () => {
    const twice = test([a.map((value) => 2 * value + 3), a], { period: 30 })
    expect([twice.score?.[399], twice.pvalue?.[399]]).toEqual([Number.NaN, Number.NaN])
    const still = test([a.map(() => 7.3), a], { period: 30 })
    expect([still.score?.[399], still.pvalue?.[399]]).toEqual([Number.NaN, Number.NaN])
  })

  it('finds MacKinnon’s five-percent values for two series without limit of rows', () => {
    const critical = { c: -3.33613, ct: -3.78057, ctt: -4.15387 } as const
    for (const trend of ['c', 'ct', 'ctt'] as const) {
      expect(cointegrationPValue(critical[trend], trend)).toBeCloseTo(0.05, 3)
    }
  })
})
