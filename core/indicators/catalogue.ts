import { DomainError } from '../domain/errors.ts'
import { accumulationDefinition, allDefinition, anyDefinition } from './accumulations.ts'
import { dynamicSmoothingDefinition, exponentialSmoothingDefinition, kamaDefinition } from './adaptive.ts'
import { aroonDefinition } from './aroon.ts'
import { bandWidthDefinition, regressionChannelDefinition } from './band-studies.ts'
import { ultimateDefinition, vortexDefinition } from './bar-oscillators.ts'
import { chandelierDefinition, donchianDefinition, keltnerDefinition, supertrendDefinition } from './channels.ts'
import { cointegrationDefinition } from './cointegration.ts'
import { demaDefinition, hmaDefinition, temaDefinition, zlemaDefinition } from './compound-averages.ts'
import {
  crossDownDefinition,
  crossOverDefinition,
  crossUpDefinition,
  nonZeroDifferenceDefinition,
} from './crossings.ts'
import { coppockDefinition, fisherDefinition, relativeVigorDefinition, schaffDefinition } from './curve-oscillators.ts'
import {
  downDayDefinition,
  downMoveDefinition,
  isDownDayDefinition,
  isUpDayDefinition,
  upDayDefinition,
} from './day-moves.ts'
import type { IndicatorDefinition } from './definition.ts'
import { bollingerDefinition, meandevDefinition, percentBDefinition, stddevDefinition } from './deviations.ts'
import { adxDefinition, directionalDefinition, directionalSystemDefinition } from './directional.ts'
import { averageEnvelopes, averageOscillators, envelopeDefinition, oscillatorDefinition } from './envelopes.ts'
import { dicksonDefinition, zeroLagDefinition } from './error-correction.ts'
import {
  barsSinceHighestDefinition,
  barsSinceLowestDefinition,
  barsSinceOldestHighestDefinition,
  barsSinceOldestLowestDefinition,
} from './extreme-positions.ts'
import { fractalDefinition } from './fractals.ts'
import { heikinAshiDefinition, heikinAshiDeltaDefinition } from './heikin-ashi.ts'
import { hurstDefinition } from './hurst.ts'
import { ichimokuDefinition } from './ichimoku.ts'
import { biasDefinition, kdjDefinition, psychologicalDefinition } from './kdj-studies.ts'
import { laguerreFilterDefinition, laguerreRsiDefinition } from './laguerre.ts'
import { cciDefinition, macdDefinition, rsiDefinition } from './momentum.ts'
import {
  chaikinMoneyFlowDefinition,
  easeOfMovementDefinition,
  forceIndexDefinition,
  negativeVolumeDefinition,
  positiveVolumeDefinition,
  relativeVolumeDefinition,
} from './money-flows.ts'
import { emaDefinition, smaDefinition, smmaDefinition, wmaDefinition } from './moving-averages.ts'
import { parabolicSarDefinition } from './parabolic-sar.ts'
import { demarkPivotDefinition, fibonacciPivotDefinition, pivotDefinition } from './pivots.ts'
import {
  choppinessDefinition,
  elderRayDefinition,
  historicalVolatilityDefinition,
  massIndexDefinition,
  ulcerIndexDefinition,
} from './power-studies.ts'
import { percentPriceOscillatorDefinition, priceOscillatorDefinition } from './price-oscillators.ts'
import { accelerationDefinition, awesomeDefinition, dpoDefinition, prettyGoodDefinition } from './price-studies.ts'
import { qtpylibDefinitions } from './qtpylib/catalogue.ts'
import { atrDefinition, highestDefinition, lowestDefinition, sumDefinition, trueRangeDefinition } from './ranges.ts'
import { dv2Definition, percentRankDefinition } from './ranks.ts'
import {
  momentumDefinition,
  momentumOscillatorDefinition,
  percentChangeDefinition,
  roc100Definition,
  rocDefinition,
} from './rates.ts'
import { pairSpreadDefinition, regressionDefinition } from './regressions.ts'
import { connorsRsiDefinition, stochasticRsiDefinition } from './rsi-studies.ts'
import { alligatorDefinition, almaDefinition, mcginleyDefinition, vidyaDefinition } from './smooth-averages.ts'
import { knowSureThingDefinition, trixDefinition, trueStrengthDefinition } from './smoothed-momentum.ts'
import {
  stochasticDefinition,
  stochasticFastDefinition,
  stochasticFullDefinition,
  williamsRDefinition,
} from './stochastics.ts'
import { talibDefinitions } from './talib/definitions.ts'
import { trueHighDefinition, trueLowDefinition, williamsAdDefinition } from './true-ranges.ts'
import { volumeProfileDefinition } from './volume-profile.ts'
import { obvDefinition } from './volumes.ts'
import {
  anchoredVwapDefinition,
  rollingVwapDefinition,
  volumeWeightedAverageDefinition,
  vwapDefinition,
} from './vwap.ts'
import { zigzagDefinition } from './zigzag.ts'

