import { describe, expect, test } from 'vitest'
import { optimiseLine } from '../../../renderer/features/optimiser/optimise-line.ts'
import {
  defaultQuestion,
  type QuestionSetup,
  questionConfig,
  rangeOf,
  rangeProblem,
  readQuestion,
  startRange,
  usualGoal,
} from '../../../renderer/features/optimiser/question.ts'
import type { BacktestConfig, ParamSpec } from '../../../renderer/state/run-types.ts'

function spec(name: string, change: Partial<ParamSpec> = {}): ParamSpec {
  return { name, kind: 'int', default: 10, min: null, max: null, step: 1, choices: [], group: '', help: '', ...change }
}

const specs = [spec('fast', { min: 2, max: 100 }), spec('slow', { default: 30, min: 5, max: 300 })]

const run: BacktestConfig = {
  strategy: { kind: 'saved', name: 'cross.ts' },
  params: { fast: 10, slow: 30 },
  instruments: ['SPX'],
  interval: '1d',
  from: null,
  to: null,
  cash: 100_000,
  commission: { kind: 'none' },
  slippage: { kind: 'none' },
  profile: 'default',
  fillPolicy: 'pessimistic',
  seed: 1,
}

const range = (from: number, to: number, step: number) => ({ searched: true, from, to, step, values: [] })
const setup: QuestionSetup = {
  ...defaultQuestion,
  ranges: { 'cross.ts': { fast: range(5, 25, 2), slow: range(30, 120, 10) } },
  where: { 'cross.ts': 'fast < slow' },
}

describe('the first range of a parameter', () => {
  test('is what the strategy allows, in a dozen round steps at most', () => {
    expect(startRange(specs[0] as ParamSpec)).toMatchObject({ searched: true, from: 2, to: 100, step: 10 })
    expect(startRange(specs[1] as ParamSpec)).toMatchObject({ from: 5, to: 300, step: 50 })
    expect(startRange(spec('ratio', { kind: 'float', default: 0.5, min: 0, max: 1, step: null }))).toMatchObject({
      step: 0.1,
    })
  })

  test('goes from half to double the default where nothing is declared', () => {
    expect(startRange(spec('period', { default: 20 }))).toMatchObject({ from: 10, to: 40, step: 5 })
    expect(startRange(spec('ratio', { kind: 'float', default: 0, step: null }))).toMatchObject({
      from: 0,
      to: 1,
      step: 0.1,
    })
  })

  test('of a switch or a list is every value, unticked', () => {
    expect(startRange(spec('strict', { kind: 'bool', default: true }))).toMatchObject({
      searched: false,
      values: [false, true],
    })
    const mode = spec('mode', { kind: 'choice', default: 'a', choices: ['a', 'b'] })
    expect(startRange(mode)).toMatchObject({ searched: false, values: ['a', 'b'] })
  })
})

test('what is wrong with a range is said before the service is asked', () => {
  const fast = specs[0] as ParamSpec
  expect(rangeProblem(fast, range(5, 25, 2), 'grid')).toBeUndefined()
  expect(rangeProblem(fast, range(25, 5, 2), 'grid')).toBe('order')
  expect(rangeProblem(fast, range(1, 25, 2), 'grid')).toBe('limits')
  expect(rangeProblem(fast, range(5, 25, 0), 'grid')).toBe('step')
  expect(rangeProblem(fast, range(Number.NaN, 25, 1), 'grid')).toBe('number')
  expect(rangeProblem(fast, { ...range(9, 5, 0), searched: false }, 'grid')).toBeUndefined()
  const ratio = spec('ratio', { kind: 'float', step: null })
  expect(rangeProblem(ratio, range(0, 1, Number.NaN), 'grid')).toBe('step')
  expect(rangeProblem(ratio, range(0, 1, Number.NaN), 'random')).toBeUndefined()
  expect(rangeProblem(spec('strict', { kind: 'bool' }), { ...range(0, 0, 1), values: [] }, 'grid')).toBe('values')
})

test('the question holds the searched parameters in their order; nothing searched is no question', () => {
  const config = questionConfig(setup, run, specs)
  expect(config).toMatchObject({
    space: { fast: { kind: 'range', from: 5, to: 25, step: 2 }, slow: { kind: 'range', from: 30, to: 120, step: 10 } },
    where: 'fast < slow',
    walkForward: null,
  })
  expect(Object.keys(config?.space ?? {})).toEqual(['fast', 'slow'])
  const none = {
    'cross.ts': { fast: { ...range(1, 2, 1), searched: false }, slow: { ...range(1, 2, 1), searched: false } },
  }
  expect(questionConfig({ ...setup, ranges: none }, run, specs)).toBeNull()
})

test('the terminal line asks the same', () => {
  const config = questionConfig(setup, run, specs)
  expect(config === null ? '' : optimiseLine(config)).toBe(
    "tickwright optimise cross.ts --data SPX --interval 1d --cash 100000 --grid fast=5:25:2 --grid slow=30:120:10 --where 'fast < slow' --objective sharpe:max",
  )
  const walk = questionConfig(
    {
      ...setup,
      method: 'lhs',
      objectives: [
        { metric: 'sharpe', goal: 'max', weight: 2 },
        { metric: 'max-drawdown', goal: 'min', weight: 1 },
      ],
      combination: 'pareto',
      walk: { kind: 'anchored', inSample: 500, outOfSample: 100 },
    },
    { ...run, seed: 7 },
    specs,
  )
  expect(walk === null ? '' : optimiseLine(walk)).toMatch(
    /^tickwright walkforward .* --objective sharpe:max:2 --objective max-drawdown:min --pareto --method lhs --trials 200 --seed 1 --run-seed 7 --in-sample 500 --out-of-sample 100 --anchored$/,
  )
})

test('a stored form that is damaged falls back part by part', () => {
  expect(readQuestion(null)).toEqual(defaultQuestion)
  expect(readQuestion({ method: 'magic', trials: 'many', walk: 3, objectives: [] })).toEqual(defaultQuestion)
  expect(readQuestion({ method: 'lhs', trials: 50 })).toEqual({ ...defaultQuestion, method: 'lhs', trials: 50 })
  expect(rangeOf(readQuestion(setup), 'cross.ts', specs[0] as ParamSpec)).toEqual(range(5, 25, 2))
})

test('drawdowns, volatility and fees are good when small', () => {
  expect(['sharpe', 'net-profit', 'max-drawdown', 'volatility', 'fees'].map(usualGoal)).toEqual([
    'max',
    'max',
    'min',
    'min',
    'min',
  ])
})
