import type { Handlers } from '../contract/contract.ts'
import { DomainError } from '../domain/errors.ts'
import type { ArchiveControl } from '../stores/archive/market-archive.ts'
import type { SettingsStore } from '../stores/settings-store.ts'
import type { ArchivePlace } from './archive-place.ts'
import type { JobHandle, Jobs } from './jobs.ts'
import type { Ports } from './ports.ts'

type ArchiveHandlers = Pick<
  Handlers,
  'archive.list' | 'archive.run' | 'archive.daily' | 'archive.verify' | 'archive.restore'
>

const dailyKey = 'archive.daily'
const dayMs = 86_400_000
const lookEveryMs = 600_000

interface Daily {
  readonly olderThanDays: number | null
  /** UTC day on which it was last done. */
  readonly day: number | null
}

async function readDaily(settings: SettingsStore): Promise<Daily> {
  const stored = await settings.get(dailyKey)
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return { olderThanDays: null, day: null }
  const { olderThanDays, day } = stored
  return {
    olderThanDays: typeof olderThanDays === 'number' ? olderThanDays : null,
    day: typeof day === 'number' ? day : null,
  }
}

/** Archives once a day what the user wants, in the service of the folder; ends with the returned function. */
export function archiveDaily(
  ports: Pick<Ports, 'archive' | 'stores' | 'clock' | 'every'> & { readonly live: Pick<Ports['live'], 'isHost'> },
  run: (olderThanDays: number) => unknown,
): () => void {
  const { archive, stores, clock, every, live } = ports
  if (archive === null || !live.isHost) return () => undefined
  const look = async () => {
    const { olderThanDays, day } = await readDaily(stores.settings)
    const today = Math.floor(clock.now() / dayMs)
    if (olderThanDays === null || day === today) return
    await stores.settings.set(dailyKey, { olderThanDays, day: today })
    await run(olderThanDays)
  }
  const attempt = () => void look().catch(() => undefined)
  attempt()
  return every(lookEveryMs, attempt)
}

/** Requests about the archive; a server's store has none. */
export function archiveHandlers(
  { archive: place, stores, clock, storeBytes }: Pick<Ports, 'archive' | 'stores' | 'clock' | 'storeBytes'>,
  jobs: Jobs,
): ArchiveHandlers {
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
        dailyOlderThan: (await readDaily(stores.settings)).olderThanDays,
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
    'archive.daily': async ({ olderThanDays }) => {
      here()
      await stores.settings.set(dailyKey, { olderThanDays, day: null })
      return {}
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
