import { Package, PackageOpen, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gives } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { bytes, count } from '../../ui/format.ts'
import { JobProgress } from '../../ui/job-progress.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { useJobs } from './use-jobs.ts'

const kinds = ['tick' as const, 'quote' as const, 'book' as const]

/** Old ticks, quotes and books in files: what is there, what it takes, and the way in and out. */
export function ArchiveSection() {
  const { t } = useTranslation('settings')
  const { running, ended } = useJobs('archive')
  const asked = useRequest('archive.list', {}, ended)
  const list = answered(asked.answer)
  const [days, setDays] = useState(90)
  const [checked, setChecked] = useState<Gives<'archive.verify'> | null>(null)
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (error) {
      useStore.getState().notifyError(error)
    }
  }
  // A server's store has none
  if (list === undefined) return null
  const verify = () => attempt(async () => setChecked(await bridge().call('archive.verify', {})))
  return (
    <section aria-label={t('archive.title')}>
      <h3>{t('archive.title')}</h3>
      <p className="tw-setting-about">
        {t('archive.about')} <code>{list.folder}</code>
      </p>
      <p>
        {t('archive.space', {
          files: count(list.files.length),
          rows: count(list.rows),
          bytes: bytes(list.bytes),
          store: bytes(list.storeBytes),
        })}
      </p>
      {running === undefined ? (
        <div className="tw-settings-buttons">
          <NumberField label={t('archive.days')} value={days} min={1} max={36_500} step={1} onChange={setDays} />
          <Button
            icon={Package}
            disabled={!Number.isInteger(days) || days < 1}
            onClick={() => void attempt(() => bridge().call('archive.run', { olderThanDays: days, kinds: [...kinds] }))}
          >
            {t('archive.run')}
          </Button>
          <Checkbox
            label={t('archive.daily', { days: list.dailyOlderThan ?? days })}
            checked={list.dailyOlderThan !== null}
            onChange={(on) =>
              void attempt(async () => {
                await bridge().call('archive.daily', { olderThanDays: on ? days : null })
                asked.reload()
              })
            }
          />
          <Button icon={ShieldCheck} disabled={list.files.length === 0} onClick={() => void verify()}>
            {t('archive.verify')}
          </Button>
          <Button
            icon={PackageOpen}
            disabled={list.files.length === 0}
            onClick={() => void attempt(() => bridge().call('archive.restore', { files: [] }))}
          >
            {t('archive.restore')}
          </Button>
        </div>
      ) : (
        <JobProgress job={running} onCancel={() => void useStore.getState().cancelJob(running.id)} />
      )}
      {checked !== null && <Findings checked={checked} />}
    </section>
  )
}

function Findings({ checked }: { readonly checked: Gives<'archive.verify'> }) {
  const { t } = useTranslation('settings')
  if (checked.findings.length === 0) return <p role="status">{t('archive.sound', { files: count(checked.files) })}</p>
  return (
    <p role="alert" className="tone-error">
      {checked.findings.map(({ file, reason }) => `${file}: ${reason}`).join('; ')}
    </p>
  )
}
