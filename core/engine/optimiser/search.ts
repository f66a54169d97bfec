import { DomainError } from '../../domain/errors.ts'
import { gridSearch } from './grid-search.ts'
import { latinHypercube } from './latin-hypercube.ts'
import { randomSearch } from './random-search.ts'
import { maxPoints, type SearchMethod, type SearchMethodName, type SearchOptions } from './search-method.ts'
import type { Point } from './search-space.ts'

/**
 * A search from its beginning. Throws `optimise.too-many` {points, limit} for more points than can be run,
 * `optimise.range` for an axis of any number on a grid.
 */
export function createSearch(options: SearchOptions): SearchMethod {
  const { space, method, trials } = options
  if (method === 'grid') {
    const open = space.axes.find(({ values }) => values === null)
    if (open !== undefined) throw new DomainError('optimise.range', { name: open.name, reason: 'no-step' })
    refuseTooMany(space.combinations, method)
    return gridSearch(options)
  }
  refuseTooMany(trials, method)
  return method === 'random' ? randomSearch(options) : latinHypercube(options)
}

function refuseTooMany(points: number, method: SearchMethodName): void {
  if (points > maxPoints) throw new DomainError('optimise.too-many', { points, limit: maxPoints, name: '', method })
}

/** How many points a search will ask, and the first of them: a search asks the same again when it is made again. */
export function countPoints(options: SearchOptions): { readonly points: number; readonly first: Point | undefined } {
  const search = createSearch(options)
  let points = 0
  let first: Point | undefined
  for (let asked = search.ask(); asked.length > 0; asked = search.ask()) {
    first ??= asked[0]
    points += asked.length
    search.tell([])
  }
  return { points, first }
}
