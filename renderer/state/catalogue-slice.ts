import { bridge } from '../bridge.ts'
import { errorText } from '../text/error-text.ts'
import { preferredInterval } from './intervals.ts'
import type { CatalogueState, Slice } from './state.ts'
import type { Coverage, Instrument } from './types.ts'

/** Instruments, strategies and jobs. */
export const catalogueSlice: Slice<CatalogueState> = (set, get) => ({
  instruments: [],
  coverage: [],
  strategies: [],
  templates: [],
  jobs: {},
  info: null,
  service: null,
  catalogue: { state: 'loading' },
  problems: { strategy: '', problems: [] },
  runsVersion: 0,
  async refreshCatalogue() {
    try {
      const [info, { jobs }] = await Promise.all([
        bridge().call('app.info', {}),
        bridge().call('job.list', {}),
        get().refreshData(),
        get().refreshStrategies(),
      ])
      // Said once, when the window opens: later refreshes are not news.
      if (get().info === null)
        for (const notice of info.notices) get().notify({ severity: 'warning', text: errorText(notice) })
      set({ info, jobs: Object.fromEntries(jobs.map((job) => [job.id, job])), catalogue: { state: 'ready' } })
    } catch (error) {
      set({ catalogue: { state: 'failed', error } })
    }
  },
  async refreshData() {
    const { instruments, coverage } = await bridge().call('instrument.list', {})
    set({ instruments, coverage, ...selectionAfter(get().instrument, get().interval, instruments, coverage) })
  },
  async refreshStrategies() {
    const { strategies, templates } = await bridge().call('strategy.list', {})
    const { strategy } = get()
    const stillThere = strategy !== null && strategies.some((file) => file.name === strategy)
    set({ strategies, templates, strategy: stillThere ? strategy : (strategies[0]?.name ?? null) })
  },
  setProblems: (strategy, problems) => set({ problems: { strategy, problems } }),
  putJob: (job) => set((state) => ({ jobs: { ...state.jobs, [job.id]: job } })),
  async pauseJob(job, paused) {
    try {
      await bridge().call('job.pause', { job, paused })
    } catch (error) {
      get().notifyError(error)
    }
  },
  async cancelJob(job) {
    try {
      await bridge().call('job.cancel', { job })
    } catch (error) {
      get().notifyError(error)
    }
  },
})

/** Keeps the selected instrument while it exists, else takes the first that has bars, a real market before a simulated one. */
export function selectionAfter(
  selected: string | null,
  interval: string,
  instruments: readonly Instrument[],
  coverage: readonly Coverage[],
): { instrument: string | null; interval: string } {
  if (selected !== null && instruments.some((record) => record.id === selected)) {
    return { instrument: selected, interval }
  }
  const stored = new Set(coverage.map((series) => series.instrument))
  const withBars = instruments.filter((record) => stored.has(record.id))
  const next = (withBars.find((record) => !record.simulated) ?? withBars[0])?.id ?? null
  return { instrument: next, interval: next === null ? interval : preferredInterval(coverage, next, interval) }
}
