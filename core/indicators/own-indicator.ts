import { DomainError } from '../domain/errors.ts'
import {
  columnAt,
  defineIndicator,
  type IndicatorDefinition,
  type IndicatorInput,
  type IndicatorParam,
  type IndicatorParams,
  type Kernel,
  type KernelColumns,
  type ParamValue,
} from './definition.ts'
import { indicator, outputsOf } from './derived-lines.ts'
import type { BarLines } from './graph.ts'
import type { Line, Operand } from './line.ts'
import { inputLines } from './study.ts'

/** A number with limits, instead of a plain default. */
export interface OwnNumber {
  readonly default: number
  readonly min?: number
  readonly max?: number
  readonly step?: number
  /** Whole numbers only. */
  readonly whole?: boolean
}

/** One value, or one for each output in their order; NaN where there is none. */
export type OwnValues = number | readonly number[]

/** The parameters of an own indicator as its functions get them. */
export type OwnParams<Params> = {
  readonly [Name in keyof Params]: Params[Name] extends OwnNumber
    ? number
    : Params[Name] extends number
      ? number
      : Params[Name] extends boolean
        ? boolean
        : string
}

/** What an indicator of your own is made of; give `perBar` or `overBars`. */
export interface OwnIndicatorSpec<Params, Output extends string> {
  /** Shown in messages and on charts. */
  readonly name: string
  /** What it reads: columns of the bars, or `line` for any series; `['line']` unless told, the closes. */
  readonly inputs?: readonly IndicatorInput[]
  /** Names with defaults: numbers, flags, texts, or numbers with limits. */
  readonly params?: Params
  /** Names with warm-ups: bars before the first value, as a number or as a function of the parameters. */
  readonly outputs: { readonly [Name in Output]: number | ((params: OwnParams<Params>) => number) }
  readonly pane?: 'price' | 'own'
  /** Called once for each line; the function it returns is called for each bar with its inputs and keeps its state. */
  readonly perBar?: (params: OwnParams<Params>) => (...inputs: number[]) => OwnValues
  /**
   * The same with whole columns: the function gets them, filled up to bar `i`, and `i`. Whatever lies beyond is NaN, so
   * that nothing can look ahead. Take the columns from the argument in every call: they grow with live bars.
   */
  readonly overBars?: (params: OwnParams<Params>) => (columns: readonly Float64Array[], i: number) => OwnValues
}

/** An indicator of your own: called with bars, and lines where it reads any series, it gives its lines by name. */
export type OwnIndicator<Params, Output extends string> = (
  bars: BarLines,
  params?: { readonly [Name in keyof Params]?: OwnParams<Params>[Name] },
  ...lines: Operand[]
) => { readonly [Name in Output]: Line }

/**
 * Makes an indicator of your own. It is computed over history and bar by bar live with the same function, so both agree;
 * each set of parameters has a state of its own. Throws `param.invalid` where its own values break its limits.
 */
export function ownIndicator<
  const Output extends string,
  Params extends Readonly<Record<string, number | boolean | string | OwnNumber>> = Record<never, never>,
>(spec: OwnIndicatorSpec<Params, Output>): OwnIndicator<Params, Output> {
  const definition = definitionOf(spec)
  const names = Object.keys(spec.outputs) as Output[]
  return (bars, params, ...lines) => {
    const inputs = inputLines(definition, bars, lines)
    return outputsOf(names, indicator(definition, { ...params } as IndicatorParams, inputs))
  }
}

function definitionOf<Params, Output extends string>(spec: OwnIndicatorSpec<Params, Output>): IndicatorDefinition {
  const { name, inputs = ['line'], pane = 'own', params = {} as Params } = spec
  const outputs = Object.entries(spec.outputs) as [string, number | ((params: OwnParams<Params>) => number)][]
  if ((spec.perBar === undefined) === (spec.overBars === undefined) || outputs.length === 0) throw malformed(name)
  const shape = defineIndicator<IndicatorParams>({
    id: name,
    title: { en: name, zh: name },
    group: 'own',
    inputs,
    pane,
    params: {},
    outputs: Object.fromEntries(
      outputs.map(([output, warmup]) => [
        output,
        { warmup: (p) => (typeof warmup === 'number' ? warmup : warmup(p as OwnParams<Params>)) },
      ]),
    ),
    formula: 'a strategy’s own',
    source: 'a strategy’s own',
    create: (columns, p) => kernelOf(spec, columns, p as OwnParams<Params>),
  })
  return { ...shape, params: Object.entries(params as object).map(([key, value]) => paramOf(key, value)) }
}

function malformed(name: string): DomainError {
  const asked = { indicator: name, name: 'perBar, overBars, outputs', value: '' }
  return new DomainError('param.invalid', { ...asked, rule: 'one of perBar and overBars, and at least one output' })
}

function paramOf(name: string, value: ParamValue | OwnNumber): IndicatorParam {
  if (typeof value === 'boolean') return { name, kind: 'flag', default: value }
  if (typeof value === 'string') return { name, kind: 'choice', default: value, choices: [value] }
  const { default: standard, ...limits }: OwnNumber = typeof value === 'number' ? { default: value } : value
  const { min = -Number.MAX_VALUE, max = Number.MAX_VALUE, step = 1, whole = false } = limits
  return { name, kind: whole ? 'integer' : 'number', default: standard, min, max, step }
}

function kernelOf<Params, Output extends string>(
  { perBar, overBars }: OwnIndicatorSpec<Params, Output>,
  columns: KernelColumns,
  params: OwnParams<Params>,
): Kernel {
  const write = (values: OwnValues, i: number): void => {
    if (typeof values === 'number') columnAt(columns.outputs, 0)[i] = values
    else for (const [k, output] of columns.outputs.entries()) output[i] = values[k] ?? Number.NaN
  }
  const bar = overBars === undefined ? perBarReader(columns, perBar?.(params)) : revealer(columns, overBars(params))
  return (from, to) => {
    for (let i = from; i < to; i++) write(bar(i), i)
  }
}

/** Calls with as many arguments as there are inputs; nothing is allocated for up to four. */
function perBarReader({ inputs }: KernelColumns, answer: ((...values: number[]) => OwnValues) | undefined) {
  const at = (k: number, i: number) => columnAt(inputs, k)[i] as number
  const call = answer ?? (() => Number.NaN)
  switch (inputs.length) {
    case 1:
      return (i: number) => call(at(0, i))
    case 2:
      return (i: number) => call(at(0, i), at(1, i))
    case 3:
      return (i: number) => call(at(0, i), at(1, i), at(2, i))
    case 4:
      return (i: number) => call(at(0, i), at(1, i), at(2, i), at(3, i))
    default:
      return (i: number) => call(...inputs.map((column) => column[i] as number))
  }
}

/** Gives columns of its own that know only what has been: a value enters when its bar is reached. */
function revealer({ inputs }: KernelColumns, answer: (columns: readonly Float64Array[], i: number) => OwnValues) {
  const known: Float64Array[] = inputs.map((column) => new Float64Array(column.length).fill(Number.NaN))
  return (i: number) => {
    for (const [k, column] of inputs.entries()) {
      if (i >= (known[k] as Float64Array).length) known[k] = lengthened(known[k] as Float64Array, column.length)
      ;(known[k] as Float64Array)[i] = column[i] as number
    }
    return answer(known, i)
  }
}

function lengthened(column: Float64Array, length: number): Float64Array {
  const longer = new Float64Array(length).fill(Number.NaN)
  longer.set(column)
  return longer
}