/** Every indicator of the workstation, in the order pickers show them. */
export const indicatorCatalogue: readonly IndicatorDefinition[] = [
  smaDefinition,
  emaDefinition,
  smmaDefinition,
  wmaDefinition,
  demaDefinition,
  temaDefinition,
  hmaDefinition,
  zlemaDefinition,
  kamaDefinition,
  zeroLagDefinition,
  dicksonDefinition,
  exponentialSmoothingDefinition,
  dynamicSmoothingDefinition,
  almaDefinition,
  mcginleyDefinition,
  vidyaDefinition,
  volumeWeightedAverageDefinition,
  laguerreFilterDefinition,
  bollingerDefinition,
  percentBDefinition,
  keltnerDefinition,
  donchianDefinition,
  regressionChannelDefinition,
  envelopeDefinition,
  ...averageEnvelopes,
  stddevDefinition,
  meandevDefinition,
  trueRangeDefinition,
  atrDefinition,
  choppinessDefinition,
  bandWidthDefinition,
  massIndexDefinition,
  ulcerIndexDefinition,
  historicalVolatilityDefinition,
  directionalDefinition,
  adxDefinition,
  directionalSystemDefinition,
  aroonDefinition,
  vortexDefinition,
  parabolicSarDefinition,
  ichimokuDefinition,
  supertrendDefinition,
  chandelierDefinition,
  alligatorDefinition,
  rsiDefinition,
  stochasticRsiDefinition,
  connorsRsiDefinition,
  macdDefinition,
  priceOscillatorDefinition,
  percentPriceOscillatorDefinition,
  stochasticDefinition,
  stochasticFastDefinition,
  stochasticFullDefinition,
  williamsRDefinition,
  williamsAdDefinition,
  kdjDefinition,
  biasDefinition,
  psychologicalDefinition,
  cciDefinition,
  momentumDefinition,
  momentumOscillatorDefinition,
  rocDefinition,
  roc100Definition,
  percentChangeDefinition,
  ultimateDefinition,
  awesomeDefinition,
  accelerationDefinition,
  trixDefinition,
  trueStrengthDefinition,
  knowSureThingDefinition,
  coppockDefinition,
  fisherDefinition,
  schaffDefinition,
  relativeVigorDefinition,
  elderRayDefinition,
  dpoDefinition,
  prettyGoodDefinition,
  laguerreRsiDefinition,
  dv2Definition,
  oscillatorDefinition,
  ...averageOscillators,
  upDayDefinition,
  downDayDefinition,
  isUpDayDefinition,
  isDownDayDefinition,
  downMoveDefinition,
  obvDefinition,
  vwapDefinition,
  rollingVwapDefinition,
  anchoredVwapDefinition,
  volumeProfileDefinition,
  chaikinMoneyFlowDefinition,
  forceIndexDefinition,
  easeOfMovementDefinition,
  positiveVolumeDefinition,
  negativeVolumeDefinition,
  relativeVolumeDefinition,
  highestDefinition,
  lowestDefinition,
  trueHighDefinition,
  trueLowDefinition,
  barsSinceHighestDefinition,
  barsSinceLowestDefinition,
  barsSinceOldestHighestDefinition,
  barsSinceOldestLowestDefinition,
  pivotDefinition,
  fibonacciPivotDefinition,
  demarkPivotDefinition,
  fractalDefinition,
  zigzagDefinition,
  heikinAshiDefinition,
  heikinAshiDeltaDefinition,
  sumDefinition,
  accumulationDefinition,
  anyDefinition,
  allDefinition,
  percentRankDefinition,
  hurstDefinition,
  regressionDefinition,
  pairSpreadDefinition,
  cointegrationDefinition,
  nonZeroDifferenceDefinition,
  crossUpDefinition,
  crossDownDefinition,
  crossOverDefinition,
  ...qtpylibDefinitions,
  ...talibDefinitions,
]

const byId = new Map(indicatorCatalogue.map((definition) => [definition.id, definition]))

/** True for the id of an entry. */
export function hasIndicator(id: string): boolean {
  return byId.has(id)
}

/** The catalogue entry; throws `indicator.unknown` {indicator}. */
export function findIndicator(id: string): IndicatorDefinition {
  const definition = byId.get(id)
  if (definition === undefined) throw new DomainError('indicator.unknown', { indicator: id })
  return definition
}
