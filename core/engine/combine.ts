import { DomainError } from '../domain/errors.ts'
import type { ParamSpec } from './params.ts'
import { Strategy } from './strategy.ts'

/** One strategy of several that run on one account. */
export interface StrategyPart {
  readonly name: string
  readonly make: new () => Strategy
}

const partsOf = new WeakMap<object, readonly StrategyPart[]>()
const namePattern = /^[A-Za-z][A-Za-z0-9]{0,19}$/
const mostParts = 32

/**
 * Several strategies in one run on one account: `export default combine({ trend: Trend, dip: Dip })`. Each has its own
 * lines, orders and position; cash is shared. Parameters are called `trend_fast`, `dip_period` …; orders and trades
 * name their strategy.
 */
export function combine(parts: Readonly<Record<string, new () => object>>): new () => Strategy {
  const named = Object.entries(parts).map(([name, make]): StrategyPart => {
    if (!namePattern.test(name)) throw new DomainError('strategy.shape', { reason: 'part-name', name })
    if (!(make.prototype instanceof Strategy)) throw new DomainError('strategy.shape', { reason: 'part', name })
    return { name, make: make as new () => Strategy }
  })
  if (named.length === 0 || named.length > mostParts) {
    throw new DomainError('strategy.shape', { reason: 'parts', count: named.length, most: mostParts })
  }
  class Combined extends Strategy {
    static title = named.map(({ name }) => name).join(' + ')
    static params = Object.fromEntries(named.flatMap(({ name, make }) => prefixed(name, make)))
  }
  partsOf.set(Combined, named)
  return Combined
}

function prefixed(name: string, make: object): [string, ParamSpec<unknown>][] {
  return Object.entries(declared(make)).map(([key, spec]) => [`${name}_${key}`, spec])
}

function declared(make: object): Readonly<Record<string, ParamSpec<unknown>>> {
  return (make as { readonly params?: Readonly<Record<string, ParamSpec<unknown>>> }).params ?? {}
}

/** The strategies that a class stands for: those that were combined, else itself. */
export function strategyParts(make: new () => Strategy): readonly StrategyPart[] {
  return partsOf.get(make) ?? [{ name: '', make }]
}

/** The values of one part's parameters. */
export function partParams<Value>(
  { name, make }: StrategyPart,
  params: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  if (name === '') return params
  const keys = Object.keys(declared(make))
  return Object.fromEntries(keys.map((key) => [key, params[`${name}_${key}`] as Value]))
}
