import type { BacktraderPart } from '../../core/indicators/backtrader-alias.ts'
import { backtraderPlotParams, findBacktraderAlias } from '../../core/indicators/backtrader-aliases.ts'
import { findIndicator } from '../../core/indicators/catalogue.ts'
import type { IndicatorDefinition, ParamValue } from '../../core/indicators/definition.ts'
import type { LineGraph } from '../../core/indicators/graph.ts'
import type { Line } from '../../core/indicators/line.ts'
import { weightedAverage } from '../../core/indicators/study-lines.ts'

/** A case of the reference files that asks for something the catalogue does not have. */
export class UnsupportedCase extends Error {
  override readonly name = 'UnsupportedCase'
}

export interface BacktraderCall {
  readonly graph: LineGraph
  /** Class or alias, e.g. `SMA`. */
  readonly name: string
  /** Replace the closes; empty = the bars themselves. */
  readonly inputs: readonly Line[]
  readonly positional?: readonly number[]
  readonly params: Readonly<Record<string, unknown>>
}

/** The lines of a backtrader indicator under their backtrader names; throws UnsupportedCase. */
export function backtraderLines(call: BacktraderCall): ReadonlyMap<string, Line> {
  if (call.name === 'WeightedAverage') return new Map([['av', weightedAverageOf(call)]])
  const alias = findBacktraderAlias(call.name)
  if (alias === undefined) throw new UnsupportedCase(`${call.name} is not in the catalogue`)
  const lines = new Map<string, Line>()
  for (const part of alias.parts) {
    const definition = findIndicator(part.id)
    const derived = call.graph.derive(
      definition,
      { ...alias.defaults, ...ourParams(part, call) },
      inputsOf(definition, call),
    )
    for (const [theirs, ours] of Object.entries(part.lines)) {
      const index = definition.outputs.findIndex((output) => output.name === ours)
      const line = derived[index]
      if (line === undefined) throw new Error(`${part.id} has no output ${ours}`)
      lines.set(theirs, line)
    }
  }
  return lines
}

/** Takes a list of weights, so it is a function of ours, not an entry of the catalogue. */
function weightedAverageOf({ graph, inputs, params }: BacktraderCall): Line {
  return weightedAverage(inputs[0] ?? graph.close, params.weights as readonly number[], Number(params.coef))
}

function ourParams(part: BacktraderPart, call: BacktraderCall): Record<string, ParamValue> {
  const names = Object.keys(part.params)
  const given: Record<string, unknown> = { ...call.params }
  call.positional?.forEach((value, index) => {
    given[names[index] ?? `argument ${index}`] = value
  })
  const params: Record<string, ParamValue> = {}
  for (const [name, value] of Object.entries(given)) {
    if (backtraderPlotParams.has(name)) continue
    // None stands for the rule that our default names
    if (part.ignored?.includes(name) || value === null) continue
    const ours = part.params[name]
    if (ours === undefined) throw new UnsupportedCase(`${call.name} has no parameter ${name}`)
    const values = typeof ours === 'string' ? [value] : (value as readonly unknown[])
    ;[ours].flat().forEach((each, index) => {
      params[each] = /average$/i.test(each) ? averageId(String(values[index])) : (values[index] as ParamValue)
    })
  }
  return params
}

/** `SMA`, `MovingAverageSimple` … → `sma`. */
function averageId(name: string): string {
  const id = findBacktraderAlias(name)?.parts[0]?.id
  if (id === undefined) throw new UnsupportedCase(`average ${name} is not in the catalogue`)
  return id
}

function inputsOf(definition: IndicatorDefinition, { graph, inputs }: BacktraderCall): readonly Line[] {
  const given = inputs.length > 0 ? inputs : [graph.close]
  let next = 0
  return definition.inputs.map((input) => {
    if (input !== 'line') return graph[input]
    const line = given[next++]
    if (line === undefined) throw new UnsupportedCase(`${definition.id} needs more lines`)
    return line
  })
}
