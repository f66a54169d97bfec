import { useStore } from './store.ts'
import type { Job } from './types.ts'

/** Waits until a job has ended, in whatever way. */
export function jobEnded(id: string): Promise<Job> {
  return new Promise((resolve) => {
    const look = ({ jobs }: ReturnType<typeof useStore.getState>): boolean => {
      const job = jobs[id]
      if (job === undefined || job.state === 'running') return false
      resolve(job)
      return true
    }
    if (look(useStore.getState())) return
    const end = useStore.subscribe((state) => {
      if (look(state)) end()
    })
  })
}
