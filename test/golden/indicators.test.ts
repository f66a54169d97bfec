import { describe, expect, it } from 'vitest'
import { describeRealData } from './describe-real-data.ts'
import { readIndicatorFile, runIndicatorCase } from './indicator-cases.ts'
import { describeDifference, referenceFiles, syntheticFolder } from './reference-files.ts'

/** Classes whose every case must be supported and equal: the catalogue so far, plus all expressions over lines. */
const covered = new Set([
  ...['MovingAverageSimple', 'ExponentialMovingAverage', 'SmoothedMovingAverage', 'WeightedMovingAverage', 'Average'],
  ...['BollingerBands', 'BollingerBandsPct', 'StandardDeviation', 'MeanDeviation', 'TrueRange', 'AverageTrueRange'],
  ...['DirectionalIndicator', 'PlusDirectionalIndicator', 'MinusDirectionalIndicator', 'DirectionalMovementIndex'],
  ...['AverageDirectionalMovementIndex', 'AverageDirectionalMovementIndexRating', 'DirectionalMovement'],
  ...['RelativeStrengthIndex', 'RSI_Safe', 'RSI_SMA', 'RSI_EMA', 'RelativeMomentumIndex', 'MACD', 'MACDHisto'],
  ...['Stochastic', 'StochasticFast', 'StochasticFull', 'CommodityChannelIndex', 'Highest', 'Lowest'],
  ...['DoubleExponentialMovingAverage', 'TripleExponentialMovingAverage', 'HullMovingAverage', 'SumN', 'Momentum'],
  ...['ZeroLagExponentialMovingAverage', 'MomentumOscillator', 'RateOfChange', 'RateOfChange100', 'PercentChange'],
  ...['PriceOscillator', 'PercentagePriceOscillator', 'PercentagePriceOscillatorShort', 'WilliamsR'],
  ...['NonZeroDifference', 'CrossUp', 'CrossDown', 'CrossOver', 'expr'],
])

function indicatorSuites(collection: string): void {
  const files = referenceFiles(collection, 'indicators')

  it('has files', () => {
    expect(files.length).toBeGreaterThan(0)
  })

  for (const file of files) {
    const { bars, cases } = readIndicatorFile(file.path)
    describe(file.name, () => {
      for (const test of cases) {
        const result = runIndicatorCase(test, bars)
        if (result.status === 'unsupported' && !covered.has(test.class)) continue
        it(test.id, () => {
          const said = result.status === 'failed' ? describeDifference(result.firstDifference) : result
          expect(said).toEqual({ status: 'passed' })
        })
      }
    })
  }
}

describe('indicators give backtrader’s numbers on synthetic bars', () => indicatorSuites(syntheticFolder))

describeRealData('indicators give backtrader’s numbers on real bars', indicatorSuites)
