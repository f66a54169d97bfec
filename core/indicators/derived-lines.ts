import { ensureDefined } from '../lib/assert.ts'
import type { IndicatorDefinition, IndicatorParams } from './definition.ts'
import type { BarLines, LineGraph } from './graph.ts'
import { type Line, type Operand, ownerOf } from './line.ts'

/** The lines of any definition, also one a strategy file defines itself; `inputs` in the order of its `inputs`. */
export function indicator(
  definition: IndicatorDefinition,
  params: IndicatorParams,
  inputs: readonly [Line, ...Operand[]],
): readonly Line[] {
  // Every line is made by a LineGraph; its owner is typed narrower only to keep line.ts free of a cycle
  return (ownerOf(inputs[0]) as LineGraph).derive(definition, params, inputs)
}

/** The line of a definition with one output. */
export function only(
  definition: IndicatorDefinition,
  params: IndicatorParams,
  inputs: readonly [Line, ...Operand[]],
): Line {
  return ensureDefined(indicator(definition, params, inputs)[0], `output of ${definition.id}`)
}

/** Several outputs by name, in the order of the definition. */
export function outputsOf<Name extends string>(
  names: readonly Name[],
  lines: readonly Line[],
): { readonly [Key in Name]: Line } {
  const entries = names.map((name, index) => [name, ensureDefined(lines[index], name)])
  return Object.fromEntries(entries) as { readonly [Key in Name]: Line }
}

/** High, low and close, as most indicators of whole bars take them. */
export const rangeOf = (bars: BarLines): readonly [Line, Line, Line] => [bars.high, bars.low, bars.close]
