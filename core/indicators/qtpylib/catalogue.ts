import type { IndicatorDefinition } from '../definition.ts'
import * as averages from './averages.ts'
import * as channels from './channels.ts'
import * as extremes from './extremes.ts'
import * as oscillators from './oscillators.ts'
import * as prices from './prices.ts'
import * as statistics from './statistics.ts'
import * as volumes from './volumes.ts'

/** qtpylib's functions with qtpylib's numbers, as entries of the catalogue. */
export const qtpylibDefinitions: readonly IndicatorDefinition[] = [
  averages,
  channels,
  extremes,
  oscillators,
  prices,
  statistics,
  volumes,
]
  .flatMap((family) => Object.values(family))
  .flat()
