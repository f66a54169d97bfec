import { Archive, RotateCw, ShieldCheck, Trash2, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gives } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { dateTime, zoneFor } from '../../ui/date-time.ts'
import { bytes } from '../../ui/format.ts'
import { JobProgress } from '../../ui/job-progress.tsx'
import { useJobs } from './use-jobs.ts'
import { useRestart } from './use-restart.ts'

type Backups = Gives<'backup.list'>

/** Copies of the data folder: made while everything goes on, checked to the byte, put back at the next start. */
export function BackupSection() {
  const { t } = useTranslation('settings')
  const { running, ended } = useJobs('backup')
  const asked = useRequest('backup.list', {}, ended)
  const list = answered(asked.answer)
  const [findings, setFindings] = useState<Readonly<Record<string, readonly string[]>>>({})
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work()
      asked.reload()
    } catch (error) {
      useStore.getState().notifyError(error)
    }
  }
  const verify = (name: string) =>
    attempt(async () => {
      const checked = await bridge().call('backup.verify', { name })
      setFindings((known) => ({ ...known, [name]: checked.findings }))
    })
  if (list === undefined) return null
  return (
    <section aria-label={t('backup.title')}>
      <h3>{t('backup.title')}</h3>
      <p className="tw-setting-about">
        {t('backup.about')} <code>{list.folder}</code>
      </p>
      <PendingRestore
        list={list}
        onCancel={() => void attempt(() => bridge().call('backup.restore', { name: null }))}
      />
      <ul className="tw-settings-backups">
        {list.backups.map((backup) => (
          <BackupLine
            key={backup.name}
            backup={backup}
            findings={findings[backup.name]}
            onVerify={() => void verify(backup.name)}
            onRestore={() => void attempt(() => bridge().call('backup.restore', { name: backup.name }))}
            onDelete={() => void attempt(() => bridge().call('backup.delete', { name: backup.name }))}
          />
        ))}
      </ul>
      {running === undefined ? (
        <Button icon={Archive} onClick={() => void attempt(() => bridge().call('backup.create', {}))}>
          {t('backup.create')}
        </Button>
      ) : (
        <JobProgress job={running} onCancel={() => void useStore.getState().cancelJob(running.id)} />
      )}
    </section>
  )
}

function PendingRestore({ list, onCancel }: { readonly list: Backups; onCancel(): void }) {
  const { t } = useTranslation('settings')
  const restart = useRestart()
  if (list.pending === null) return null
  return (
    <p className="tw-settings-pending" role="status">
      {t('backup.pending', { name: list.pending })}
      <Button icon={RotateCw} onClick={() => void restart()}>
        {t('restart')}
      </Button>
      <Button icon={Undo2} onClick={onCancel}>
        {t('backup.keep')}
      </Button>
    </p>
  )
}

interface BackupLineProps {
  readonly backup: Backups['backups'][number]
  /** Undefined: not checked in this window. */
  readonly findings: readonly string[] | undefined
  onVerify(): void
  onRestore(): void
  onDelete(): void
}

function BackupLine({ backup, findings, onVerify, onRestore, onDelete }: BackupLineProps) {
  const { t } = useTranslation('settings')
  const zone = useStore((state) => zoneFor(state.zone, undefined))
  const [isSure, setSure] = useState(false)
  return (
    <li aria-label={backup.name}>
      <span className="tw-number">{dateTime(backup.at, zone)}</span>
      <span className="tw-number">{bytes(backup.bytes)}</span>
      <span className="tw-setting-about">{backup.version}</span>
      <Button icon={ShieldCheck} onClick={onVerify}>
        {t('backup.verify')}
      </Button>
      <Button icon={Undo2} onClick={onRestore}>
        {t('backup.restore')}
      </Button>
      {isSure ? (
        <Button variant="danger" icon={Trash2} onClick={onDelete}>
          {t('backup.deleteNow')}
        </Button>
      ) : (
        <IconButton icon={Trash2} label={t('backup.delete')} onClick={() => setSure(true)} />
      )}
      {findings?.length === 0 && <span role="status">{t('backup.sound')}</span>}
      {findings !== undefined && findings.length > 0 && (
        <span className="tone-error" role="alert">
          {findings.join('; ')}
        </span>
      )}
    </li>
  )
}
