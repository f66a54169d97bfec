import type { IndicatorDefinition } from '../definition.ts'
import { aroonDefinitions } from './aroon.ts'
import { bandDefinitions } from './bands.ts'
import { barOscillatorDefinitions } from './bar-oscillators.ts'
import { candleDefinitions } from './candles/definitions.ts'
import { cycleDefinitions } from './cycles.ts'
import { directionalDefinitions } from './directional.ts'
import { extremeDefinitions } from './extremes.ts'
import { mathDefinitions } from './math.ts'
import { oscillatorDefinitions } from './oscillators.ts'
import { overlapDefinitions } from './overlap.ts'
import { parabolicSarDefinitions } from './parabolic-sar.ts'
import { priceDefinitions } from './prices.ts'
import { rateDefinitions } from './rates.ts'
import { statisticDefinitions } from './statistics.ts'
import { stochasticDefinitions } from './stochastics.ts'
import { volumeDefinitions } from './volumes.ts'
import { wilderDefinitions } from './wilder.ts'

/** TA-Lib's functions with numbers of their own, by family; the others are names of native entries. */
export const talibDefinitions: readonly IndicatorDefinition[] = [
  ...overlapDefinitions,
  ...bandDefinitions,
  ...parabolicSarDefinitions,
  ...wilderDefinitions,
  ...directionalDefinitions,
  ...aroonDefinitions,
  ...rateDefinitions,
  ...oscillatorDefinitions,
  ...stochasticDefinitions,
  ...barOscillatorDefinitions,
  ...volumeDefinitions,
  ...cycleDefinitions,
  ...priceDefinitions,
  ...statisticDefinitions,
  ...extremeDefinitions,
  ...mathDefinitions,
  ...candleDefinitions,
]
