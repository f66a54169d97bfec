import { History } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bridge } from '../../bridge.ts'
import { errorText } from '../../text/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { ConditionBuilder } from './condition-builder.tsx'
import { ConditionLines } from './condition-lines.tsx'
import { TrialResult } from './trial-result.tsx'
import { type Alert, type Trial, useAlerts } from './use-alerts.ts'

const levels = ['debug', 'info', 'warning', 'error', 'critical'] as const
const repeats = ['once', 'per-bar', 'per-minute'] as const

/** Builds an alert; before it is armed it can be tried on the stored past. */
export function AlertDialog({ alert, onClose }: { readonly alert: Alert; onClose(): void }) {
  const { t } = useTranslation(['alerts', 'ui'])
  const [draft, setDraft] = useState(alert)
  const [trial, setTrial] = useState<Trial | null>(null)
  const [failure, setFailure] = useState('')
  const change = (more: Partial<Alert>) => {
    setDraft({ ...draft, ...more })
    setTrial(null)
    setFailure('')
  }
  const tryIt = async () => {
    try {
      setTrial(await bridge().call('alert.try', { alert: draft, from: null, to: null }))
      setFailure('')
    } catch (error) {
      setFailure(errorText(error))
    }
  }
  const save = async () => {
    if (await useAlerts.getState().put({ ...draft, armed: true })) onClose()
  }
  const isEmpty = draft.conditions.length === 0
  const footer = (
    <>
      <Button icon={History} disabled={isEmpty} onClick={() => void tryIt()}>
        {t('alerts:try')}
      </Button>
      <Button onClick={onClose}>{t('ui:cancel')}</Button>
      <Button variant="primary" disabled={isEmpty} onClick={() => void save()}>
        {t('alerts:arm')}
      </Button>
    </>
  )
  return (
    <Dialog open size="large" title={t('alerts:dialog')} onClose={onClose} footer={footer}>
      <div className="alerts-form">
        <Field
          label={t('alerts:name')}
          value={draft.name}
          placeholder={draft.id}
          onChange={(name) => change({ name })}
        />
        <Select
          label={t('alerts:repeatLabel')}
          value={draft.repeat}
          options={repeats.map((value) => ({ value, label: t(`alerts:repeat.${value}`) }))}
          onChange={(repeat) => change({ repeat })}
        />
        <Select
          label={t('alerts:level')}
          value={draft.level}
          options={levels.map((value) => ({ value, label: t(`alerts:levels.${value}`) }))}
          onChange={(level) => change({ level })}
        />
        <Field
          type="date"
          label={t('alerts:expires')}
          value={draft.expires === null ? '' : new Date(draft.expires).toISOString().slice(0, 10)}
          onChange={(day) => change({ expires: day === '' ? null : Date.parse(day) })}
        />
      </div>
      {draft.conditions.length > 1 && (
        <Segmented
          label={t('alerts:joinLabel')}
          value={draft.join}
          options={(['all', 'any'] as const).map((value) => ({ value, label: t(`alerts:joined.${value}`) }))}
          onChange={(join) => change({ join })}
        />
      )}
      <ConditionLines conditions={draft.conditions} onChange={(conditions) => change({ conditions })} />
      {draft.conditions.length < 8 && (
        <ConditionBuilder onAdd={(condition) => change({ conditions: [...draft.conditions, condition] })} />
      )}
      {failure !== '' && (
        <p className="alerts-trouble" role="alert">
          {failure}
        </p>
      )}
      {trial !== null && <TrialResult trial={trial} />}
    </Dialog>
  )
}
