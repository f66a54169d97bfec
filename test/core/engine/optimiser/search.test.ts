import { expect, test } from 'vitest'
import { parseConstraint } from '../../../../core/engine/optimiser/constraint.ts'
import { countPoints, createSearch } from '../../../../core/engine/optimiser/search.ts'
import type { SearchOptions } from '../../../../core/engine/optimiser/search-method.ts'
import { type ParamRange, paramsAt, searchSpace } from '../../../../core/engine/optimiser/search-space.ts'
import { param, readParamSpecs } from '../../../../core/engine/params.ts'

const specs = readParamSpecs({
  fast: param.int(10, { min: 2, max: 100 }),
  slow: param.int(30, { min: 3, max: 2_000_000_000 }),
  ratio: param.float(0.5),
  mode: param.choice('trend', ['trend', 'revert']),
  strict: param.bool(false),
})
const range = (from: number, to: number, step: number | null = 1): ParamRange => ({ kind: 'range', from, to, step })

function search(ranges: Record<string, ParamRange>, change: Partial<SearchOptions> = {}, where = ''): SearchOptions {
  const space = searchSpace(specs, ranges)
  const allows = parseConstraint(where, Object.keys(ranges))
  return { space, fixed: {}, allows, method: 'grid', trials: 10, seed: 1, ...change }
}

/** Every point of a search, as parameters. */
function all(options: SearchOptions) {
  const method = createSearch(options)
  const found: Record<string, unknown>[] = []
  for (let asked = method.ask(); asked.length > 0; asked = method.ask()) {
    found.push(...asked.map((point) => paramsAt(options.space, point)))
    method.tell(asked.map((point) => ({ point, score: 0 })))
  }
  return found
}

test('a grid tries every combination in order, the last parameter fastest, and keeps to the condition', () => {
  expect(all(search({ fast: range(5, 7, 2), slow: range(5, 7) }, {}, 'fast < slow'))).toEqual([
    { fast: 5, slow: 6 },
    { fast: 5, slow: 7 },
  ])
  expect(
    all(search({ mode: { kind: 'values', values: ['trend', 'revert'] }, strict: { kind: 'values', values: [true] } })),
  ).toEqual([
    { mode: 'trend', strict: true },
    { mode: 'revert', strict: true },
  ])
})

test('steps of tenths are the numbers a trader writes, and both ends are tried', () => {
  const values = all(search({ ratio: range(0.1, 0.7, 0.1) })).map(({ ratio }) => ratio)
  expect(values).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7])
  expect(all(search({ fast: range(5, 10, 2) })).map(({ fast }) => fast)).toEqual([5, 7, 9])
})

test('a grid larger than one generation is asked completely, each point once', () => {
  const points = all(search({ fast: range(2, 100), slow: range(3, 101) }))
  expect(points).toHaveLength(99 * 99)
  expect(new Set(points.map((point) => JSON.stringify(point))).size).toBe(99 * 99)
})

test.each(['random', 'lhs'] as const)(
  '%s draws as many different points as asked, the same for the same seed',
  (method) => {
    const ranges = { fast: range(2, 100), ratio: range(0, 1, null) }
    const points = all(search(ranges, { method, trials: 500, seed: 7 }, 'fast > 10'))
    expect(points).toHaveLength(500)
    expect(new Set(points.map((point) => JSON.stringify(point))).size).toBe(500)
    expect(points.every(({ fast }) => (fast as number) > 10)).toBe(true)
    expect(all(search(ranges, { method, trials: 500, seed: 7 }, 'fast > 10'))).toEqual(points)
    expect(all(search(ranges, { method, trials: 500, seed: 8 }, 'fast > 10'))).not.toEqual(points)
  },
)

test.each(['random', 'lhs'] as const)('%s ends when a small space has nothing new', (method) => {
  const points = all(search({ fast: range(2, 5), slow: range(3, 5) }, { method, trials: 500 }, 'fast < slow'))
  expect(points).toHaveLength(6)
})

test('a Latin hypercube uses every stratum of every axis once', () => {
  const trials = 40
  const points = all(search({ ratio: range(0, 1, null), fast: range(2, 81) }, { method: 'lhs', trials, seed: 3 }))
  const strata = points.map(({ ratio }) => Math.floor((ratio as number) * trials)).sort((a, b) => a - b)
  expect(strata).toEqual(Array.from({ length: trials }, (_, k) => k))
  const pairs = points.map(({ fast }) => Math.floor(((fast as number) - 2) / 2)).sort((a, b) => a - b)
  expect(pairs).toEqual(Array.from({ length: trials }, (_, k) => k))
})

test('the number of points is known before anything runs, with the first of them', () => {
  const options = search({ fast: range(2, 30), slow: range(3, 40) }, {}, 'fast < slow')
  expect(countPoints(options)).toEqual({ points: all(options).length, first: [0, 0] })
})

test('a billion points are refused by their number before anything starts', () => {
  const options = search({
    fast: range(2, 100),
    slow: range(3, 1_000_002),
    strict: { kind: 'values', values: [true, false] },
  })
  expect(() => createSearch(options)).toThrow(
    expect.objectContaining({
      code: 'optimise.too-many',
      data: expect.objectContaining({ points: 198_000_000, limit: 1_000_000 }),
    }),
  )
  expect(() => searchSpace(specs, { slow: range(3, 1_000_000_002) })).toThrow(
    expect.objectContaining({ code: 'optimise.too-many', data: expect.objectContaining({ points: 1_000_000_000 }) }),
  )
  expect(() => createSearch(search({ fast: range(2, 9) }, { method: 'random', trials: 1e9 }))).toThrow(
    expect.objectContaining({ code: 'optimise.too-many', data: expect.objectContaining({ points: 1e9 }) }),
  )
})

test.each([
  [{}, 'optimise.range', 'none'],
  [{ fast: range(9, 5) }, 'optimise.range', 'order'],
  [{ fast: range(5, 9, 0) }, 'optimise.range', 'step'],
  [{ fast: range(5, 9, 0.5) }, 'optimise.range', 'step'],
  [{ fast: range(Number.NaN, 9) }, 'optimise.range', 'finite'],
  [{ mode: range(0, 1) }, 'optimise.range', 'numbers'],
  [{ fast: { kind: 'values' as const, values: [] } }, 'optimise.range', 'empty'],
])('a range that names nothing is refused: %j', (ranges, code, reason) => {
  expect(() => searchSpace(specs, ranges as Record<string, ParamRange>)).toThrow(
    expect.objectContaining({ code, data: expect.objectContaining({ reason }) }),
  )
})

test('a value outside what the strategy declares is refused, and so is a parameter that it does not have', () => {
  expect(() => searchSpace(specs, { fast: range(1, 9) })).toThrow(expect.objectContaining({ code: 'param.invalid' }))
  expect(() => searchSpace(specs, { mode: { kind: 'values', values: ['other'] } })).toThrow(
    expect.objectContaining({ code: 'param.invalid' }),
  )
  expect(() => searchSpace(specs, { slwo: range(1, 9) })).toThrow(expect.objectContaining({ code: 'param.unknown' }))
})

test('a grid needs a step where a parameter can be any number', () => {
  expect(() => createSearch(search({ ratio: range(0, 1, null) }))).toThrow(
    expect.objectContaining({ code: 'optimise.range', data: { name: 'ratio', reason: 'no-step' } }),
  )
})
