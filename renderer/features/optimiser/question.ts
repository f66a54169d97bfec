import type { Takes } from '../../../core/contract/contract.ts'
import type { BacktestConfig, ParamSpec, ParamValue } from '../../state/run-types.ts'

/** What `optimise.start` is asked. */
export type OptimiseConfig = Takes<'optimise.start'>['config']
export type Objective = OptimiseConfig['objectives'][number]
export type Method = OptimiseConfig['method']

/** What is typed for one parameter; NaN where a field holds no number. */
export interface RangeSetup {
  readonly searched: boolean
  readonly from: number
  readonly to: number
  readonly step: number
  /** Chosen values of a switch or a list. */
  readonly values: readonly ParamValue[]
}

/** Everything the form holds; kept between sessions. */
export interface QuestionSetup {
  /** Strategy file → parameter → range; a parameter never touched has its starting range. */
  readonly ranges: Readonly<Record<string, Readonly<Record<string, RangeSetup>>>>
  /** Strategy file → condition. */
  readonly where: Readonly<Record<string, string>>
  readonly objectives: readonly Objective[]
  readonly combination: OptimiseConfig['combination']
  readonly method: Method
  readonly trials: number
  readonly seed: number
  readonly walk: {
    readonly kind: 'off' | 'rolling' | 'anchored'
    readonly inSample: number
    readonly outOfSample: number
  }
}

export const defaultQuestion: QuestionSetup = {
  ranges: {},
  where: {},
  objectives: [{ metric: 'sharpe', goal: 'max', weight: 1 }],
  combination: 'weighted',
  method: 'grid',
  trials: 200,
  seed: 1,
  walk: { kind: 'off', inSample: 1000, outOfSample: 250 },
}

/** Values of one parameter that a first range has at most. */
const firstValues = 12

/** What a parameter starts with: its declared limits in about ten steps, or from half to double its default. */
export function startRange(spec: ParamSpec): RangeSetup {
  const isNumber = spec.kind === 'int' || spec.kind === 'float'
  if (!isNumber) {
    const values: ParamValue[] = spec.kind === 'bool' ? [false, true] : spec.kind === 'choice' ? [...spec.choices] : []
    return { searched: false, from: 0, to: 0, step: 1, values }
  }
  const usual = Number(spec.default)
  const around = usual === 0 ? [0, 1] : [usual / 2, usual * 2].sort((a, b) => a - b)
  const whole = (value: number) => (spec.kind === 'int' ? Math.round(value) : Number(value.toPrecision(6)))
  const from = spec.min ?? whole(around[0] as number)
  const to = spec.max ?? whole(around[1] as number)
  return { searched: true, from, to, step: niceStep(to - from, spec), values: [] }
}

/** A step of 1, 2 or 5 times a power of ten that cuts a width into a dozen values at most. */
function niceStep(width: number, { kind, step }: ParamSpec): number {
  const least = Math.max(width / (firstValues - 1), step ?? 0, kind === 'int' ? 1 : 0)
  if (!(least > 0)) return step ?? 1
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= least * (1 - 1e-9)) ?? 10
  return Number((factor * power).toPrecision(6))
}

/** The range of a parameter as the form shows it. */
export function rangeOf(setup: QuestionSetup, strategy: string, spec: ParamSpec): RangeSetup {
  return setup.ranges[strategy]?.[spec.name] ?? startRange(spec)
}

/** What is wrong with a range; a key of `range.problem`. */
export type RangeProblem = 'number' | 'order' | 'step' | 'values' | 'limits'

export function rangeProblem(spec: ParamSpec, range: RangeSetup, method: Method): RangeProblem | undefined {
  if (!range.searched) return undefined
  if (spec.kind !== 'int' && spec.kind !== 'float') return range.values.length === 0 ? 'values' : undefined
  if (!Number.isFinite(range.from) || !Number.isFinite(range.to)) return 'number'
  if (range.to < range.from) return 'order'
  const outside = range.from < (spec.min ?? -Infinity) || range.to > (spec.max ?? Infinity)
  if (outside) return 'limits'
  const mayBeOpen = method !== 'grid' && spec.kind === 'float' && Number.isNaN(range.step)
  return range.step > 0 || mayBeOpen ? undefined : 'step'
}

/** What would be asked; null while no parameter is searched. */
export function questionConfig(
  setup: QuestionSetup,
  run: BacktestConfig,
  specs: readonly ParamSpec[],
): OptimiseConfig | null {
  const strategy = run.strategy.kind === 'saved' ? run.strategy.name : run.strategy.path
  const searched = specs.flatMap((spec) => {
    const range = rangeOf(setup, strategy, spec)
    return range.searched ? [[spec.name, wireRange(spec, range)] as const] : []
  })
  if (searched.length === 0) return null
  const { objectives, combination, method, trials, seed, walk } = setup
  const { kind, inSample, outOfSample } = walk
  return {
    run,
    space: Object.fromEntries(searched),
    where: setup.where[strategy] ?? '',
    objectives: [...objectives],
    combination: objectives.length < 2 ? 'weighted' : combination,
    method,
    trials,
    seed,
    walkForward: kind === 'off' ? null : { kind, inSample, outOfSample },
  }
}

function wireRange(spec: ParamSpec, range: RangeSetup): OptimiseConfig['space'][string] {
  if (spec.kind !== 'int' && spec.kind !== 'float') return { kind: 'values', values: [...range.values] }
  const { from, to, step } = range
  return { kind: 'range', from, to, step: Number.isNaN(step) ? null : step }
}

/** Figures that are good when small. */
const smallIsGood = /drawdown|volatility|ulcer|^fees$|loss-streak/

/** The goal that a metric starts with. */
export function usualGoal(metric: string): Objective['goal'] {
  return smallIsGood.test(metric) ? 'min' : 'max'
}

/** A stored setup laid over the default: whatever is malformed is left at its default. */
export function readQuestion(stored: unknown): QuestionSetup {
  if (typeof stored !== 'object' || stored === null) return defaultQuestion
  const given = stored as Partial<Record<keyof QuestionSetup, unknown>>
  const keep = <Key extends keyof QuestionSetup>(key: Key, isGood: (value: unknown) => boolean) =>
    isGood(given[key]) ? { [key]: given[key] } : {}
  const isRecord = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
  return {
    ...defaultQuestion,
    ...keep('ranges', isRecord),
    ...keep('where', isRecord),
    ...keep('objectives', (value) => Array.isArray(value) && value.length > 0),
    ...keep('combination', (value) => value === 'weighted' || value === 'pareto'),
    ...keep('method', (value) => value === 'grid' || value === 'random' || value === 'lhs'),
    ...keep('trials', (value) => typeof value === 'number'),
    ...keep('seed', (value) => typeof value === 'number'),
    ...keep('walk', (value) => isRecord(value) && typeof (value as { kind?: unknown }).kind === 'string'),
  }
}
