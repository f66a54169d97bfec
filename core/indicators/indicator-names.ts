import { DomainError } from '../domain/errors.ts'
import type { BacktraderAlias } from './backtrader-alias.ts'
import { backtraderAliases } from './backtrader-aliases.ts'
import { findIndicator, hasIndicator, indicatorCatalogue } from './catalogue.ts'
import type { IndicatorAliases, IndicatorDefinition, IndicatorParams, ParamValue } from './definition.ts'

/** The systems whose names the catalogue knows. */
export const namingSystems = ['backtrader', 'talib', 'qtpylib'] as const
export type NamingSystem = (typeof namingSystems)[number]

/** What a name means: the entry, the defaults in which the named system differs, and its words for the parameters. */
export interface NamedIndicator {
  readonly definition: IndicatorDefinition
  readonly defaults: IndicatorParams
  /** Their parameter → ours; ours are understood as well. */
  readonly paramNames: Readonly<Record<string, string>>
}

interface ForeignName extends NamedIndicator {
  readonly system: NamingSystem
  readonly name: string
}

/**
 * The entry that a name means: an id, a name of another system that only one entry has (`RSI_Cutler`), or one with its
 * system before it (`talib:CCI`). Throws `indicator.unknown`, `indicator.ambiguous` {indicator, choices}.
 */
export function resolveIndicator(name: string): NamedIndicator {
  if (hasIndicator(name)) return own(findIndicator(name))
  const found = foreignNames().get(name) ?? []
  const [first] = found
  if (first === undefined) throw new DomainError('indicator.unknown', { indicator: name })
  if (found.every((each) => each.definition === first.definition)) return { ...first, paramNames: allTerms(found) }
  const choices = found.map((each) => `${each.system}:${each.name} (${each.definition.id})`).join(', ')
  throw new DomainError('indicator.ambiguous', { indicator: name, choices })
}

/**
 * The parameters of a call by name, in our words: what is given, else what differs there. A number for a choice counts
 * the choices from 0, as TA-Lib's average types do.
 */
export function paramsOf(
  { definition, defaults, paramNames }: NamedIndicator,
  given: IndicatorParams,
): IndicatorParams {
  const params: Record<string, ParamValue> = { ...defaults }
  for (const [theirs, value] of Object.entries(given)) {
    const name = paramNames[theirs] ?? theirs
    const param = definition.params.find((each) => each.name === name)
    const choice = param?.kind === 'choice' && typeof value === 'number' ? param.choices[value] : undefined
    params[name] = choice ?? value
  }
  return params
}

/** Functions of TA-Lib that qtpylib has no wrapper for. */
const notInQtpylib = new Set(['ACCBANDS', 'AVGDEV', 'IMI'])

/**
 * Every name of an entry elsewhere: those its definition lists, all under which backtrader knows it, and TA-Lib's, which
 * qtpylib hands on under the same names.
 */
export function aliasesOf(definition: IndicatorDefinition): IndicatorAliases {
  const { aliases, id } = definition
  const wrapped = aliases.talib.filter((name) => !notInQtpylib.has(name))
  const more = backtraderAliases.filter((alias) => entryOf(alias) === id).flatMap(({ name, also }) => [name, ...also])
  const backtrader = [...new Set([...aliases.backtrader, ...more])]
  return { ...aliases, backtrader, qtpylib: [...aliases.qtpylib, ...wrapped] }
}

function allTerms(found: readonly ForeignName[]): Readonly<Record<string, string>> {
  return Object.fromEntries(found.flatMap((each) => Object.entries(each.paramNames)))
}

function own(definition: IndicatorDefinition): NamedIndicator {
  return { definition, defaults: {}, paramNames: definition.paramNames }
}

/** A class made of several entries is named by the one that only it needs. */
function entryOf({ parts }: BacktraderAlias): string | undefined {
  return parts.at(-1)?.id
}

let names: ReadonlyMap<string, readonly ForeignName[]> | undefined

/** By `name` and by `system:name`; made when first asked for. */
function foreignNames(): ReadonlyMap<string, readonly ForeignName[]> {
  names ??= byBothNames(indicatorCatalogue.flatMap(namesOf))
  return names
}

function namesOf(definition: IndicatorDefinition): readonly ForeignName[] {
  const aliases = aliasesOf(definition)
  return namingSystems.flatMap((system) =>
    aliases[system].map((name) => ({
      ...own(definition),
      ...(system === 'backtrader' ? backtraderTerms(name) : {}),
      system,
      name,
    })),
  )
}

function byBothNames(all: readonly ForeignName[]): ReadonlyMap<string, readonly ForeignName[]> {
  const found = new Map<string, ForeignName[]>()
  for (const each of all)
    for (const key of [each.name, `${each.system}:${each.name}`]) found.set(key, [...(found.get(key) ?? []), each])
  return found
}

function backtraderTerms(name: string): Pick<NamedIndicator, 'defaults' | 'paramNames'> | undefined {
  const alias = backtraderAliases.find((each) => each.name === name || each.also.includes(name))
  const part = alias?.parts.at(-1)
  if (alias === undefined || part === undefined) return undefined
  const single = Object.entries(part.params).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return { defaults: alias.defaults, paramNames: Object.fromEntries(single) }
}
