import { useDeferredValue, useEffect, useState } from 'react'
import type { Gives } from '../../../core/contract/contract.ts'
import { configOf, setupProblems } from '../../state/backtest-config.ts'
import { chosenInstruments, useBacktest, zoneOfFirst } from '../../state/backtest-setup.ts'
import { readParams } from '../../state/param-check.ts'
import type { ParamSpec, StrategyCheck } from '../../state/run-types.ts'
import { useStore } from '../../state/store.ts'
import { type Answer, answered, useRequest } from '../../state/use-request.ts'
import { type OptimiseConfig, questionConfig, rangeOf, rangeProblem } from './question.ts'
import { useOptimiser } from './use-optimiser.ts'

/** What the form asks, and what it would cost. */
export interface Question {
  readonly strategy: string | null
  readonly specs: readonly ParamSpec[]
  readonly check: Answer<StrategyCheck>
  readonly config: OptimiseConfig | null
  /** False while something in the form, or in the Backtest form, is not as it must be. */
  readonly isReady: boolean
  /** True: the Backtest form, which says data and costs, has a problem. */
  readonly needsBacktest: boolean
  readonly plan: Answer<Gives<'optimise.plan'>>
  /** With the time that it would take. */
  readonly estimate: Gives<'optimise.plan'> | undefined
}

/** The question as typed; data, period and costs are those of the Backtest form. */
export function useQuestion(): Question {
  const setup = useOptimiser((state) => state.setup)
  const backtest = useBacktest((state) => state.setup)
  const { strategy, strategies, instrument, instruments: known, coverage } = useStore()
  const version = strategies.find((file) => file.name === strategy)?.updatedAt ?? 0
  const { answer: check } = useRequest(
    'strategy.check',
    strategy === null ? null : { strategy: { kind: 'saved', name: strategy } },
    version,
  )
  const specs = answered(check)?.params ?? []
  const instruments = chosenInstruments(backtest, known, instrument)
  const reading = readParams(specs, strategy === null ? {} : (backtest.params[strategy] ?? {}))
  const needsBacktest = setupProblems(backtest, { strategy, instruments }).length > 0
  const zone = zoneOfFirst(instruments, known)
  const run =
    strategy === null || needsBacktest
      ? null
      : configOf(backtest, { strategy, instruments, params: reading.values, coverage, zone })
  const config = run === null ? null : questionConfig(setup, run, specs)
  const isWhole = specs.every((spec) => {
    return strategy === null || rangeProblem(spec, rangeOf(setup, strategy, spec), setup.method) === undefined
  })
  const isReady = config !== null && isWhole && isCounted(setup)
  const asked = useSettled(isReady ? config : null, 250)
  const { answer: plan } = useRequest('optimise.plan', planTakes(asked, false), version)
  const measured = useSettled(plan.state === 'ready' ? asked : null, 600)
  const { answer: estimate } = useRequest('optimise.plan', planTakes(measured, true), version)
  return { strategy, specs, check, config, isReady, needsBacktest, plan, estimate: answered(estimate) }
}

function planTakes(config: OptimiseConfig | null, probe: boolean) {
  return config === null ? null : { config, workers: null, probe }
}

function isCounted({
  method,
  trials,
  seed,
  walk,
  objectives,
}: ReturnType<typeof useOptimiser.getState>['setup']): boolean {
  const drawn = method === 'grid' || (Number.isInteger(trials) && trials > 0 && Number.isInteger(seed) && seed >= 0)
  const walked =
    walk.kind === 'off' || [walk.inSample, walk.outOfSample].every((bars) => Number.isInteger(bars) && bars > 0)
  return drawn && walked && objectives.every(({ weight }) => weight > 0)
}

/** A value once it has rested, by its JSON; null at once. */
function useSettled<Value>(value: Value | null, afterMs: number): Value | null {
  const key = useDeferredValue(value === null ? null : JSON.stringify(value))
  const [settled, setSettled] = useState<string | null>(null)
  useEffect(() => {
    if (key === null) {
      setSettled(null)
      return
    }
    const timer = setTimeout(() => setSettled(key), afterMs)
    return () => clearTimeout(timer)
  }, [key, afterMs])
  return settled === null || settled !== key ? null : (JSON.parse(settled) as Value)
}
