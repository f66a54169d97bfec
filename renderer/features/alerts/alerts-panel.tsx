import './alerts.css'
import { Bell, Plus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAlertDraft } from '../../state/alert-draft.ts'
import { Button } from '../../ui/button.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { AlertDialog } from './alert-dialog.tsx'
import { AlertList } from './alert-list.tsx'
import { FiringTable } from './firing-table.tsx'
import { type Alert, useAlerts, useFollowedAlerts } from './use-alerts.ts'

/** Alerts: what is waited for, what has fired. */
export function AlertsPanel() {
  const { t } = useTranslation('alerts')
  const { alerts, firings, failure, load } = useAlerts()
  const [edited, setEdited] = useState<Alert | null>(null)
  const condition = useAlertDraft((draft) => draft.condition)
  useFollowedAlerts()
  useEffect(() => {
    if (condition === null || alerts === null) return
    useAlertDraft.setState({ condition: null })
    setEdited({ ...firstAlert(alerts.map(({ id }) => id)), conditions: [condition] })
  }, [condition, alerts])
  if (failure !== null) return <Failure error={failure} onRetry={() => void load()} />
  if (alerts === null) return <Loading />
  const add = (
    <Button variant="primary" icon={Plus} onClick={() => setEdited(firstAlert(alerts.map(({ id }) => id)))}>
      {t('add')}
    </Button>
  )
  return (
    <section className="alerts" aria-label={t('title')}>
      {alerts.length === 0 && firings.length === 0 ? (
        <Empty icon={Bell} title={t('empty.title')} text={t('empty.text')}>
          {add}
        </Empty>
      ) : (
        <>
          <header>{add}</header>
          <Tabs
            label={t('title')}
            tabs={[
              {
                ...{ id: 'alerts', title: t('title'), badge: String(alerts.length) },
                content: <AlertList alerts={alerts} onEdit={setEdited} />,
              },
              {
                id: 'log',
                title: t('log.title'),
                badge: String(firings.length),
                content: <FiringTable firings={firings} />,
              },
            ]}
          />
        </>
      )}
      {edited !== null && <AlertDialog alert={edited} onClose={() => setEdited(null)} />}
    </section>
  )
}

/** A new alert under a name that is free. */
function firstAlert(taken: readonly string[]): Alert {
  let count = taken.length + 1
  while (taken.includes(`alert-${count}`)) count++
  const plain = { name: '', join: 'all', repeat: 'once', expires: null, level: 'warning', armed: true } as const
  return { id: `alert-${count}`, conditions: [], ...plain }
}
