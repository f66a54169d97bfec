import { DomainError } from '../domain/errors.ts'
import type { IndicatorDefinition, IndicatorParams } from './definition.ts'
import { indicator, outputsOf } from './derived-lines.ts'
import type { BarLines, LineGraph } from './graph.ts'
import { paramsOf, resolveIndicator } from './indicator-names.ts'
import { type Line, type Operand, ownerOf } from './line.ts'

/**
 * Any indicator of the catalogue by its id or by a name that backtrader, TA-Lib or qtpylib has for it, with the
 * parameters of the catalogue or of that system: `study('keltner', i, { period: 20 }).upper`, `study('talib:CCI', i)`.
 * `lines` are what it reads where it takes any series, the closes unless given. Throws `indicator.unknown`,
 * `indicator.ambiguous`, `param.unknown`, `param.invalid`, `indicator.input`, and
 * `indicator.output` {indicator, output, known} for an output that it does not have.
 */
export function study(
  name: string,
  bars: BarLines,
  params: IndicatorParams = {},
  ...lines: Operand[]
): { readonly [output: string]: Line } {
  const named = resolveIndicator(name)
  const { definition } = named
  const made = indicator(definition, paramsOf(named, params), inputLines(definition, bars, lines))
  const names = definition.outputs.map((output) => output.name)
  return new Proxy(outputsOf(names, made), {
    get(outputs, output) {
      if (typeof output === 'string' && output in outputs) return outputs[output]
      const asked = { indicator: definition.id, output: String(output), known: names.join(', ') }
      throw new DomainError('indicator.output', asked)
    },
  })
}

/** What a definition reads of these bars, in its order; throws `indicator.input` when it wants more lines. */
export function inputLines(
  definition: IndicatorDefinition,
  bars: BarLines,
  lines: readonly Operand[],
): [Line, ...Operand[]] {
  const given = lines.length > 0 ? lines : [bars.close]
  const wanted = definition.inputs.filter((input) => input === 'line').length
  if (wanted > given.length || lines.length > wanted) {
    const counts = { expected: wanted, actual: lines.length }
    throw new DomainError('indicator.input', { indicator: definition.id, reason: 'count', ...counts })
  }
  let next = 0
  const inputs = definition.inputs.map((input) => {
    if (input === 'line') return given[next++] as Operand
    return input === 'localTime' ? localTimeOf(bars) : bars[input]
  })
  return inputs as [Line, ...Operand[]]
}

/** When the bars opened on the clock of their exchange. */
export function localTimeOf(bars: BarLines): Line {
  // Every line is made by a LineGraph, see derived-lines.ts
  return (ownerOf(bars.close) as LineGraph).localTime
}
