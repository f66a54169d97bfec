import { DomainError } from '../../domain/errors.ts'
import { type ParamSpecWire, type ParamValue, resolveParams } from '../params.ts'

/** What a search may try of one parameter: every `step` from `from` to `to` (both included), or the values listed. */
export type ParamRange =
  | {
      readonly kind: 'range'
      readonly from: number
      readonly to: number
      /** null: any number between, which only methods that draw can search. */
      readonly step: number | null
    }
  | { readonly kind: 'values'; readonly values: readonly ParamValue[] }

/** One searched parameter. `values` null: any number in [from, to]. */
export interface Axis {
  readonly name: string
  readonly values: readonly ParamValue[] | null
  readonly from: number
  readonly to: number
}

/** The searched parameters in the order in which they were named; the last one varies fastest. */
export interface SearchSpace {
  readonly axes: readonly Axis[]
  /** Combinations of all values before any constraint; infinite with an axis of any number. */
  readonly combinations: number
}

/** One place of a space: for each axis the index of its value, or the number itself on an axis of any number. */
export type Point = readonly number[]

/** More values than this on one axis cannot be meant; it also keeps an axis from filling the memory before it is counted. */
export const maxAxisValues = 1_000_000

type Ranges = Readonly<Record<string, ParamRange>>

/** The space of some ranges over a strategy's declared parameters; throws as `completeRanges` and `spaceOf` do. */
export function searchSpace(specs: readonly ParamSpecWire[], ranges: Ranges): SearchSpace {
  return spaceOf(completeRanges(specs, ranges))
}

/**
 * Ranges with everything said: a whole number's step is 1, a value is listed once. Throws `param.unknown`,
 * `param.invalid` for a value outside what is declared, and `optimise.range` {name, reason} for a range of nothing.
 */
export function completeRanges(specs: readonly ParamSpecWire[], ranges: Ranges): Record<string, ParamRange> {
  const names = Object.keys(ranges)
  if (names.length === 0) throw new DomainError('optimise.range', { name: '', reason: 'none' })
  return Object.fromEntries(
    names.map((name) => {
      const spec = specs.find((candidate) => candidate.name === name)
      if (spec === undefined) {
        throw new DomainError('param.unknown', { name, known: specs.map((known) => known.name).join(', ') })
      }
      return [name, completeRange(spec, ranges[name] as ParamRange)]
    }),
  )
}

function completeRange(spec: ParamSpecWire, range: ParamRange): ParamRange {
  const { name } = spec
  if (range.kind === 'range') return completeNumbers(spec, range)
  const values = [...new Set(range.values)]
  if (values.length === 0) throw new DomainError('optimise.range', { name, reason: 'empty' })
  for (const value of values) refuseOutside(spec, value)
  return { kind: 'values', values }
}

function completeNumbers(spec: ParamSpecWire, range: ParamRange & { readonly kind: 'range' }): ParamRange {
  const { name } = spec
  const { from, to } = range
  if (spec.kind !== 'int' && spec.kind !== 'float') throw new DomainError('optimise.range', { name, reason: 'numbers' })
  if (!Number.isFinite(from) || !Number.isFinite(to))
    throw new DomainError('optimise.range', { name, reason: 'finite' })
  if (to < from) throw new DomainError('optimise.range', { name, reason: 'order', from, to })
  refuseOutside(spec, from)
  refuseOutside(spec, to)
  const step = range.step ?? (spec.kind === 'int' ? 1 : null)
  if (step !== null && (!(step > 0) || (spec.kind === 'int' && !Number.isInteger(step)))) {
    throw new DomainError('optimise.range', { name, reason: 'step', step })
  }
  return { kind: 'range', from, to, step }
}

/** Throws `param.invalid` for a value outside what the strategy declares. */
function refuseOutside(spec: ParamSpecWire, value: ParamValue): void {
  resolveParams([spec], { [spec.name]: value })
}

/** The space of complete ranges. Throws `optimise.too-many` for an axis that nobody can have meant. */
export function spaceOf(ranges: Ranges): SearchSpace {
  const axes = Object.entries(ranges).map(([name, range]) => axisOf(name, range))
  const combinations = axes.reduce((all, { values }) => all * (values?.length ?? Number.POSITIVE_INFINITY), 1)
  return { axes, combinations }
}

function axisOf(name: string, range: ParamRange): Axis {
  if (range.kind === 'values') return { name, values: range.values, from: 0, to: range.values.length - 1 }
  const { from, to, step } = range
  if (step === null) return { name, values: null, from, to }
  const values = steps(name, { from, to, step })
  return { name, values, from: 0, to: values.length - 1 }
}

/** A step that does not divide the range ends below `to`; values carry no dust of repeated addition. */
function steps(name: string, { from, to, step }: { from: number; to: number; step: number }): number[] {
  const count = Math.floor((to - from) / step + 1e-9) + 1
  if (count > maxAxisValues) {
    throw new DomainError('optimise.too-many', { points: count, limit: maxAxisValues, name, method: 'grid' })
  }
  return Array.from({ length: count }, (_, k) => withoutDust(from + k * step))
}

/** 0.1 + 2 · 0.1 as a trader reads it. */
function withoutDust(value: number): number {
  return Number(value.toPrecision(12))
}

/** The parameter value that a coordinate of a point means. */
export function valueOn(axis: Axis, coordinate: number): ParamValue {
  return axis.values === null ? coordinate : (axis.values[coordinate] as ParamValue)
}

/** The parameters at a point. */
export function paramsAt({ axes }: SearchSpace, point: Point): Record<string, ParamValue> {
  return Object.fromEntries(axes.map((axis, k) => [axis.name, valueOn(axis, point[k] as number)]))
}

/** A parameter value as a number of a column: numbers themselves, false 0 and true 1, a text its place on the axis. */
export function columnValue(axis: Axis, coordinate: number): number {
  const value = valueOn(axis, coordinate)
  if (typeof value === 'number') return value
  return typeof value === 'boolean' ? Number(value) : coordinate
}

/** The texts that a column of an axis points to; empty for numbers and switches. */
export function axisTexts({ values }: Axis): string[] {
  return values?.some((value) => typeof value === 'string') === true ? values.map(String) : []
}
