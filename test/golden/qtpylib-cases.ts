import { isDomainError } from '../../core/domain/errors.ts'
import type { IndicatorDefinition, ParamValue } from '../../core/indicators/definition.ts'
import { type BarColumns, LineGraph } from '../../core/indicators/graph.ts'
import { paramsOf, resolveIndicator } from '../../core/indicators/indicator-names.ts'
import { columnOf, type Line } from '../../core/indicators/line.ts'
import { completeParams } from '../../core/indicators/params.ts'
import { excludedFunctions, noisyFunctions } from './excluded-indicators.ts'
import type { Verdict } from './orders.ts'
import { type BarsOf, barsOf } from './qtpylib-bars.ts'
import { describeDifference, firstDifference } from './reference-files.ts'

interface FunctionCase {
  readonly function: string
  /** `bars`, a column, or a list of series: `rolling_mean(close,5), rolling_mean(close,20)`, `close, constant = …`. */
  readonly input: string
  readonly params: Readonly<Record<string, unknown>>
  readonly lines: Readonly<Record<string, readonly unknown[]>>
}

/** qtpylib's names of lines whose name here is another than theirs without `rsi_`, `slow_`, `fast_`. */
const lineNames: Readonly<Record<string, string>> = {
  rsi_bb_upper: 'upper',
  rsi_bb_lower: 'lower',
  rsi_bb_mid: 'mid',
}

/** Runs every call of a file of qtpylib's functions. */
export function checkFunctions(content: unknown, path: string): Verdict[] {
  const { cases } = content as { readonly cases: readonly FunctionCase[] }
  const bars = barsOf(content as BarsOf, path)
  return cases.map((call) => {
    const id = `${call.function} ${JSON.stringify(call.params)} of ${call.input}`
    if (bars === undefined) return { id, outcome: 'barless', bars: (content as BarsOf).series ?? 'its series' }
    try {
      return checkCall(call, id, bars)
    } catch (failure) {
      if (!isDomainError(failure)) throw failure
      return { id, outcome: 'unsupported', feature: `${call.function}: ${failure.message}` }
    }
  })
}

function checkCall(call: FunctionCase, id: string, bars: BarColumns): Verdict {
  const graph = new LineGraph(bars)
  const excluded = excludedFunctions.find((each) => each.function === call.function)
  const definition = definitionOf(call)
  const params = completeParams(definition, paramsFor(definition, call))
  const lines = graph.derive(definition, params, inputsOf(definition, call, graph))
  const absolute = (noisyFunctions[call.function] ?? 0) * Math.max(...bars.close.map(Math.abs))
  for (const [name, expected] of Object.entries(call.lines)) {
    const from = excluded === undefined ? 0 : excluded.from[name]?.(params as Readonly<Record<string, number>>)
    if (from === undefined) continue
    const kept = Array.from({ length: Math.max(0, expected.length - from) }, (_, k) => from + k)
    const difference = firstDifference({
      line: name,
      expected: kept.map((bar) => asNumber(expected[bar])),
      actual: shownColumn(lines[outputOf(definition, name)], expected),
      bars: kept,
      absolute,
    })
    if (difference !== undefined) return { id, outcome: 'failed', difference: describeDifference(difference) }
  }
  if (excluded === undefined) return { id, outcome: 'passed' }
  return { id, outcome: 'excluded', reason: `${excluded.row}: ${excluded.reason}` }
}

/** `crossed` with a direction is another function. */
function definitionOf({ function: name, params }: FunctionCase): IndicatorDefinition {
  const direction = name === 'crossed' && typeof params.direction === 'string' ? `_${params.direction}` : ''
  return resolveIndicator(`qtpylib:${name}${direction}`).definition
}

const zeroLagKinds: Readonly<Record<string, string>> = { ema: 'ema', ewm: 'ema', hma: 'hma' }

/** Ours, by qtpylib's names; upstream's rule where there is a choice. */
function paramsFor(definition: IndicatorDefinition, { params }: FunctionCase): Record<string, ParamValue> {
  const words = { definition, defaults: {}, paramNames: definition.paramNames }
  const given: Record<string, ParamValue> = Object.fromEntries(
    Object.entries(params).filter(
      (entry): entry is [string, ParamValue] =>
        entry[1] !== null && !['series2', 'col', 'direction'].includes(entry[0]),
    ),
  )
  // Upstream takes whatever kind it does not know for a simple mean
  if (given.kind !== undefined) given.kind = zeroLagKinds[String(given.kind)] ?? 'sma'
  const rule = definition.params.some(({ name }) => name === 'rule') ? { rule: 'qtpylib' } : {}
  return { ...paramsOf(words, given), ...rule }
}

function inputsOf(definition: IndicatorDefinition, call: FunctionCase, graph: LineGraph): (Line | number)[] {
  const texts = call.input.split(/,(?![^(]*\))/).map((text) => text.trim())
  const column = typeof call.params.col === 'string' ? call.params.col : 'close'
  const given = texts[0] === 'bars' ? [seriesOf(column, graph)] : texts.map((text) => operandOf(text, call, graph))
  let next = 0
  return definition.inputs.map((input) => (input === 'line' ? (given[next++] ?? graph.close) : graph[input]))
}

/** The second series of a crossing is a number where its parameter says one. */
function operandOf(text: string, { params }: FunctionCase, graph: LineGraph): Line | number {
  if (text.startsWith('constant')) return Number(params.series2)
  return seriesOf(text, graph)
}

/** `close`, or a function of a series: `rolling_mean(close,5)`. */
function seriesOf(text: string, graph: LineGraph): Line {
  const call = /^(\w+)\((.*)\)$/.exec(text)
  if (call === null) return graph[text as 'close']
  const { definition } = resolveIndicator(`qtpylib:${call[1]}`)
  const [source = 'close', ...values] = (call[2] ?? '').split(',').map((part) => part.trim())
  const params = Object.fromEntries(values.map((value, k) => [definition.params[k]?.name ?? '', Number(value)]))
  const inputs = definition.inputs.map((input) => (input === 'line' ? seriesOf(source, graph) : graph[input]))
  return graph.derive(definition, params, inputs)[0] as Line
}

function outputOf(definition: IndicatorDefinition, line: string): number {
  const ours = lineNames[line] ?? line.replace(/^(rsi|slow|fast)_/, '')
  const index = definition.outputs.findIndex(({ name }) => name === ours)
  return index < 0 && definition.outputs.length === 1 ? 0 : index
}

/** Truth has no "unknown" there: a comparison with an undefined value is false. */
function shownColumn(line: Line | undefined, expected: readonly unknown[]): Float64Array {
  const column = line === undefined ? new Float64Array(0) : columnOf(line)
  return typeof expected[0] === 'boolean' ? column.map((value) => (value === 1 ? 1 : 0)) : column
}

function asNumber(value: unknown): unknown {
  return typeof value === 'boolean' ? Number(value) : value
}
