import { type PriceSource, priceSources } from '../domain/price-source.ts'
import { ensureDefined } from '../lib/assert.ts'

/**
 * A column of the bars, or `line`: any series, the closes unless the caller names another. `localTime` is when a bar
 * opened on the clock of its exchange, written as if that were UTC, in milliseconds: days and sessions are whole there.
 */
export type IndicatorInput = 'open' | 'high' | 'low' | 'close' | 'volume' | 'localTime' | 'line'

export type ParamValue = number | string | boolean
export type IndicatorParams = Readonly<Record<string, ParamValue>>

/** The families a picker filters by, in the order in which it shows them. */
export const indicatorGroups = [
  'average',
  'band',
  'direction',
  'momentum',
  'volatility',
  'volume',
  'range',
  'statistic',
  'pattern',
  'cycle',
  'price',
  'math',
  'crossing',
  'operator',
  /** Of a strategy file. */
  'own',
] as const
export type IndicatorGroup = (typeof indicatorGroups)[number]

/** A text in both languages of the workstation. */
export interface Bilingual {
  readonly en: string
  readonly zh: string
}

export interface NumberParam {
  readonly name: string
  readonly kind: 'integer' | 'number'
  readonly default: number
  /** Inclusive limits; `step` is what a form and the optimiser count in. */
  readonly min: number
  readonly max: number
  readonly step: number
}

export interface ChoiceParam {
  readonly name: string
  readonly kind: 'choice'
  readonly default: string
  readonly choices: readonly string[]
}

export interface FlagParam {
  readonly name: string
  readonly kind: 'flag'
  readonly default: boolean
}

export type IndicatorParam = NumberParam | ChoiceParam | FlagParam

export interface IndicatorOutput {
  readonly name: string
  /** How a chart draws it until the user says otherwise. */
  readonly draw: 'line' | 'histogram' | 'points'
  /** Bars before its first defined value; for a sparse output, before its first possible one. */
  warmup(params: IndicatorParams): number
  /** Defined on some bars only, e.g. a level that is found now and then. */
  readonly sparse: boolean
  /** Bars by which a chart draws it later, negative: earlier. Strategies always read it where it became known. */
  shift(params: IndicatorParams): number
}

/** Names of the same thing elsewhere; listed only where the definition is the same, but for divisions by zero. */
export interface IndicatorAliases {
  readonly backtrader: readonly string[]
  readonly talib: readonly string[]
  readonly qtpylib: readonly string[]
}

/** The columns one kernel works on. A growing graph replaces the arrays, so a kernel reads them afresh in every call. */
export interface KernelColumns {
  readonly inputs: Float64Array[]
  readonly outputs: Float64Array[]
}

/**
 * Fills the outputs for the bars [from, to), at most `chunkBars` of them. Called with adjoining ranges from 0 on, by
 * `runKernel` over known history and with single bars live: the same code over the same state, so both are equal bit
 * for bit. Kernels keep no more than their window, never the inputs.
 */
export type Kernel = (from: number, to: number) => void

/** Bars of one kernel call: intermediate values fit in scratch columns that stay in the first-level cache. */
export const chunkBars = 512

/** A column for the intermediate values of one call. */
export function scratchColumn(): Float64Array {
  return new Float64Array(chunkBars)
}

/** Runs a kernel over any number of bars. */
export function runKernel(kernel: Kernel, from: number, to: number): void {
  for (let start = from; start < to; start += chunkBars) kernel(start, Math.min(start + chunkBars, to))
}

