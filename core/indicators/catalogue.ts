import { DomainError } from '../domain/errors.ts'
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
import { atrDefinition, highestDefinition, lowestDefinition, trueRangeDefinition } from './ranges.ts'
import { stochasticDefinition, stochasticFastDefinition, stochasticFullDefinition } from './stochastics.ts'
import { obvDefinition } from './volumes.ts'

/** Every indicator of the workstation, in the order pickers show them. */
export const indicatorCatalogue: readonly IndicatorDefinition[] = [
  smaDefinition,
  emaDefinition,
  smmaDefinition,
  wmaDefinition,
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
  stochasticDefinition,
  stochasticFastDefinition,
  stochasticFullDefinition,
  cciDefinition,
  obvDefinition,
  highestDefinition,
  lowestDefinition,
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
