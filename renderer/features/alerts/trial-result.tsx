import { useTranslation } from 'react-i18next'
import { useStore } from '../../state/store.ts'
import { count, dateTime, zoneFor } from '../../ui/format.ts'
import { FiringTable } from './firing-table.tsx'
import type { Trial } from './use-alerts.ts'

/** How often an alert would have fired, and when. */
export function TrialResult({ trial }: { readonly trial: Trial }) {
  const { t } = useTranslation('alerts')
  const zone = zoneFor(
    useStore((state) => state.zone),
    'UTC',
  )
  const { moments, from, to, firings, untried } = trial
  const at = (time: number | null) => (time === null ? '–' : dateTime(time, zone, 'minute'))
  return (
    <section className="alerts-trial" aria-label={t('trial.title')}>
      <p role="status">
        {t('trial.count', { count: trial.count, moments: count(moments), from: at(from), to: at(to) })}
      </p>
      {untried.length > 0 && <p className="alerts-trouble">{t('trial.untried', { conditions: untried.join('; ') })}</p>}
      {firings.length > 0 && (
        <div className="alerts-trial-table">
          <FiringTable firings={firings} />
        </div>
      )}
    </section>
  )
}
