import { create } from 'zustand'
import type { Reply } from '../../core/contract/contract.ts'
import { bridge } from '../bridge.ts'
import { useStore } from './store.ts'

/** What a verification found, or that it is under way. */
export type Verification = Reply<'run.verification'>

interface VerificationState {
  /** The latest verification of each run in this session. */
  readonly byRun: Readonly<Record<string, Verification>>
}

/** Verifications of this session, shared by history and report. */
export const useVerifications = create<VerificationState>()(() => ({ byRun: {} }))

function put(verification: Verification): void {
  useVerifications.setState(({ byRun }) => ({ byRun: { ...byRun, [verification.run]: verification } }))
}

/** Re-runs the capsule of a run and keeps the verdict; a failure to start is told to the user. */
export async function verifyRun(run: string): Promise<void> {
  if (useVerifications.getState().byRun[run]?.state === 'running') return
  put({ run, state: 'running', expectedHash: '', actualHash: '', firstDifference: '', error: null })
  try {
    const { job } = await bridge().call('run.verify', { run })
    await ended(job)
    put(await bridge().call('run.verification', { job }))
  } catch (error) {
    useVerifications.setState(({ byRun }) => {
      const { [run]: _, ...others } = byRun
      return { byRun: others }
    })
    useStore.getState().notifyError(error)
  }
}

/** Resolves when a job has ended, whether the end was heard before or after this call. */
export function ended(job: string): Promise<void> {
  return new Promise((resolve) => {
    const isOver = () => {
      const known = useStore.getState().jobs[job]
      return known !== undefined && known.state !== 'running'
    }
    if (isOver()) {
      resolve()
      return
    }
    const stop = useStore.subscribe(() => {
      if (!isOver()) return
      stop()
      resolve()
    })
  })
}
