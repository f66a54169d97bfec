import type { Handlers } from '../contract/contract.ts'
import { DomainError } from '../domain/errors.ts'
import type { ArchiveControl } from '../stores/archive/market-archive.ts'
import type { ArchivePlace } from './archive-place.ts'
import type { JobHandle, Jobs } from './jobs.ts'
import type { Ports } from './ports.ts'

type ArchiveHandlers = Pick<Handlers, 'archive.list' | 'archive.run' | 'archive.verify' | 'archive.restore'>

const dayMs = 86_400_000

/** Requests about the archive; a server's store has none. */
export function archiveHandlers({ archive: place, stores, clock, storeBytes }: Ports, jobs: Jobs): ArchiveHandlers {
  const here = (): ArchivePlace => {
    if (place === null) throw new DomainError('archive.not-here')
    return place
  }
  const startJob = (subject: string, work: (job: JobHandle, cancelled: () => boolean) => Promise<void>) => {
    const release = here().hold()
    let isCancelled = false
    const job = jobs.start('archive', subject, () => {
      isCancelled = true
    })
    const ended = work(job, () => isCancelled).finally(release)
    ended.then(
      () => job.finish(isCancelled ? new DomainError('cancelled') : undefined),
      (failure) => job.finish(failure),
    )
    return { job: job.id }
  }
  return {
    'archive.list': async () => {
      const { folder, files } = here()
      const parts = [...(await files.list())].sort((one, other) => (one.file < other.file ? -1 : 1))
      return {
        folder,
        files: parts.map(({ file, kind, instrument, from, to, rows, bytes }) => ({
          ...{ file, kind, instrument, from, to, rows, bytes },
        })),
        rows: parts.reduce((sum, { rows }) => sum + rows, 0),
        bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
        storeBytes: await storeBytes(),
      }
    },
    'archive.run': ({ olderThanDays, kinds }) => {
      const { archive } = here()
      const before = clock.now() - olderThanDays * dayMs
      return startJob(`${olderThanDays} d`, async (job, cancelled) => {
        const series = (await stores.market.coverage()).filter(
          ({ kind, from }) => kinds.includes(kind) && from < before,
        )
        const total = series.reduce((sum, { rows }) => sum + rows, 0)
        let done = 0
        for (const { kind, instrument, rows } of series) {
          const control: ArchiveControl = { progress: (moved) => job.progress(done + moved, total), cancelled }
          await archive.archive({ kind, instrument, before }, control)
          done += rows
        }
      })
    },
    'archive.verify': async () => {
      const { files } = here()
      const findings: { file: string; reason: string }[] = []
      const parts = await files.list()
      for (const part of parts) {
        const reason = await files.check(part)
        if (reason !== null) findings.push({ file: part.file, reason })
      }
      return { files: parts.length, bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0), findings }
    },
    'archive.restore': ({ files: wanted }) => {
      const { files, archive } = here()
      return startJob(wanted.length === 1 ? (wanted[0] ?? '') : String(wanted.length), async (job, cancelled) => {
        const known = (await files.list()).map(({ file }) => file)
        const all = wanted.length === 0 ? known : known.filter((file) => wanted.includes(file))
        for (const [index, file] of all.entries()) {
          if (cancelled()) break
          await archive.bringBack(file)
          job.progress(index + 1, all.length)
        }
      })
    },
  }
}
