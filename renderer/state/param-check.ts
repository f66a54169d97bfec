import type { ParamSpec, ParamValue } from './run-types.ts'

/** Why a typed value cannot be a parameter; `key` is a sentence of the namespace `backtest`. */
export interface ParamProblem {
  readonly key: 'param.notNumber' | 'param.notWhole' | 'param.tooSmall' | 'param.tooLarge' | 'param.notChoice'
  readonly data: Readonly<Record<string, string | number>>
}

export type ParamReading =
  | { readonly ok: true; readonly value: ParamValue }
  | { readonly ok: false; readonly problem: ParamProblem }

/** Reads what was typed into a parameter's field. Numbers may carry spaces around, nothing else. */
export function readParam(spec: ParamSpec, typed: ParamValue): ParamReading {
  if (spec.kind === 'bool') return { ok: true, value: Boolean(typed) }
  if (spec.kind === 'text') return { ok: true, value: String(typed) }
  if (spec.kind === 'choice') {
    const chosen = String(typed)
    if (spec.choices.includes(chosen)) return { ok: true, value: chosen }
    return { ok: false, problem: { key: 'param.notChoice', data: { value: chosen, choices: spec.choices.join(', ') } } }
  }
  return readNumber(spec, typed)
}

function readNumber(spec: ParamSpec, typed: ParamValue): ParamReading {
  const text = String(typed).trim().replace('\u2212', '-')
  const value = text === '' ? Number.NaN : Number(text)
  if (!Number.isFinite(value)) return { ok: false, problem: { key: 'param.notNumber', data: { value: text } } }
  if (spec.kind === 'int' && !Number.isInteger(value))
    return { ok: false, problem: { key: 'param.notWhole', data: { value } } }
  if (spec.min !== null && value < spec.min) {
    return { ok: false, problem: { key: 'param.tooSmall', data: { value, limit: spec.min } } }
  }
  if (spec.max !== null && value > spec.max) {
    return { ok: false, problem: { key: 'param.tooLarge', data: { value, limit: spec.max } } }
  }
  return { ok: true, value }
}

/** What a form of parameters says: all values, or what is wrong with each. */
export interface ParamsReading {
  readonly values: Readonly<Record<string, ParamValue>>
  readonly problems: Readonly<Record<string, ParamProblem>>
}

/** Reads a whole form; parameters never touched keep their default. Names the strategy no longer declares are dropped. */
export function readParams(specs: readonly ParamSpec[], typed: Readonly<Record<string, ParamValue>>): ParamsReading {
  const values: Record<string, ParamValue> = {}
  const problems: Record<string, ParamProblem> = {}
  for (const spec of specs) {
    const reading = readParam(spec, typed[spec.name] ?? spec.default)
    if (reading.ok) values[spec.name] = reading.value
    else problems[spec.name] = reading.problem
  }
  return { values, problems }
}

/** Parameters by group, in the order of declaration; the group without a name comes first. */
export function paramGroups(
  specs: readonly ParamSpec[],
): readonly { readonly name: string; readonly specs: ParamSpec[] }[] {
  const groups = new Map<string, ParamSpec[]>([['', []]])
  for (const spec of specs) {
    const group = groups.get(spec.group)
    if (group === undefined) groups.set(spec.group, [spec])
    else group.push(spec)
  }
  return [...groups].map(([name, members]) => ({ name, specs: members })).filter((group) => group.specs.length > 0)
}
