import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { type Channel, type Kind, useNotifications, withLevel } from './use-notifications.ts'

interface ChannelDialogProps {
  /** Null: a new one. */
  readonly channel: Channel | null
  onClose(): void
}

/** Settings of a channel as fields; secrets go into the vault and are never shown again. */
export function ChannelDialog({ channel, onClose }: ChannelDialogProps) {
  const { t } = useTranslation(['notifications', 'ui'])
  const { kinds, rules, secrets, configure, keepSecrets } = useNotifications()
  const [draft, setDraft] = useState<Channel>(channel ?? firstChannel(kinds))
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const kind = kinds.find((each) => each.kind === draft.kind)
  const change = (more: Partial<Channel>) => setDraft({ ...draft, ...more })
  const isTaken = channel === null && rules?.channels.some(({ id }) => id === draft.id) === true
  async function save() {
    if (rules === null) return
    const settings = Object.fromEntries(Object.entries(draft.settings).filter(([, value]) => value !== ''))
    const others = rules.channels.filter(({ id }) => id !== draft.id)
    const changed = { ...rules, channels: [...others, { ...draft, settings }] }
    const whole = channel === null ? withLevel(changed, draft.id, 'info') : changed
    if ((await configure(whole)) && (await keepSecrets(draft.id, typed))) onClose()
  }
  const footer = (
    <>
      <Button onClick={onClose}>{t('ui:cancel')}</Button>
      <Button variant="primary" disabled={!/^[\w.-]{1,32}$/.test(draft.id) || isTaken} onClick={() => void save()}>
        {t('notifications:save')}
      </Button>
    </>
  )
  return (
    <Dialog
      open
      title={t(channel === null ? 'notifications:add' : 'notifications:change')}
      onClose={onClose}
      footer={footer}
    >
      <div className="notices-form">
        <Select
          label={t('notifications:kindOf')}
          value={draft.kind}
          disabled={channel !== null}
          options={kinds.map((each) => ({ value: each.kind, label: t(`notifications:kind.${each.kind}`) }))}
          onChange={(next) => change({ kind: next, settings: {} })}
        />
        <Field
          label={t('notifications:id')}
          value={draft.id}
          disabled={channel !== null}
          error={isTaken ? t('notifications:taken') : undefined}
          onChange={(id) => change({ id })}
        />
        {kind?.settings.map((name) => (
          <Field
            key={name}
            label={labelOf(name, t)}
            value={draft.settings[plain(name)] ?? ''}
            onChange={(value) => change({ settings: { ...draft.settings, [plain(name)]: value } })}
          />
        ))}
        {kind?.secrets.map((name) => (
          <Field
            key={`secret ${name}`}
            type="password"
            label={labelOf(name, t)}
            value={typed[plain(name)] ?? ''}
            hint={secrets[draft.id]?.includes(plain(name)) === true ? t('notifications:kept') : undefined}
            onChange={(value) => setTyped({ ...typed, [plain(name)]: value })}
          />
        ))}
        <Select
          label={t('notifications:language')}
          value={draft.language}
          options={[
            { value: 'en', label: 'English' },
            { value: 'zh', label: '中文' },
          ]}
          onChange={(language) => change({ language })}
        />
      </div>
    </Dialog>
  )
}

function firstChannel(kinds: readonly Kind[]): Channel {
  const kind = kinds[0]?.kind ?? 'email'
  return { id: '', kind, enabled: true, language: 'en', settings: {}, template: '' }
}

function plain(name: string): string {
  return name.replace('?', '')
}

function labelOf(name: string, t: (key: string) => string): string {
  const label = t(`notifications:field.${plain(name)}`)
  return name.endsWith('?') ? `${label} (${t('notifications:optional')})` : label
}
