import { useTranslation } from 'react-i18next'
import { isDaily } from '../../state/intervals.ts'
import type { Instrument } from '../../state/types.ts'
import { dateTime, price, quantity } from '../../ui/format.ts'
import { orderName } from './order-list.tsx'
import type { ReplayOrder } from './types.ts'
import { useReplay } from './use-replay.ts'

/** What became of orders, newest first: fills with their price, and why others ended. */
export function EventList({ record, interval }: { readonly record: Instrument; readonly interval: string }) {
  const { t } = useTranslation('replay')
  const events = useReplay((desk) => desk.events)
  if (events.length === 0) return <p className="replay-none">{t('noEvents')}</p>
  const moment = (time: number) =>
    isDaily(interval) ? dateTime(time - 1, record.zone, 'day') : dateTime(time, record.zone, 'minute')
  return (
    <ol className="replay-events" aria-label={t('tab.events')}>
      {events.map(({ id, time, order }) => (
        <li key={id}>
          <time>{moment(time)}</time>
          <span className={order.status === 'filled' ? (order.side === 'buy' ? 'is-buy' : 'is-sell') : undefined}>
            {t(`event.${kindOf(order)}`, {
              order: id,
              what: `${t(order.side)} ${quantity(order.quantity)} ${orderName(order, t)}`,
              price: price(order.averagePrice, record.tickSize),
              why: t(`why.${order.reason === '' ? 'none' : order.reason}`),
            })}
          </span>
        </li>
      ))}
    </ol>
  )
}

function kindOf({ status }: ReplayOrder): 'filled' | 'refused' | 'ended' {
  if (status === 'filled') return 'filled'
  return status === 'rejected' || status === 'denied' ? 'refused' : 'ended'
}
