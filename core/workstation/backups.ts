import type { Handlers } from '../contract/contract.ts'
import { DomainError } from '../domain/errors.ts'
import type { Clock } from '../lib/clock.ts'
import type { BackupPort } from './backup-port.ts'
import type { Jobs } from './jobs.ts'

type BackupHandlers = Pick<
  Handlers,
  'backup.list' | 'backup.create' | 'backup.verify' | 'backup.restore' | 'backup.delete'
>

/** Backups of the data folder: making one never stops what is written. */
export function backupHandlers(backups: BackupPort, clock: Clock, jobs: Jobs): BackupHandlers {
  return {
    'backup.list': async () => ({
      folder: backups.folder,
      backups: await backups.list(),
      pending: await backups.pending(),
    }),
    'backup.create': () => {
      const now = clock.now()
      const name = backups.nextName(now)
      const job = jobs.start('backup', name, () => void work.cancel())
      const work = backups.create(name, now, (done, total) => job.progress(done, total))
      work.ended.then(
        () => job.finish(),
        (failure) => job.finish(failure),
      )
      return { job: job.id, name }
    },
    'backup.verify': async ({ name }) => ({ name, findings: await backups.verify(name) }),
    'backup.restore': async ({ name }) => {
      const findings = name === null ? [] : await backups.verify(name)
      if (findings.length > 0) throw new DomainError('backup.damaged', { name, findings: findings.join('; ') })
      await backups.setPending(name)
      return { pending: name }
    },
    'backup.delete': async ({ name }) => {
      await backups.delete(name)
      return {}
    },
  }
}
