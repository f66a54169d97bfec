import { DomainError } from '../../domain/errors.ts'
import type { LiveEngine, LiveHears, LivePort } from '../../workstation/live/live-port.ts'
import { startWorker } from '../worker-call.ts'
import type { LiveTask } from './live-worker.ts'

/** A strategy that has not answered for so long is in a loop that never ends. */
const patienceMs = 10_000
/** What restoring a long journal may take. */
const openPatienceMs = 120_000

/** Live runs, each in a thread of its own. */
export function createLiveHost(
  workerUrl: URL,
  kernelPath: string,
): Pick<LivePort, 'open'> & { close(): Promise<void> } {
  const engines = new Set<LiveEngine>()
  return {
    async open(task: LiveTask) {
      const worker = startWorker(workerUrl, { name: 'live', workerData: { kernelPath } })
      const patient = async <Gives>(op: string, takes: object, limit = patienceMs): Promise<Gives> => {
        const timer = setTimeout(() => {
          const seconds = limit / 1000
          void worker.kill(new DomainError('strategy.endless', { file: task.bundle.entry, bars: 0, seconds }))
        }, limit)
        try {
          return await worker.call<Gives>(op, takes)
        } finally {
          clearTimeout(timer)
        }
      }
      let hears: LiveHears = { tick: false, quote: false, book: false }
      const engine: LiveEngine = {
        get hears() {
          return hears
        },
        apply: (events) => patient('apply', { events }, events.length > 1_000 ? openPatienceMs : patienceMs),
        state: () => patient('state', {}),
        headroom: (instrument, side) => patient('headroom', { instrument, side }),
        curve: () => patient('curve', {}),
        result: () => patient('result', {}),
        async close() {
          engines.delete(engine)
          await worker.kill(new DomainError('cancelled'))
        },
      }
      engines.add(engine)
      try {
        hears = await patient('open', task)
        return engine
      } catch (failure) {
        await engine.close()
        throw failure
      }
    },
    async close() {
      await Promise.all([...engines].map((engine) => engine.close()))
    },
  }
}
