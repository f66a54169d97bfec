import { Pencil, RotateCcw, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../../state/store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { classNames } from '../../ui/class-names.ts'
import { dateTime, zoneFor } from '../../ui/format.ts'
import { type Alert, definitionOf, type StoredAlert, useAlerts } from './use-alerts.ts'

/** Every alert: armed or off, what it waits for, when it last fired. */
export function AlertList({ alerts, onEdit }: { readonly alerts: readonly StoredAlert[]; onEdit(alert: Alert): void }) {
  const { t } = useTranslation('alerts')
  return (
    <ul className="alerts-list" aria-label={t('title')}>
      {alerts.map((alert) => (
        <AlertRow key={alert.id} alert={alert} onEdit={onEdit} />
      ))}
    </ul>
  )
}

function AlertRow({ alert, onEdit }: { readonly alert: StoredAlert; onEdit(alert: Alert): void }) {
  const { t } = useTranslation('alerts')
  const zone = useStore((state) => state.zone)
  const { arm, remove } = useAlerts.getState()
  const { id, name, state, conditions, join, repeat, fired, firedAt, trouble } = alert
  const title = name === '' ? id : name
  return (
    <li>
      <Checkbox label={title} checked={state !== 'off'} onChange={(armed) => void arm(id, armed)} />
      <span className={classNames('alerts-state', `is-${state}`)}>{t(`state.${state}`)}</span>
      <span className="alerts-conditions">
        {conditions.map((condition, index) => (
          <code key={condition}>
            {index > 0 && <em>{t(`join.${join}`)} </em>}
            {condition}
          </code>
        ))}
        {trouble !== null && <span className="alerts-trouble">{trouble}</span>}
      </span>
      <span className="alerts-fired">
        {fired === 0
          ? t(`repeat.${repeat}`)
          : t('fired', { count: fired, at: dateTime(firedAt ?? 0, zoneFor(zone, 'UTC'), 'second') })}
      </span>
      {state === 'fired' ? (
        <IconButton icon={RotateCcw} label={t('again', { alert: title })} onClick={() => void arm(id, true)} />
      ) : (
        <span />
      )}
      <IconButton icon={Pencil} label={t('edit', { alert: title })} onClick={() => onEdit(definitionOf(alert))} />
      <IconButton icon={Trash2} label={t('remove', { alert: title })} onClick={() => void remove(id)} />
    </li>
  )
}
