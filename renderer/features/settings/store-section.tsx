import { Copy, PlugZap, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gives } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { errorText } from '../../text/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { bytes, count } from '../../ui/format.ts'
import { JobProgress } from '../../ui/job-progress.tsx'
import { addressOf, fieldsOf, type StoreFields } from './store-address.ts'
import { StoreForm } from './store-form.tsx'
import { useRestart } from './use-restart.ts'

type Store = Gives<'store.get'>

/** Where everything is stored: the one in use, and the form that tries, fills and chooses another. */
export function StoreSection() {
  const { t } = useTranslation('settings')
  const asked = useRequest('store.get', {})
  const store = answered(asked.answer)
  if (store === undefined) return null
  return (
    <section aria-label={t('store.title')}>
      <h3>{t('store.title')}</h3>
      <p>
        {t('store.inUse')} <code>{store.inUse}</code> · {t(`store.state.${store.state}`)} · {bytes(store.bytes)}
      </p>
      <Pending store={store} />
      <Chooser key={store.chosen} store={store} onChosen={asked.reload} />
    </section>
  )
}

function Pending({ store }: { readonly store: Store }) {
  const { t } = useTranslation('settings')
  const restart = useRestart()
  if (store.chosen === store.inUse) return null
  return (
    <p className="tw-settings-pending" role="status">
      {t('store.next')} <code>{store.chosen}</code>
      <Button icon={RotateCw} onClick={() => void restart()}>
        {t('restart')}
      </Button>
    </p>
  )
}

interface ChooserProps {
  readonly store: Store
  onChosen(): void
}

function Chooser({ store, onChosen }: ChooserProps) {
  const { t } = useTranslation('settings')
  const [fields, setFields] = useState<StoreFields>(() => fieldsOf(store.chosen))
  const [password, setPassword] = useState('')
  const [report, setReport] = useState<Gives<'store.test'> | null>(null)
  const [job, setJob] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const copying = useStore((state) => (job === null ? undefined : state.jobs[job]))
  const url = addressOf(fields)
  const secret = password === '' ? null : password
  const isRunning = copying?.state === 'running'

  async function attempt(work: (url: string) => Promise<unknown>) {
    if (url === null) return
    setBusy(true)
    try {
      await work(url)
    } catch (error) {
      useStore.getState().notifyError(error)
    } finally {
      setBusy(false)
    }
  }
  const test = () =>
    attempt(async (address) => {
      setReport(null)
      setReport(await bridge().call('store.test', { url: address, password: secret }))
    })
  const copy = () =>
    attempt(async (address) => {
      setJob((await bridge().call('store.copy', { url: address, password: secret })).job)
    })
  const use = () =>
    attempt(async (address) => {
      await bridge().call('store.choose', { url: address, password: secret })
      setPassword('')
      onChosen()
    })
  const cannot = url === null || isBusy || isRunning
  return (
    <form
      className="tw-settings-form"
      onSubmit={(event) => {
        event.preventDefault()
        void test()
      }}
    >
      <StoreForm
        fields={fields}
        password={password}
        hasPassword={store.hasPassword && url === store.chosen}
        onChange={(change) => {
          setFields({ ...fields, ...change })
          setReport(null)
        }}
        onPassword={setPassword}
      />
      <div className="tw-settings-buttons">
        <Button type="submit" icon={PlugZap} disabled={cannot}>
          {t('store.test')}
        </Button>
        <Button icon={Copy} disabled={cannot || url === store.inUse} onClick={() => void copy()}>
          {t('store.copy')}
        </Button>
        <Button variant="primary" disabled={cannot || url === store.chosen} onClick={() => void use()}>
          {t('store.use')}
        </Button>
      </div>
      {report !== null && <Report report={report} />}
      {isRunning && <JobProgress job={copying} onCancel={() => void useStore.getState().cancelJob(copying.id)} />}
      {copying !== undefined && !isRunning && <Copied job={copying.id} error={copying.error} />}
    </form>
  )
}

function Report({ report }: { readonly report: Gives<'store.test'> }) {
  const { t } = useTranslation('settings')
  const { version, latencyMs, encoding, contents, timescale, error } = report
  if (error !== null) {
    return (
      <p className="tone-error" role="alert">
        {errorText(error)}
      </p>
    )
  }
  const facts = [
    version,
    latencyMs === null ? null : `${latencyMs.toFixed(1)} ms`,
    encoding,
    timescale ? 'TimescaleDB' : null,
    contents === null ? null : t(`store.contents.${contents}`),
  ]
  return (
    <p role="status">
      {t('store.works')} {facts.filter((fact) => fact !== null).join(' · ')}
    </p>
  )
}

/** What a copy did, and whether everything is equal there. */
function Copied({ job, error }: { readonly job: string; readonly error: unknown }) {
  const { t } = useTranslation('settings')
  const report = answered(useRequest('store.copied', error === null ? { job } : null).answer)
  if (error !== null) {
    return (
      <p className="tone-error" role="alert">
        {errorText(error)}
      </p>
    )
  }
  if (report === undefined) return null
  const counts = t('store.copied', {
    series: count(report.series + report.market),
    bars: count(report.bars),
    rows: count(report.rows),
    runs: count(report.runs),
    kept: count(report.kept),
  })
  const isEqual = report.different.length === 0
  return (
    <p role={isEqual ? 'status' : 'alert'} className={isEqual ? '' : 'tone-error'}>
      {counts} {isEqual ? t('store.equal') : t('store.different', { names: report.different.join(', ') })}
    </p>
  )
}
