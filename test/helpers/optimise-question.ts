import type { Gives, Takes } from '../../core/contract/contract.ts'
import { crossConfig, type RunningService } from './a-service.ts'

export type Config = Takes<'optimise.start'>['config']

/** A grid of 18 points for the cross of the tests on twenty years of S&P 500 days. */
export const question: Config = {
  run: crossConfig,
  space: {
    fast: { kind: 'range', from: 4, to: 12, step: 2 },
    slow: { kind: 'range', from: 10, to: 40, step: 10 },
  },
  where: 'fast < slow',
  objectives: [{ metric: 'sharpe', goal: 'max', weight: 1 }],
  combination: 'weighted',
  method: 'grid',
  trials: 10,
  seed: 1,
  walkForward: null,
}

/** Runs an optimisation to its end. */
export async function optimiseOn(
  service: RunningService,
  change: Partial<Config> = {},
  workers: number | null = null,
): Promise<Gives<'optimise.get'>> {
  const config = { ...question, ...change }
  const { optimisation, job } = await service.call('optimise.start', { config, workers })
  await service.ended(job)
  return service.call('optimise.get', { optimisation })
}
