import { DomainError } from '../domain/errors.ts'
import { type IndicatorDefinition, type IndicatorInput, type IndicatorParams, runKernel } from './definition.ts'
import type { BarColumns } from './graph.ts'
import { paramsOf, resolveIndicator } from './indicator-names.ts'
import { completeParams } from './params.ts'

/** Bars to compute on; `lines` replaces the closes where an indicator takes any line, in order (CrossOver needs two). */
export interface IndicatorColumns extends BarColumns {
  readonly lines?: readonly Float64Array[]
}

export interface IndicatorResult {
  /** Bars before every line is defined; more than the data has when it is too short. */
  readonly warmup: number
  /** One column for each output, as long as the data, NaN where undefined. */
  readonly lines: Readonly<Record<string, Float64Array>>
  /** For each output, bars by which a chart draws it later, negative: earlier; the lines are as a strategy reads them. */
  readonly shifts: readonly number[]
}

/**
 * The full parameter set of an indicator by its id or another of its names; throws `indicator.unknown`,
 * `indicator.ambiguous`, `param.unknown`, `param.invalid`.
 */
export function validateParams(id: string, params: IndicatorParams = {}): IndicatorParams {
  const named = resolveIndicator(id)
  return completeParams(named.definition, paramsOf(named, params))
}

/** One indicator over whole columns, for charts and the terminal; throws as `validateParams`, and `indicator.input`. */
export function computeIndicator(id: string, params: IndicatorParams, columns: IndicatorColumns): IndicatorResult {
  const named = resolveIndicator(id)
  const { definition } = named
  const complete = completeParams(definition, paramsOf(named, params))
  const inputs = inputColumns(definition, columns)
  const outputs = definition.outputs.map(() => new Float64Array(columns.close.length))
  computeInto({ definition, params: complete, inputs, outputs })
  const lines = Object.fromEntries(
    definition.outputs.map((output, index) => [output.name, outputs[index] as Float64Array]),
  )
  const shifts = definition.outputs.map((output) => output.shift(complete))
  return { warmup: definition.warmup(complete), lines, shifts }
}

/** What `computeInto` works on: complete params, equally long columns, outputs owned and reused by the caller. */
export interface IndicatorRun {
  readonly definition: IndicatorDefinition
  readonly params: IndicatorParams
  readonly inputs: readonly Float64Array[]
  readonly outputs: readonly Float64Array[]
}

/** Vectorised run into the caller's buffers; allocates only the kernel's window. */
export function computeInto(run: IndicatorRun): void {
  const columns = { inputs: [...run.inputs], outputs: [...run.outputs] }
  runKernel(run.definition.create(columns, run.params), 0, run.outputs[0]?.length ?? 0)
}

function inputColumns(definition: IndicatorDefinition, columns: IndicatorColumns): Float64Array[] {
  const given = columns.lines ?? [columns.close]
  const wanted = definition.inputs.filter((input) => input === 'line').length
  if (given.length < wanted) {
    const counts = { expected: wanted, actual: given.length }
    throw new DomainError('indicator.input', { indicator: definition.id, reason: 'count', ...counts })
  }
  let next = 0
  return definition.inputs.map((input) => {
    const column = input === 'line' ? (given[next++] as Float64Array) : barColumn(input, columns)
    if (column.length === columns.close.length) return column
    const counts = { expected: columns.close.length, actual: column.length }
    throw new DomainError('indicator.input', { indicator: definition.id, reason: 'length', ...counts })
  })
}

function barColumn(input: Exclude<IndicatorInput, 'line'>, columns: IndicatorColumns): Float64Array {
  if (input !== 'localTime') return columns[input]
  return columns.localTime?.() ?? new Float64Array(columns.close.length).fill(Number.NaN)
}
