import { create } from 'zustand'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'
import { ended } from '../../state/verification.ts'
import { defaultQuestion, type OptimiseConfig, type QuestionSetup, readQuestion } from './question.ts'

/** The key under which the service keeps the form. */
const optimiserKey = 'optimiser'

interface OptimiserState {
  readonly setup: QuestionSetup
  readonly loaded: boolean
  /** The optimisation that is looked at; null: the newest. */
  readonly shown: string | null
  /** Between the wish and the answer of the service. */
  readonly isStarting: boolean
  /** Why the last start or resumption was refused. */
  readonly failure: unknown
  load(): Promise<void>
  patch(change: Partial<QuestionSetup>): void
  show(optimisation: string | null): void
  start(config: OptimiseConfig): Promise<void>
  resume(optimisation: string): Promise<void>
  /** Runs a trial, or a window out of sample, as a stored run and brings its report forward. */
  open(optimisation: string, what: { readonly point: number } | { readonly window: number }): Promise<void>
}

/** The Optimiser panel's form and what it looks at. */
export const useOptimiser = create<OptimiserState>()((set, get) => {
  const begin = async (ask: () => Promise<{ readonly optimisation: string }>) => {
    if (get().isStarting) return
    set({ isStarting: true, failure: null })
    try {
      const { optimisation } = await ask()
      set({ isStarting: false, shown: optimisation })
    } catch (failure) {
      set({ isStarting: false, failure })
    }
  }
  return {
    setup: defaultQuestion,
    loaded: false,
    shown: null,
    isStarting: false,
    failure: null,
    async load() {
      if (get().loaded) return
      try {
        const { value } = await bridge().call('settings.get', { key: optimiserKey })
        set({ setup: readQuestion(value), loaded: true })
      } catch (error) {
        set({ loaded: true })
        useStore.getState().notifyError(error)
      }
    },
    patch(change) {
      set(({ setup }) => ({ setup: { ...setup, ...change }, failure: null }))
      storeSoon(() => get().setup)
    },
    show: (shown) => set({ shown }),
    start: (config) => begin(() => bridge().call('optimise.start', { config, workers: null })),
    resume: (optimisation) => begin(() => bridge().call('optimise.resume', { optimisation, workers: null })),
    async open(optimisation, what) {
      const chosen = { optimisation, point: null, window: null, ...what }
      try {
        const { run, job } = await bridge().call('optimise.openRun', chosen)
        await ended(job)
        useStore.getState().openRun(run)
      } catch (error) {
        useStore.getState().notifyError(error)
      }
    },
  }
})

let waiting: ReturnType<typeof setTimeout> | undefined

/** Stores once typing pauses. */
function storeSoon(setup: () => QuestionSetup): void {
  clearTimeout(waiting)
  waiting = setTimeout(() => {
    const value = JSON.parse(JSON.stringify(setup())) as never
    bridge()
      .call('settings.set', { key: optimiserKey, value })
      .catch((error: unknown) => useStore.getState().notifyError(error))
  }, 400)
}

/** The job that works on an optimisation now. */
export function useJobOf(optimisation: string | null) {
  return useStore((state) => {
    return Object.values(state.jobs).find((job) => job.subject === optimisation && job.state === 'running')
  })
}
