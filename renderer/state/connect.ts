import i18next from 'i18next'
import type { Payload } from '../../core/contract/contract.ts'
import { bridge } from '../bridge.ts'
import { openKillSwitch } from './kill-switch.ts'
import { useStore } from './store.ts'

/** Reads the catalogue and keeps it fresh from the topics. Returns what ends it. */
export function connect(): () => void {
  const state = useStore.getState
  const report = (error: unknown) => state().notifyError(error)
  const ends = [
    bridge().subscribe('job.changed', (job) => state().putJob(job)),
    bridge().subscribe('data.changed', () => void state().refreshData().catch(report)),
    bridge().subscribe('strategy.changed', () => void state().refreshStrategies().catch(report)),
    bridge().subscribe('run.changed', ({ run, state: runState }) => {
      const gone = (selected: string | null) => (runState === 'deleted' && selected === run ? null : selected)
      useStore.setState((now) => ({
        runsVersion: now.runsVersion + 1,
        run: gone(now.run),
        compareRun: gone(now.compareRun),
      }))
    }),
    bridge().subscribe('notification.raised', raise),
    bridge().subscribe('alert.fired', ({ level, name, text }) => {
      const severity = level === 'critical' ? 'error' : level === 'debug' ? 'info' : level
      state().notify({ severity, text: i18next.t('alerts:told', { name, text }) })
    }),
    bridge().subscribe('live.killAsked', openKillSwitch),
    bridge().subscribe('service.changed', (service) => useStore.setState({ service })),
  ]
  void state().refreshCatalogue()
  return () => {
    for (const end of ends) end()
  }
}

/** A notice for the desktop: in the window, and by the system when the window is not looked at. */
function raise({ notice, count, sound }: Payload<'notification.raised'>): void {
  const title = count > 1 ? `${notice.title} ×${count}` : notice.title
  const severity = notice.level === 'critical' ? 'error' : notice.level
  useStore.getState().notify({
    severity: severity === 'debug' ? 'info' : severity,
    text: notice.text === '' ? title : `${title}\n${notice.text}`,
  })
  if (document.hasFocus() || typeof Notification === 'undefined' || Notification.permission !== 'granted') return
  new Notification(title, { body: notice.text, silent: !sound, tag: notice.id })
}
