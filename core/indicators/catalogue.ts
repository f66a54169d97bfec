import { DomainError } from '../domain/errors.ts'
import { demaDefinition, hmaDefinition, temaDefinition, zlemaDefinition } from './compound-averages.ts'
import {
  crossDownDefinition,
  crossOverDefinition,
  crossUpDefinition,
  nonZeroDifferenceDefinition,
} from './crossings.ts'
import type { IndicatorDefinition } from './definition.ts'
import { bollingerDefinition, meandevDefinition, percentBDefinition, stddevDefinition } from './deviations.ts'
import { adxDefinition, directionalDefinition, directionalSystemDefinition } from './directional.ts'
import { cciDefinition, macdDefinition, rsiDefinition } from './momentum.ts'
import { emaDefinition, smaDefinition, smmaDefinition, wmaDefinition } from './moving-averages.ts'
import { percentPriceOscillatorDefinition, priceOscillatorDefinition } from './price-oscillators.ts'
import { atrDefinition, highestDefinition, lowestDefinition, sumDefinition, trueRangeDefinition } from './ranges.ts'
import {
  momentumDefinition,
  momentumOscillatorDefinition,
  percentChangeDefinition,
  roc100Definition,
  rocDefinition,
} from './rates.ts'
import {
  stochasticDefinition,
  stochasticFastDefinition,
  stochasticFullDefinition,
  williamsRDefinition,
} from './stochastics.ts'
import { obvDefinition } from './volumes.ts'

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
  bollingerDefinition,
  percentBDefinition,
  stddevDefinition,
  meandevDefinition,
  trueRangeDefinition,
  atrDefinition,
  directionalDefinition,
  adxDefinition,
  directionalSystemDefinition,
  rsiDefinition,
  macdDefinition,
  priceOscillatorDefinition,
  percentPriceOscillatorDefinition,
  stochasticDefinition,
  stochasticFastDefinition,
  stochasticFullDefinition,
  williamsRDefinition,
  cciDefinition,
  momentumDefinition,
  momentumOscillatorDefinition,
  rocDefinition,
  roc100Definition,
  percentChangeDefinition,
  obvDefinition,
  highestDefinition,
  lowestDefinition,
  sumDefinition,
  nonZeroDifferenceDefinition,
  crossUpDefinition,
  crossDownDefinition,
  crossOverDefinition,
]

const byId = new Map(indicatorCatalogue.map((definition) => [definition.id, definition]))

/** The catalogue entry; throws `indicator.unknown` {indicator}. */
export function findIndicator(id: string): IndicatorDefinition {
  const definition = byId.get(id)
  if (definition === undefined) throw new DomainError('indicator.unknown', { indicator: id })
  return definition
}
