import { create } from 'zustand'
import { isDomainError } from '../../core/domain/errors.ts'
import { bridge } from '../bridge.ts'
import { type BacktestSetup, configOf, defaultSetup, readSetup, setupProblems } from './backtest-config.ts'
import { readParams } from './param-check.ts'
import { failureOf } from './run-failure.ts'
import type { BacktestConfig, ParamValue, StrategyCheck } from './run-types.ts'
import { useStore } from './store.ts'
import type { Problem } from './types.ts'
import { ended } from './verification.ts'

/** The key under which the service keeps the last configuration. */
export const backtestKey = 'backtest'

/** A run that was started here and has not ended. */
export interface StartedRun {
  readonly run: string
  readonly job: string
  readonly strategy: string
}

interface BacktestState {
  readonly setup: BacktestSetup
  readonly loaded: boolean
  readonly started: StartedRun | null
  /** Between the wish to run and the answer of the service. */
  readonly isStarting: boolean
  /** Why the last start or run of this window failed; null after a success. */
  readonly failure: { readonly error: unknown; readonly strategy: string } | null
  /** Set by the editor: writes unsaved text of a strategy before it runs. False keeps the run from starting. */
  readonly beforeStart: ((strategy: string) => Promise<boolean>) | null
  load(): Promise<void>
  patch(change: Partial<BacktestSetup>): void
  setParam(strategy: string, name: string, value: ParamValue): void
  resetParams(strategy: string): void
  /** Runs the selected strategy as configured. Resolves when the run has ended; never rejects. */
  start(): Promise<void>
  cancel(): void
}

/** The Backtest panel's configuration and run, shared with the editor ("save and run"). */
export const useBacktest = create<BacktestState>()((set, get) => ({
  setup: defaultSetup,
  loaded: false,
  started: null,
  isStarting: false,
  failure: null,
  beforeStart: null,
  async load() {
    if (get().loaded) return
    try {
      const { value } = await bridge().call('settings.get', { key: backtestKey })
      const setup = value === null ? firstSetup() : readSetup(value)
      set({ setup, loaded: true })
      rememberStrategy(setup.strategy, get().patch)
      followInterval(get)
    } catch (error) {
      set({ loaded: true })
      useStore.getState().notifyError(error)
    }
  },
  patch(change) {
    set(({ setup }) => ({ setup: { ...setup, ...change } }))
    storeSoon(() => get().setup)
  },
  setParam(strategy, name, value) {
    const { params } = get().setup
    get().patch({ params: { ...params, [strategy]: { ...params[strategy], [name]: value } } })
  },
  resetParams(strategy) {
    const { [strategy]: _, ...others } = get().setup.params
    get().patch({ params: others })
  },
  async start() {
    const { strategy } = useStore.getState()
    if (strategy === null || get().started !== null || get().isStarting) return
    set({ isStarting: true, failure: null })
    try {
      const started = await begin(get, strategy)
      set({ isStarting: false, started })
      if (started === null) return
      await ended(started.job)
      finish(set, started)
    } catch (error) {
      set({ isStarting: false, started: null, failure: { error, strategy } })
      showProblem(strategy, error)
    }
  },
  cancel() {
    const { started } = get()
    if (started !== null) void useStore.getState().cancelJob(started.job)
  },
}))

/** Selects the strategy of the last session while it exists, and keeps every later selection. */
function rememberStrategy(strategy: string | null, patch: BacktestState['patch']): void {
  const { strategies } = useStore.getState()
  const mayExist = strategies.length === 0 || strategies.some((file) => file.name === strategy)
  if (strategy !== null && mayExist) useStore.setState({ strategy })
  useStore.subscribe((now, before) => {
    if (now.strategy !== before.strategy) patch({ strategy: now.strategy })
  })
}

/** While no instruments were chosen the run is on what the workspace shows: its instrument and its interval alike. */
function followInterval(get: () => BacktestState): void {
  useStore.subscribe((now, before) => {
    if (now.instrument === before.instrument && now.interval === before.interval) return
    const { setup, patch } = get()
    if (setup.instruments.length === 0 && setup.interval !== now.interval) patch({ interval: now.interval })
  })
}

