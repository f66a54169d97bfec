import type { Takes } from '../../contract/contract.ts'
import type { Service } from '../call-service.ts'
import { flag, number, text, texts, UsageError, type VerbContext } from './verb.ts'
import { configOf, runOptions } from './verbs/backtest.ts'

type Config = Takes<'optimise.start'>['config']
type Range = Config['space'][string]

/** Options of whatever searches parameters. */
export const searchOptions = {
  ...runOptions,
  grid: { type: 'string', multiple: true },
  where: { type: 'string' },
  objective: { type: 'string', multiple: true },
  pareto: { type: 'boolean' },
  method: { type: 'string' },
  trials: { type: 'string' },
  'run-seed': { type: 'string' },
  workers: { type: 'string' },
  resume: { type: 'string' },
  top: { type: 'string' },
} as const

/** How the search is written in a usage line. */
export const searchUsage =
  "--grid NAME=FROM:TO[:STEP]|V1,V2,… [--grid …] [--where 'fast < slow'] [--objective METRIC[:max|:min][:WEIGHT] …] [--pareto] [--method grid|random|lhs] [--trials N] [--seed S] [--workers N] [--top N]"

const methods = ['grid', 'random', 'lhs'] as const

/** Figures that are good when small, unless the command line says otherwise. */
const smallIsGood = /drawdown|volatility|ulcer|^fees$|loss-streak/

/** The question of the command line. `seed` draws the points; `run-seed` is the chance of each run. */
export async function searchConfig(context: VerbContext, service: Service): Promise<Config> {
  const { values } = context
  const ranges = texts(values, 'grid').map(rangeOf)
  if (ranges.length === 0) throw new UsageError('--grid is missing: a parameter and what to try, such as fast=5:25:2')
  const named = text(values, 'method') ?? 'grid'
  const method = methods.find((candidate) => candidate === named)
  if (method === undefined) throw new UsageError(`--method is one of ${methods.join(', ')}, was “${named}”`)
  const run = await configOf(context, service)
  const objectives = texts(values, 'objective')
  return {
    run: { ...run, seed: number(values, 'run-seed') ?? 1 },
    space: Object.fromEntries(ranges),
    where: text(values, 'where') ?? '',
    objectives: (objectives.length === 0 ? ['sharpe'] : objectives).map(objectiveOf),
    combination: flag(values, 'pareto') ? 'pareto' : 'weighted',
    method,
    trials: number(values, 'trials') ?? 100,
    seed: number(values, 'seed') ?? 1,
    walkForward: null,
  }
}

/** `fast=5:25:2`, `ratio=0.1:0.9` (any number between), `mode=trend,revert`, `strict=true,false`. */
function rangeOf(pair: string): [string, Range] {
  const at = pair.indexOf('=')
  if (at < 1) throw new UsageError(`--grid is NAME=FROM:TO:STEP or NAME=V1,V2, was “${pair}”`)
  const [name, text] = [pair.slice(0, at), pair.slice(at + 1)]
  const parts = text.split(':')
  if (parts.length === 1) return [name, { kind: 'values', values: text.split(',').map(plainValue) }]
  const [from, to, step] = parts.map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  const isRange = parts.length <= 3 && from !== undefined && to !== undefined
  if (!isRange || [from, to, step ?? 0].some((part) => !Number.isFinite(part))) {
    throw new UsageError(`--grid is NAME=FROM:TO:STEP or NAME=V1,V2, was “${pair}”`)
  }
  return [name, { kind: 'range', from, to, step: step ?? null }]
}

function plainValue(text: string): string | number | boolean {
  const trimmed = text.trim()
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true'
  const parsed = Number(trimmed)
  return trimmed !== '' && Number.isFinite(parsed) ? parsed : trimmed
}

/** `sharpe`, `max-drawdown:min`, `sharpe:max:2`. */
function objectiveOf(text: string): Config['objectives'][number] {
  const [metric = '', ...terms] = text.split(':')
  const goal = terms[0] === 'max' || terms[0] === 'min' ? terms.shift() : undefined
  const weight = terms.length === 0 ? 1 : Number(terms.shift())
  if (metric === '' || terms.length > 0 || !(weight > 0)) {
    throw new UsageError(`--objective is METRIC, METRIC:min or METRIC:max:WEIGHT, was “${text}”`)
  }
  const usual = smallIsGood.test(metric) ? 'min' : 'max'
  return { metric, goal: goal === 'min' || goal === 'max' ? goal : usual, weight }
}

/** Workers of the command line; null: one for each core. */
export function workersOf({ values }: VerbContext): number | null {
  const workers = number(values, 'workers')
  if (workers !== undefined && !(Number.isInteger(workers) && workers > 0)) {
    throw new UsageError(`--workers must be a whole number above 0, was “${workers}”`)
  }
  return workers ?? null
}
