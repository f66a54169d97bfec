import type { IndicatorDefinition } from '../../definition.ts'
import { longerCandlePatterns } from './longer.ts'
import { candlePairPatterns } from './pairs.ts'
import { definePattern } from './pattern.ts'
import { singleCandlePatterns } from './single.ts'
import { candleTriplePatterns } from './triples.ts'
import { candleTurnPatterns } from './turns.ts'

const patterns = [
  ...singleCandlePatterns,
  ...candlePairPatterns,
  ...candleTriplePatterns,
  ...candleTurnPatterns,
  ...longerCandlePatterns,
]

/** TA-Lib's 61 candle patterns. */
export const candleDefinitions: readonly IndicatorDefinition[] = patterns.map(definePattern)
