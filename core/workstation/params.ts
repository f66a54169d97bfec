import { DomainError } from '../domain/errors.ts'
import type { ParamSpec } from './ports.ts'

type ParamValue = string | number | boolean

/**
 * The complete parameter set of a run: declared defaults overlaid with what was given.
 * Throws `param.unknown` (naming the nearest declared one) or `param.invalid` (naming the rule and the value).
 */
export function checkParams(
  specs: readonly ParamSpec[],
  given: Readonly<Record<string, ParamValue>>,
): Record<string, ParamValue> {
  const known = new Map(specs.map((spec) => [spec.name, spec]))
  for (const name of Object.keys(given)) {
    if (!known.has(name))
      throw new DomainError('param.unknown', { name, known: specs.map((spec) => spec.name).join(', ') })
  }
  return Object.fromEntries(specs.map((spec) => [spec.name, checked(spec, given[spec.name] ?? spec.default)]))
}

function checked(spec: ParamSpec, value: ParamValue): ParamValue {
  const rule = brokenRule(spec, value)
  if (rule === undefined) return value
  throw new DomainError('param.invalid', { name: spec.name, value: String(value), rule })
}

/** The rule that a value breaks, as the sentence names it; undefined when it is fine. */
function brokenRule(spec: ParamSpec, value: ParamValue): string | undefined {
  switch (spec.kind) {
    case 'int':
    case 'float':
      return brokenNumberRule(spec, value)
    case 'bool':
      return typeof value === 'boolean' ? undefined : 'true / false'
    case 'choice':
      return typeof value === 'string' && spec.choices.includes(value) ? undefined : spec.choices.join(' | ')
    case 'text':
      return typeof value === 'string' ? undefined : 'text'
  }
}

function brokenNumberRule({ kind, min, max }: ParamSpec, value: ParamValue): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'a number'
  if (kind === 'int' && !Number.isInteger(value)) return 'a whole number'
  if (min !== null && value < min) return `≥ ${min}`
  if (max !== null && value > max) return `≤ ${max}`
  return undefined
}
