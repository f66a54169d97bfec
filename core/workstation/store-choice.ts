import type { Handlers } from '../contract/contract.ts'
import { DomainError } from '../domain/errors.ts'
import type { Jobs } from './jobs.ts'
import type { Ports } from './ports.ts'
import { copyStores } from './store-copy.ts'
import type { CopyReport } from './store-copy-state.ts'

type StoreHandlers = Pick<Handlers, 'store.get' | 'store.test' | 'store.choose' | 'store.copy' | 'store.copied'>

/** Requests about the store itself. */
export function storeHandlers(ports: Ports, jobs: Jobs): StoreHandlers {
  const { storeChoice } = ports
  const reports = new Map<string, CopyReport>()
  return {
    'store.get': async () => ({
      ...(await storeChoice.get()),
      state: ports.storeState(),
      bytes: await ports.storeBytes(),
    }),
    'store.test': ({ url, password }) => storeChoice.test(url, password),
    'store.choose': async ({ url, password }) => ({ chosen: await storeChoice.choose(url, password) }),
    'store.copy': async ({ url, password }) => {
      const target = await storeChoice.open(url, password)
      let isCancelled = false
      const job = jobs.start('store-copy', (await storeChoice.get()).inUse, () => {
        isCancelled = true
      })
      const control = {
        progress: (done: number, total: number) => job.progress(done, total),
        cancelled: () => isCancelled,
      }
      void copyStores(ports.stores, target.stores, control)
        .then((report) => {
          reports.set(job.id, report)
        })
        .finally(() => target.close())
        .then(
          () => job.finish(),
          (failure) => job.finish(failure),
        )
      return { job: job.id }
    },
    'store.copied': ({ job }) => {
      const report = reports.get(job)
      if (report === undefined) throw new DomainError('request.unknown', { request: job })
      return { job: jobs.get(job), ...report }
    },
  }
}
