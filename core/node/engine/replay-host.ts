import { DomainError } from '../../domain/errors.ts'
import type { ReplayPort } from '../../workstation/replay-port.ts'
import { startWorker, type WorkerCaller } from '../worker-call.ts'

/** The replay port over one worker thread, started with the first replay. A new thread knows nothing of older replays. */
export function createReplayHost(workerUrl: URL): ReplayPort & { shutDown(): Promise<void> } {
  let worker: WorkerCaller | undefined
  const ready = () => {
    if (worker?.alive !== true) worker = startWorker(workerUrl, { name: 'replay' })
    return worker
  }
  const call = <Gives>(op: string, takes: object) => ready().call<Gives>(op, takes)
  return {
    open: (replay, input) => call('open', { replay, input }),
    get: (replay) => call('get', { replay }),
    step: (replay, step) => call('step', { replay, step }),
    act: (replay, command) => call('act', { replay, command }),
    table: (replay, name) => call('table', { replay, name }),
    script: (replay) => call('script', { replay }),
    close: (replay) => call('close', { replay }),
    async shutDown() {
      await worker?.kill(new DomainError('cancelled'))
      worker = undefined
    },
  }
}
