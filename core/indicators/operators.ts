import { ensureDefined } from '../lib/assert.ts'
import { arithmeticOperators } from './arithmetic.ts'
import { comparisonOperators } from './comparisons.ts'
import type { IndicatorDefinition } from './definition.ts'

/**
 * Operators between lines, as indicators of their own so that a graph caches, streams and nests them (backtrader's line
 * operators and functions, 01 sections 3.1 and 6.7). Not in the catalogue: nobody picks `minus` from a list. Each has
 * its own loop: one shared loop over twenty functions would be megamorphic (02 section 5b).
 */
export const operatorDefinitions: readonly IndicatorDefinition[] = [...arithmeticOperators, ...comparisonOperators]

const byId = new Map(operatorDefinitions.map((definition) => [definition.id, definition]))

/** The operator of that name. An unknown name is our own mistake: lines only offer the ones there are. */
export function operatorDefinition(id: string): IndicatorDefinition {
  return ensureDefined(byId.get(id), `operator ${id}`)
}
