import { Pencil, Send, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Select } from '../../ui/select.tsx'
import { type Channel, type Level, levelOf, type Rules, useNotifications, withLevel } from './use-notifications.ts'

const levels = ['debug', 'info', 'warning', 'error', 'critical'] as const

/** Every channel: on or off, what it is sent, a message to try it. */
export function ChannelList({ onEdit }: { onEdit(channel: Channel): void }) {
  const { t } = useTranslation('notifications')
  const rules = useNotifications((desk) => desk.rules)
  if (rules === null) return null
  return (
    <ul className="notices-channels" aria-label={t('channels')}>
      {rules.channels.map((channel) => (
        <ChannelRow key={channel.id} channel={channel} rules={rules} onEdit={onEdit} />
      ))}
    </ul>
  )
}

interface ChannelRowProps {
  readonly channel: Channel
  readonly rules: Rules
  onEdit(channel: Channel): void
}

function ChannelRow({ channel, rules, onEdit }: ChannelRowProps) {
  const { t } = useTranslation('notifications')
  const { configure, test } = useNotifications.getState()
  const [answer, setAnswer] = useState<{ readonly reason: string | null } | null>(null)
  const put = (change: Partial<Channel>) => {
    const channels = rules.channels.map((each) => (each.id === channel.id ? { ...each, ...change } : each))
    void configure({ ...rules, channels })
  }
  const remove = () => {
    const without = withLevel(rules, channel.id, null)
    void configure({ ...without, channels: rules.channels.filter(({ id }) => id !== channel.id) })
  }
  const choices = [
    { value: 'none', label: t('level.none') },
    ...levels.map((value) => ({ value, label: t(`level.${value}`) })),
  ]
  return (
    <li>
      <Checkbox label={channel.id} checked={channel.enabled} onChange={(enabled) => put({ enabled })} />
      <span className="notices-kind">{t(`kind.${channel.kind}`)}</span>
      <Select
        bare
        label={t('levelOf', { channel: channel.id })}
        value={levelOf(rules, channel.id) ?? 'none'}
        options={choices}
        onChange={(level) => void configure(withLevel(rules, channel.id, level === 'none' ? null : (level as Level)))}
      />
      <Button icon={Send} onClick={() => void test(channel.id).then((reason) => setAnswer({ reason }))}>
        {t('test')}
      </Button>
      <IconButton icon={Pencil} label={t('edit', { channel: channel.id })} onClick={() => onEdit(channel)} />
      <IconButton icon={Trash2} label={t('remove', { channel: channel.id })} onClick={remove} />
      {answer !== null && answer.reason !== '' && (
        <span className={classNames('notices-answer', answer.reason !== null && 'is-error')} role="status">
          {answer.reason ?? t('accepted')}
        </span>
      )}
    </li>
  )
}
