import { DomainError } from '../domain/errors.ts'
import type { IndicatorDefinition, IndicatorParam, IndicatorParams, NumberParam, ParamValue } from './definition.ts'

/**
 * The full parameter set: defaults where `given` names none.
 * Throws `param.unknown` {indicator, name, known} or `param.invalid` {indicator, name, value, rule}.
 */
export function completeParams(definition: IndicatorDefinition, given: IndicatorParams = {}): IndicatorParams {
  for (const name of Object.keys(given)) {
    if (!definition.params.some((param) => param.name === name)) {
      const known = definition.params.map((param) => param.name).join(', ')
      throw new DomainError('param.unknown', { indicator: definition.id, name, known })
    }
  }
  const complete: Record<string, ParamValue> = {}
  for (const param of definition.params) {
    const value = given[param.name]
    complete[param.name] = value === undefined ? param.default : checked(definition.id, param, value)
  }
  return complete
}

function checked(indicator: string, param: IndicatorParam, value: ParamValue): ParamValue {
  switch (param.kind) {
    case 'integer':
    case 'number':
      return checkedNumber(indicator, param, value)
    case 'choice':
      if (typeof value === 'string' && param.choices.includes(value)) return value
      throw invalid(indicator, param.name, value, param.choices.join(' | '))
    case 'flag':
      if (typeof value === 'boolean') return value
      throw invalid(indicator, param.name, value, 'true / false')
  }
}

function checkedNumber(indicator: string, param: NumberParam, value: ParamValue): number {
  const fits = typeof value === 'number' && value >= param.min && value <= param.max
  if (fits && (param.kind === 'number' || Number.isInteger(value))) return value
  const kind = param.kind === 'integer' ? 'a whole number' : 'a number'
  throw invalid(indicator, param.name, value, `${kind}, ${param.min} … ${param.max}`)
}

/** `rule` is what the sentence says the value must be; NaN would not survive a process boundary, hence the text. */
function invalid(indicator: string, name: string, value: ParamValue, rule: string): DomainError {
  return new DomainError('param.invalid', { indicator, name, value: String(value), rule })
}
