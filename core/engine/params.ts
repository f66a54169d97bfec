import { DomainError } from '../domain/errors.ts'

export type ParamValue = number | string | boolean
export type ParamKind = 'int' | 'float' | 'bool' | 'choice' | 'text'

/** One declared parameter: its default and what the form and the optimiser may try. */
export interface ParamSpec<Value> {
  /** What the form shows: number field, switch, list, text. */
  readonly kind: ParamKind
  /** Value without the user’s choice. */
  readonly default: Value
  /** Smallest value; null: none. */
  readonly min: number | null
  /** Largest value; null: none. */
  readonly max: number | null
  /** What the optimiser counts in; null: none. */
  readonly step: number | null
  /** Texts to choose from. */
  readonly choices: readonly string[]
  /** Heading in the form. */
  readonly group: string
  /** Sentence beside the field. */
  readonly help: string
}

/** What a form shows beside a parameter. */
export interface ParamNotes {
  /** Heading under which the form lists it. */
  readonly group?: string
  /** One sentence shown with the field. */
  readonly help?: string
}

/** Limits are inclusive; `step` is what the optimiser counts in. */
export interface NumberParamOptions extends ParamNotes {
  /** Smallest value. */
  readonly min?: number
  /** Largest value. */
  readonly max?: number
  /** What the optimiser counts in. */
  readonly step?: number
}

// The values of a strategy that does not name its parameters' types: anything else would refuse `sma(i.close, this.p.fast)`.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type AnyParamSpecs = Readonly<Record<string, ParamSpec<any>>>

/** The values that `this.p` holds for these declarations. */
export type ParamValues<Specs extends AnyParamSpecs> = {
  readonly [Name in keyof Specs]: Specs[Name] extends ParamSpec<infer Value> ? Value : never
}

/** A parameter as it crosses to forms and terminals: `paramSpecSchema` of the contract. */
export interface ParamSpecWire {
  readonly name: string
  readonly kind: ParamKind
  readonly default: ParamValue
  readonly min: number | null
  readonly max: number | null
  readonly step: number | null
  readonly choices: string[]
  readonly group: string
  readonly help: string
}

function numberSpec(kind: 'int' | 'float', value: number, options: NumberParamOptions): ParamSpec<number> {
  const { min = null, max = null, step = null, group = '', help = '' } = options
  return { kind, default: value, min, max, step, choices: [], group, help }
}

function plainSpec<Value extends ParamValue>(
  kind: ParamKind,
  value: Value,
  notes: ParamNotes,
  choices: readonly string[],
) {
  const { group = '', help = '' } = notes
  return { kind, default: value, min: null, max: null, step: null, choices, group, help }
}

/** Declares the parameters of a strategy: `static params = { fast: param.int(10, { min: 2, max: 100 }) }`. */
export const param = {
  /** A whole number. */
  int(value: number, options: NumberParamOptions = {}): ParamSpec<number> {
    return numberSpec('int', value, { step: 1, ...options })
  },
  /** Any number. */
  float(value: number, options: NumberParamOptions = {}): ParamSpec<number> {
    return numberSpec('float', value, options)
  },
  /** Yes or no. */
  bool(value: boolean, notes: ParamNotes = {}): ParamSpec<boolean> {
    return plainSpec('bool', value, notes, [])
  },
  /** One of several texts. */
  choice<const Choice extends string>(
    value: NoInfer<Choice>,
    choices: readonly Choice[],
    notes: ParamNotes = {},
  ): ParamSpec<Choice> {
    return plainSpec('choice', value as Choice, notes, choices)
  },
  /** Free text. */
  text(value: string, notes: ParamNotes = {}): ParamSpec<string> {
    return plainSpec('text', value, notes, [])
  },
}

const kinds: readonly string[] = ['int', 'float', 'bool', 'choice', 'text']

/** The declarations of a strategy class, checked. Throws `strategy.shape` for anything that `param` did not make. */
export function readParamSpecs(declared: unknown): ParamSpecWire[] {
  if (declared === undefined) return []
  if (typeof declared !== 'object' || declared === null) throw new DomainError('strategy.shape', { reason: 'params' })
  return Object.entries(declared).map(([name, spec]) => {
    const found = spec as Partial<ParamSpec<ParamValue>> | null
    if (found?.kind === undefined || !kinds.includes(found.kind) || found.default === undefined) {
      throw new DomainError('strategy.shape', { reason: 'param', param: name })
    }
    const { kind, default: value, min = null, max = null, step = null, choices = [], group = '', help = '' } = found
    const wire = { name, kind, default: value, min, max, step, choices: [...choices], group, help }
    const problem = problemOf(wire, value)
    if (problem !== undefined) throw new DomainError('strategy.shape', { reason: problem, param: name })
    return wire
  })
}

/** Given values over the defaults. Throws `param.unknown` and `param.invalid`. */
export function resolveParams(
  specs: readonly ParamSpecWire[],
  given: Readonly<Record<string, ParamValue>>,
): Record<string, ParamValue> {
  for (const name of Object.keys(given)) {
    if (specs.some((spec) => spec.name === name)) continue
    throw new DomainError('param.unknown', { name, known: specs.map((spec) => spec.name).join(', ') })
  }
  const values: Record<string, ParamValue> = {}
  for (const spec of specs) {
    const value = given[spec.name] ?? spec.default
    const problem = problemOf(spec, value)
    if (problem !== undefined) {
      throw new DomainError('param.invalid', { name: spec.name, value: String(value), rule: ruleOf(spec) })
    }
    values[spec.name] = value
  }
  return values
}

/** What a value must be, as the sentence of `param.invalid` says it. */
function ruleOf({ kind, min, max, choices }: ParamSpecWire): string {
  if (kind === 'bool') return 'true / false'
  if (kind === 'text') return 'text'
  if (kind === 'choice') return choices.join(' | ')
  const limits = [min === null ? [] : `≥ ${min}`, max === null ? [] : `≤ ${max}`].flat()
  return [kind === 'int' ? 'a whole number' : 'a number', ...limits].join(', ')
}

/** What is wrong with a value, undefined when nothing is. */
function problemOf(spec: ParamSpecWire, value: ParamValue): string | undefined {
  switch (spec.kind) {
    case 'bool':
      return typeof value === 'boolean' ? undefined : 'kind'
    case 'text':
      return typeof value === 'string' ? undefined : 'kind'
    case 'choice':
      return spec.choices.includes(String(value)) ? undefined : 'choice'
    case 'int':
    case 'float':
      return numberProblem(spec, value)
  }
}

function numberProblem(spec: ParamSpecWire, value: ParamValue): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'kind'
  if (spec.kind === 'int' && !Number.isInteger(value)) return 'kind'
  const below = spec.min !== null && value < spec.min
  const above = spec.max !== null && value > spec.max
  return below || above ? 'range' : undefined
}