/** One entry of the catalogue: what pickers, docs, CLI and the engine need to know, and the kernel itself. */
export interface IndicatorDefinition {
  readonly id: string
  readonly title: Bilingual
  readonly group: IndicatorGroup
  readonly params: readonly IndicatorParam[]
  readonly inputs: readonly IndicatorInput[]
  /** What it reads for each `line` unless told: the closes, then the opens … where a family says nothing. */
  readonly sources: readonly PriceSource[]
  readonly outputs: readonly IndicatorOutput[]
  /** `price`: drawn over the bars. `own`: in a pane below. */
  readonly pane: 'price' | 'own'
  /** Levels drawn across the pane, e.g. 30 and 70. */
  readonly guides: readonly number[]
  readonly formula: string
  /** Paper, book or the row of research 01 that fixes the numbers. */
  readonly source: string
  readonly aliases: IndicatorAliases
  /** What the systems it is named in call its parameters → our names; empty where they agree. */
  readonly paramNames: Readonly<Record<string, string>>
  /** Bars before the first bar on which every output is defined (backtrader's minimum period less one). */
  warmup(params: IndicatorParams): number
  create(columns: KernelColumns, params: IndicatorParams): Kernel
}

type ParamSpec<Value extends ParamValue> = Value extends number
  ? Omit<NumberParam, 'name'>
  : Value extends boolean
    ? Omit<FlagParam, 'name'>
    : Omit<ChoiceParam, 'name'>

interface OutputSpec<Params> {
  readonly draw?: IndicatorOutput['draw']
  readonly sparse?: boolean
  warmup(params: Params): number
  shift?(params: Params): number
}

/** What a family file writes down: as IndicatorDefinition, with `Params` typed and the usual values left out. */
export interface IndicatorSpec<Params extends IndicatorParams>
  extends Omit<
    IndicatorDefinition,
    'params' | 'outputs' | 'warmup' | 'create' | 'aliases' | 'guides' | 'paramNames' | 'sources'
  > {
  readonly params: { readonly [Name in keyof Params]: ParamSpec<Params[Name]> }
  readonly outputs: Readonly<Record<string, OutputSpec<Params>>>
  readonly guides?: readonly number[]
  readonly aliases?: Partial<IndicatorAliases>
  readonly paramNames?: Readonly<Record<string, string>>
  readonly sources?: readonly PriceSource[]
  create(columns: KernelColumns, params: Params): Kernel
}

/** Completes a spec. The one cast: kernels receive params that `completeParams` has checked against these very specs. */
export function defineIndicator<Params extends IndicatorParams>(spec: IndicatorSpec<Params>): IndicatorDefinition {
  const outputs = Object.entries(spec.outputs).map(([name, output]) => ({
    name,
    draw: output.draw ?? ('line' as const),
    warmup: (params: IndicatorParams) => output.warmup(params as Params),
    sparse: output.sparse ?? false,
    shift: (params: IndicatorParams) => output.shift?.(params as Params) ?? 0,
  }))
  return {
    ...spec,
    params: Object.entries(spec.params).map(([name, param]) => ({ name, ...(param as object) }) as IndicatorParam),
    outputs,
    guides: spec.guides ?? [],
    sources: spec.sources ?? priceSources.slice(0, spec.inputs.filter((input) => input === 'line').length),
    paramNames: spec.paramNames ?? {},
    aliases: { backtrader: [], talib: [], qtpylib: [], ...spec.aliases },
    warmup: (params) => Math.max(...outputs.map((output) => output.warmup(params))),
    create: (columns, params) => spec.create(columns, params as Params),
  }
}

/** Longest window anyone may ask for: bounds the memory of one kernel to 1.6 MB. */
export const maxPeriod = 100_000

/** A window length in bars. */
export function periodParam(standard: number, min = 1): Omit<NumberParam, 'name'> {
  return { kind: 'integer', default: standard, min, max: maxPeriod, step: 1 }
}

/** A real number with inclusive limits. */
export function numberParam(
  standard: number,
  limits: { readonly min: number; readonly max: number; readonly step: number },
): Omit<NumberParam, 'name'> {
  return { kind: 'number', default: standard, ...limits }
}

/** The `index`-th input or output column of a kernel. */
export function columnAt(columns: readonly Float64Array[], index: number): Float64Array {
  return ensureDefined(columns[index], `column ${index} of a kernel`)
}
