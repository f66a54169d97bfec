import { bridge } from '../bridge.ts'
import { useStore } from './store.ts'

/** Reads the catalogue and keeps it fresh from the topics. Returns what ends it. */
export function connect(): () => void {
  const state = useStore.getState
  const report = (error: unknown) => state().notifyError(error)
  const ends = [
    bridge().subscribe('job.changed', (job) => state().putJob(job)),
    bridge().subscribe('data.changed', () => void state().refreshData().catch(report)),
    bridge().subscribe('strategy.changed', () => void state().refreshStrategies().catch(report)),
    bridge().subscribe('run.changed', ({ run, state: runState }) => {
      const gone = (selected: string | null) => (runState === 'deleted' && selected === run ? null : selected)
      useStore.setState((now) => ({
        runsVersion: now.runsVersion + 1,
        run: gone(now.run),
        compareRun: gone(now.compareRun),
      }))
    }),
    bridge().subscribe('service.changed', (service) => useStore.setState({ service })),
  ]
  void state().refreshCatalogue()
  return () => {
    for (const end of ends) end()
  }
}
