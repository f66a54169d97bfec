import { expect, test } from 'vitest'
import { bestTrial, type Objective, rankTrials } from '../../../../core/engine/optimiser/objectives.ts'
import { plateauScores } from '../../../../core/engine/optimiser/plateau.ts'
import { searchSpace } from '../../../../core/engine/optimiser/search-space.ts'
import { param, readParamSpecs } from '../../../../core/engine/params.ts'

const column = (...values: number[]) => Float64Array.from(values)
const profit: Objective = { metric: 'net-profit', goal: 'max', weight: 1 }
const drawdown: Objective = { metric: 'max-drawdown', goal: 'min', weight: 1 }
const none = Number.NaN

test('one objective ranks by itself; equal figures share a rank; an undefined one has none', () => {
  const { rank } = rankTrials([column(3, 9, none, 9, 1)], [profit], 'weighted')
  expect([...rank]).toEqual([3, 1, none, 1, 4])
  expect([...rankTrials([column(3, 9, none, 1)], [drawdown], 'weighted').rank]).toEqual([2, 3, none, 1])
})

test('several weighted objectives: each counts from its worst to its best trial, by its weight', () => {
  const columns = [column(100, 200, 300), column(0.1, 0.3, 0.5)]
  const { score } = rankTrials(columns, [{ ...profit, weight: 3 }, drawdown], 'weighted')
  expect([...score]).toEqual([0.25, 0.5, 0.75])
  expect([...rankTrials(columns, [profit, { ...drawdown, weight: 3 }], 'weighted').rank]).toEqual([1, 2, 3])
})

test('a figure that is the same for every trial decides nothing', () => {
  const { rank } = rankTrials([column(1, 2), column(5, 5)], [profit, drawdown], 'weighted')
  expect([...rank]).toEqual([2, 1])
})

test('Pareto: rank 1 are the trials that none beats in one figure without losing in another', () => {
  const columns = [column(10, 8, 6, 9, 5, none), column(0.5, 0.3, 0.1, 0.6, 0.3, 0.1)]
  const { rank } = rankTrials(columns, [profit, drawdown], 'pareto')
  // 10/0.5, 8/0.3 and 6/0.1 beat each other nowhere; 9/0.6 is beaten by 10/0.5, 5/0.3 by 8/0.3
  expect([...rank]).toEqual([1, 1, 1, 2, 2, none])
})

test('the trial to take is of rank 1, and of several the best in the first objective', () => {
  const columns = [column(6, 10, 8), column(0.1, 0.5, 0.3)]
  expect(bestTrial(columns, [profit, drawdown], 'pareto')).toBe(1)
  expect(bestTrial([column(4, 4)], [profit], 'weighted')).toBe(0)
  expect(bestTrial([column(none)], [profit], 'weighted')).toBeUndefined()
})

test('a lone peak has a low plateau score, a plateau keeps its own', () => {
  const specs = readParamSpecs({ a: param.int(1), b: param.int(1) })
  const space = searchSpace(specs, {
    a: { kind: 'range', from: 0, to: 4, step: 1 },
    b: { kind: 'range', from: 0, to: 4, step: 1 },
  })
  const rows = Array.from({ length: 25 }, (_, k) => [Math.floor(k / 5), k % 5] as const)
  const points = [Float64Array.from(rows, ([a]) => a), Float64Array.from(rows, ([, b]) => b)]
  const scores = Float64Array.from(rows, ([a, b]) => (a === 1 && b === 1 ? 10 : a >= 3 && b >= 3 ? 4 : 0))
  const plateau = plateauScores(space, points, scores)
  const at = (a: number, b: number) => plateau[a * 5 + b] as number
  // The peak: one 10 among eight zeros, mean 10/9, sample deviation 10/3
  expect(at(1, 1)).toBeCloseTo(10 / 9 - 10 / 3, 12)
  // The corner of the plateau has four fours around it and itself
  expect(at(4, 4)).toBe(4)
  expect(at(4, 4)).toBeGreaterThan(at(1, 1))
})

test('the plateau score looks at the nearest trials where a parameter can be any number, and says nothing when alone', () => {
  const specs = readParamSpecs({ a: param.float(1) })
  const space = searchSpace(specs, { a: { kind: 'range', from: 0, to: 1, step: null } })
  const points = [Float64Array.from({ length: 20 }, (_, k) => k / 20)]
  const flat = plateauScores(space, points, new Float64Array(20).fill(2))
  expect([...flat]).toEqual(Array(20).fill(2))
  expect([...plateauScores(space, [column(0.5)], column(1))]).toEqual([none])
})