/** Without a stored setup the interval is the one that the workspace shows. */
function firstSetup(): BacktestSetup {
  return { ...defaultSetup, interval: useStore.getState().interval }
}

/** The instruments a run would use: those chosen that still exist, else the one selected in the workspace. */
export function chosenInstruments(
  setup: BacktestSetup,
  known: readonly { readonly id: string }[],
  selected: string | null,
): readonly string[] {
  const chosen = setup.instruments.filter((id) => known.some((record) => record.id === id))
  if (chosen.length > 0) return chosen
  return selected === null ? [] : [selected]
}

/** Zone of the first chosen instrument's exchange: its calendar counts the days of a period. */
export function zoneOfFirst(
  chosen: readonly string[],
  known: readonly { readonly id: string; readonly zone: string }[],
): string {
  return known.find((record) => record.id === chosen[0])?.zone ?? 'utc'
}

/** Saves, checks and starts; null when something must be corrected first. */
async function begin(get: () => BacktestState, strategy: string): Promise<StartedRun | null> {
  await get().load()
  if ((await get().beforeStart?.(strategy)) === false) return null
  const config = await readyConfig(get().setup, strategy)
  if (config === null) {
    useStore.getState().openPanel('backtest')
    return null
  }
  const { run, job } = await bridge().call('backtest.start', config)
  return { run, job, strategy }
}

async function readyConfig(setup: BacktestSetup, strategy: string): Promise<BacktestConfig | null> {
  const { instruments, instrument, coverage } = useStore.getState()
  const chosen = chosenInstruments(setup, instruments, instrument)
  if (setupProblems(setup, { strategy, instruments: chosen }).length > 0) return null
  const check: StrategyCheck = await bridge().call('strategy.check', { strategy: { kind: 'saved', name: strategy } })
  useStore.getState().setProblems(strategy, check.problems)
  const reading = readParams(check.params, setup.params[strategy] ?? {})
  if (Object.keys(reading.problems).length > 0) return null
  return configOf(setup, {
    strategy,
    instruments: chosen,
    params: reading.values,
    coverage,
    zone: zoneOfFirst(chosen, instruments),
  })
}

function finish(set: (patch: Partial<BacktestState>) => void, started: StartedRun): void {
  const { jobs, openRun } = useStore.getState()
  const job = jobs[started.job]
  set({ started: null })
  if (job?.state === 'done') openRun(started.run)
  else if (job?.state === 'failed') {
    const error = failureOf(job.error)
    set({ failure: { error, strategy: started.strategy } })
    showProblem(started.strategy, error)
  }
}

/** The place in the user's file that a failure names; null when it names none. */
export function problemOf(error: unknown): Problem | null {
  if (!isDomainError(error)) return null
  const { file, line, column, message } = error.data
  if (typeof file !== 'string' || typeof line !== 'number' || line < 1) return null
  return {
    file,
    line,
    column: typeof column === 'number' && column >= 1 ? column : 1,
    message: typeof message === 'string' ? message : '',
    severity: 'error',
  }
}

function showProblem(strategy: string, error: unknown): void {
  const problem = problemOf(error)
  if (problem === null) return
  const { problems, setProblems } = useStore.getState()
  const others = problems.strategy === strategy ? problems.problems : []
  const isKnown = others.some((other) => other.line === problem.line && other.message === problem.message)
  if (!isKnown) setProblems(strategy, [...others, problem])
}

let waiting: ReturnType<typeof setTimeout> | undefined

/** Stores once typing pauses; numbers that are not (yet) numbers are left out of JSON by becoming their default. */
function storeSoon(setup: () => BacktestSetup): void {
  clearTimeout(waiting)
  waiting = setTimeout(() => {
    const value = JSON.parse(JSON.stringify(setup())) as never
    bridge()
      .call('settings.set', { key: backtestKey, value })
      .catch((error: unknown) => useStore.getState().notifyError(error))
  }, 400)
}
