import { Check } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../../state/store.ts'
import { IconButton } from '../../ui/button.tsx'
import { count, dateTime, zoneFor } from '../../ui/format.ts'
import { type Column, Table, type Tone } from '../../ui/table.tsx'
import { type Delivery, useNotifications } from './use-notifications.ts'

const tones: Readonly<Partial<Record<Delivery['state'], Tone>>> = { failed: 'error', queued: 'warn', sent: 'warn' }

/** Each message to each channel, newest first; a word typed above keeps those that have it. */
export function DeliveryLog() {
  const { t } = useTranslation('notifications')
  const zone = useStore((state) => state.zone)
  const deliveries = useNotifications((desk) => desk.deliveries)
  const [word, setWord] = useState('')
  const rows = useMemo(
    () => deliveries.filter(({ notice, channel }) => textOf(notice, channel).includes(word.toLowerCase())),
    [deliveries, word],
  )
  const columns = useMemo(() => logColumns(rows, zoneFor(zone, 'UTC'), t), [rows, zone, t])
  return (
    <div className="notices-log">
      <input
        className="tw-input"
        type="search"
        placeholder={t('log.filter')}
        aria-label={t('log.filter')}
        value={word}
        onChange={(event) => setWord(event.target.value)}
      />
      <Table label={t('log.title')} rows={rows.length} columns={columns} />
    </div>
  )
}

function textOf({ title, text, strategy, instrument }: Delivery['notice'], channel: string): string {
  return [channel, title, text, strategy, instrument].join(' ').toLowerCase()
}

function logColumns(rows: readonly Delivery[], zone: string, t: (key: string) => string): Column[] {
  const of = (row: number) => rows[row] as Delivery
  const text = (id: string, width: Column['width'], read: (one: Delivery) => string): Column => ({
    ...{ id, title: t(`log.${id}`), width, minWidth: 90 },
    text: (row) => read(of(row)),
    value: (row) => read(of(row)),
  })
  return [
    text('time', 140, ({ at }) => dateTime(at, zone, 'second')),
    text('channel', 90, ({ channel }) => channel),
    { ...text('state', 100, ({ state }) => t(`state.${state}`)), tone: (row) => tones[of(row).state] },
    text('notice', '1fr', ({ notice, count: many }) => (many > 1 ? `${notice.title} ×${count(many)}` : notice.title)),
    text('reason', '1fr', ({ reason }) => reason),
    {
      ...{ id: 'act', title: '', width: 32, align: 'center' },
      text: () => '',
      cell: (row) =>
        of(row).critical && of(row).state === 'accepted' ? (
          <IconButton
            icon={Check}
            label={t('log.acknowledge')}
            onClick={() => void useNotifications.getState().acknowledge(of(row).notice.id)}
          />
        ) : null,
    },
  ]
}
