import { useStore } from '../../state/store.ts'
import type { Job } from '../../state/types.ts'

/** The running job of a kind, and how many have ended: what they changed is asked for again then. */
export function useJobs(kind: Job['kind']): { readonly running: Job | undefined; readonly ended: number } {
  const running = useStore(({ jobs }) =>
    Object.values(jobs).find((job) => job.kind === kind && job.state === 'running'),
  )
  const ended = useStore(
    ({ jobs }) => Object.values(jobs).filter((job) => job.kind === kind && job.state !== 'running').length,
  )
  return { running, ended }
}
