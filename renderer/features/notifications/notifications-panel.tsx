import './notifications.css'
import { BellRing, Plus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { ChannelDialog } from './channel-dialog.tsx'
import { ChannelList } from './channel-list.tsx'
import { DeliveryLog } from './delivery-log.tsx'
import { type Channel, followDeliveries, useNotifications } from './use-notifications.ts'

/** Who is told of what, and whether it arrived. */
export function NotificationsPanel() {
  const { t } = useTranslation('notifications')
  const { rules, failure, load, deliveries } = useNotifications()
  const [edited, setEdited] = useState<Channel | 'new' | null>(null)
  useEffect(() => {
    void load()
    return followDeliveries()
  }, [load])
  if (failure !== null) return <Failure error={failure} onRetry={() => void load()} />
  if (rules === null) return <Loading />
  const add = (
    <Button variant="primary" icon={Plus} onClick={() => setEdited('new')}>
      {t('add')}
    </Button>
  )
  return (
    <section className="notices" aria-label={t('title')}>
      {rules.channels.length === 0 ? (
        <Empty icon={BellRing} title={t('empty.title')} text={t('empty.text')}>
          {add}
        </Empty>
      ) : (
        <>
          <header>{add}</header>
          <ChannelList onEdit={setEdited} />
        </>
      )}
      {deliveries.length > 0 && <DeliveryLog />}
      {edited !== null && <ChannelDialog channel={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </section>
  )
}
