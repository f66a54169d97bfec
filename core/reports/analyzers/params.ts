import { DomainError } from '../../domain/errors.ts'
import type { AnalyzerDefinition, AnalyzerParam, AnalyzerParamValue, AnalyzerParamValues } from './definition.ts'

/**
 * The full parameter set: defaults where `given` names none. Throws `param.unknown` {analyzer, name, known} or
 * `param.invalid` {analyzer, name, value, rule}.
 */
export function completeAnalyzerParams(
  { id, params }: Pick<AnalyzerDefinition, 'id' | 'params'>,
  given: AnalyzerParamValues,
): AnalyzerParamValues {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(params, name)) {
      throw new DomainError('param.unknown', { analyzer: id, name, known: Object.keys(params).join(', ') })
    }
  }
  return Object.fromEntries(
    Object.entries(params).map(([name, param]) => [name, checked(id, name, param, given[name])]),
  )
}

function checked(
  analyzer: string,
  name: string,
  param: AnalyzerParam,
  value: AnalyzerParamValue | undefined,
): AnalyzerParamValue {
  if (value === undefined || (value === null && param.default === null)) return param.default
  const rule = brokenRule(param, value)
  if (rule === undefined) return value
  throw new DomainError('param.invalid', { analyzer, name, value: String(value), rule })
}

/** What the value must be; undefined when it is. */
function brokenRule({ kind, choices, min }: AnalyzerParam, value: AnalyzerParamValue): string | undefined {
  switch (kind) {
    case 'flag':
      return typeof value === 'boolean' ? undefined : 'true / false'
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : 'a number'
    case 'integer':
      if (Number.isInteger(value) && (value as number) >= (min ?? Number.NEGATIVE_INFINITY)) return undefined
      return min === null ? 'a whole number' : `a whole number, ${min} … ∞`
    case 'choice':
      return typeof value === 'string' && choices.includes(value) ? undefined : choices.join(' | ')
  }
}
