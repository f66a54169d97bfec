import { CircleAlert, Contrast, Cpu, Database, Languages } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { runCommand } from '../state/commands.ts'
import { isDaily, lastMoment, seriesOf } from '../state/intervals.ts'
import { useInstrument, useStore } from '../state/store.ts'
import { errorText } from '../text/error-text.ts'
import { bytes, dateTime, zoneFor } from '../ui/format.ts'
import { JobProgress } from '../ui/job-progress.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { drawnTheme } from './appearance.ts'

/** The lower edge: engine, store, work under way, age of the data, language and theme. */
export function StatusBar() {
  return (
    <footer className="tw-status">
      <EngineState />
      <StoreState />
      <RunningJobs />
      <span className="tw-status-gap" />
      <LastNotice />
      <Freshness />
      <QuickSwitches />
    </footer>
  )
}

const engineWork: ReadonlySet<string> = new Set(['backtest', 'verify'])

/** Workers at work: what the service last said, or the runs under way when they began after it said so. */
export function busyWorkers(
  jobs: readonly { readonly kind: string; readonly state: string }[],
  said: number,
  workers: number,
): number {
  const running = jobs.filter(({ kind, state }) => state === 'running' && engineWork.has(kind)).length
  return Math.max(said, Math.min(running, Math.max(1, workers)))
}

function EngineState() {
  const { t } = useTranslation('app')
  const info = useStore((state) => state.info)
  const service = useStore((state) => state.service)
  const workers = service?.engineWorkers ?? info?.engineWorkers ?? 0
  const jobs = useStore((state) => state.jobs)
  const busy = busyWorkers(Object.values(jobs), service?.busyWorkers ?? 0, workers)
  const state =
    info === null
      ? t('status.engineUnknown')
      : busy > 0
        ? t('status.engineBusy', { busy, workers })
        : t('status.engineIdle')
  const about = info === null ? '' : t('status.engineAbout', { version: info.version, runtime: info.runtime, workers })
  return (
    <Tooltip text={about} side="top">
      <span className="tw-status-item" data-state={busy > 0 ? 'busy' : 'idle'}>
        <Cpu size={12} aria-hidden="true" />
        {state}
      </span>
    </Tooltip>
  )
}

function StoreState() {
  const { t } = useTranslation('app')
  const info = useStore((state) => state.info)
  const service = useStore((state) => state.service)
  const state = service?.store ?? info?.store
  if (state === undefined) return null
  const failure = service?.error === null || service?.error === undefined ? '' : errorText(service.error)
  const place = info === null ? '' : t('status.storeAbout', { home: info.home, size: bytes(info.storeBytes) })
  return (
    <Tooltip text={failure === '' ? place : `${failure}\n${place}`} side="top">
      <span className="tw-status-item" data-state={state}>
        {state === 'ready' ? <Database size={12} aria-hidden="true" /> : <CircleAlert size={12} aria-hidden="true" />}
        {t(`status.store.${state}`)}
      </span>
    </Tooltip>
  )
}

function RunningJobs() {
  const { t } = useTranslation('app')
  const jobs = useStore((state) => state.jobs)
  const running = Object.values(jobs).filter((job) => job.state === 'running')
  const first = running[0]
  if (first === undefined) return null
  return (
    <div className="tw-status-item tw-status-job">
      <JobProgress
        job={first}
        onCancel={() => void useStore.getState().cancelJob(first.id)}
        onPause={(paused) => void useStore.getState().pauseJob(first.id, paused)}
      />
      {running.length > 1 && (
        <button type="button" className="tw-status-button" onClick={() => runCommand('go.jobs')}>
          {t('status.moreJobs', { count: running.length - 1 })}
        </button>
      )}
    </div>
  )
}

function LastNotice() {
  const notices = useStore((state) => state.notices)
  const last = notices.at(-1)
  if (last === undefined || last.severity === 'info') return null
  return <span className={`tw-status-item tw-status-notice is-${last.severity}`}>{last.text}</span>
}

function Freshness() {
  const { t } = useTranslation('app')
  const selected = useStore((state) => state.instrument)
  const coverage = useStore((state) => state.coverage)
  const preference = useStore((state) => state.zone)
  const record = useInstrument(selected)
  const series = selected === null ? undefined : seriesOf(coverage, selected)[0]
  if (record === undefined || series === undefined) return null
  const zone = zoneFor(preference, record.zone)
  return (
    <Tooltip text={t('status.dataAbout', { source: series.source, zone })} side="top">
      <span className="tw-status-item">
        {record.simulated && <span className="tw-badge is-sim">SIM</span>}
        {t('status.dataUntil', {
          instrument: record.id,
          time: dateTime(lastMoment(series), zone, isDaily(series.interval) ? 'day' : 'minute'),
        })}
      </span>
    </Tooltip>
  )
}

function QuickSwitches() {
  const { t } = useTranslation('app')
  const language = useStore((state) => state.language)
  const theme = useStore((state) => state.theme)
  const setPreference = useStore((state) => state.setPreference)
  const next = drawnTheme(theme) === 'dark' ? 'light' : 'dark'
  return (
    <>
      <Tooltip text={t('status.switchLanguage')} side="top">
        <button
          type="button"
          className="tw-status-button"
          onClick={() => setPreference({ language: language === 'en' ? 'zh' : 'en' })}
        >
          <Languages size={12} aria-hidden="true" />
          {language === 'en' ? 'EN' : '中文'}
        </button>
      </Tooltip>
      <Tooltip text={t(`status.switchTo.${next}`)} side="top">
        <button
          type="button"
          className="tw-status-button"
          aria-label={t(`status.switchTo.${next}`)}
          onClick={() => setPreference({ theme: next })}
        >
          <Contrast size={12} aria-hidden="true" />
        </button>
      </Tooltip>
    </>
  )
}
