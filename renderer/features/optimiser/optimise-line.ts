import { backtestLine, shellWord } from '../../state/cli-line.ts'
import type { OptimiseConfig } from './question.ts'

/** The terminal line that asks the same. */
export function optimiseLine(config: OptimiseConfig): string {
  const { run, space, walkForward } = config
  const fixed = Object.entries(run.params).filter(([name]) => !(name in space))
  const verb = walkForward === null ? 'optimise' : 'walkforward'
  const line = backtestLine({ ...run, params: Object.fromEntries(fixed), seed: 1 } as Parameters<
    typeof backtestLine
  >[0])
  const words = [...gridWords(config), ...goalWords(config), ...methodWords(config), ...walkWords(config)]
  return [line.replace('tickwright backtest', `tickwright ${verb}`), ...words.map(shellWord)].join(' ')
}

function gridWords({ space, where }: OptimiseConfig): string[] {
  const grids = Object.entries(space).flatMap(([name, range]) => {
    if (range.kind === 'values') return ['--grid', `${name}=${range.values.join(',')}`]
    return ['--grid', `${name}=${range.from}:${range.to}${range.step === null ? '' : `:${range.step}`}`]
  })
  return where === '' ? grids : [...grids, '--where', where]
}

function goalWords({ objectives, combination }: OptimiseConfig): string[] {
  const goals = objectives.flatMap(({ metric, goal, weight }) => {
    return ['--objective', `${metric}:${goal}${weight === 1 ? '' : `:${weight}`}`]
  })
  return combination === 'pareto' ? [...goals, '--pareto'] : goals
}

function methodWords({ method, trials, seed, run }: OptimiseConfig): string[] {
  const drawn = method === 'grid' ? [] : ['--method', method, '--trials', String(trials), '--seed', String(seed)]
  return run.seed === 1 ? drawn : [...drawn, '--run-seed', String(run.seed)]
}

function walkWords({ walkForward }: OptimiseConfig): string[] {
  if (walkForward === null) return []
  const { kind, inSample, outOfSample } = walkForward
  const words = ['--in-sample', String(inSample), '--out-of-sample', String(outOfSample)]
  return kind === 'anchored' ? [...words, '--anchored'] : words
}
