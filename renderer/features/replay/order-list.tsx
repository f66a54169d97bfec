import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instrument } from '../../state/types.ts'
import { IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { price, quantity } from '../../ui/format.ts'
import { parseNumber } from '../../ui/number-field.tsx'
import type { ReplayOrder } from './types.ts'
import { useReplay } from './use-replay.ts'

const none: readonly ReplayOrder[] = []

/** Working orders: each can be moved by typing another price, and taken back. */
export function OrderList({ record }: { readonly record: Instrument }) {
  const { t } = useTranslation('replay')
  const orders = useReplay((desk) => desk.state?.orders ?? none)
  if (orders.length === 0) return <p className="replay-none">{t('noOrders')}</p>
  return (
    <ul className="replay-orders" aria-label={t('tab.orders')}>
      {orders.map((order) => (
        <li key={order.id} className={classNames(order.sleeps && 'is-asleep')}>
          <span className={order.side === 'buy' ? 'is-buy' : 'is-sell'}>
            {t(order.side)} {quantity(order.quantity - order.filled)}
          </span>
          <span>{orderName(order, t)}</span>
          {order.price === null ? <span /> : <PriceField order={order} record={record} />}
          <IconButton
            icon={X}
            label={t('cancelOrder', { order: order.id })}
            onClick={() => void useReplay.getState().cancel(order.id)}
          />
        </li>
      ))}
    </ul>
  )
}

/** What an order is: what it is for, else how it executes. */
export function orderName({ reason, type }: ReplayOrder, t: (key: string) => string): string {
  return t(['target', 'stop', 'exit'].includes(reason) ? `purpose.${reason}` : `type.${type}`)
}

/** The price at which an order waits: Enter moves it there, Escape takes the typed text back, arrows step by a tick. */
function PriceField({ order, record }: { readonly order: ReplayOrder; readonly record: Instrument }) {
  const { t } = useTranslation('replay')
  const [typed, setTyped] = useState<string | null>(null)
  // A trailing stop moves by itself, between the ticks
  const shown = price(order.price, record.tickSize).replaceAll(',', '')
  const wanted = parseNumber(typed ?? shown)
  const move = (to: number) => {
    setTyped(null)
    if (Number.isFinite(to) && to !== order.price) void useReplay.getState().move(order.id, to)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    move(wanted)
  }
  return (
    <form onSubmit={submit}>
      <input
        className="tw-input"
        inputMode="decimal"
        aria-label={t('moveOrder', { order: order.id })}
        value={typed ?? shown}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => setTyped(null)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped(null)
          const way = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0
          if (way === 0) return
          event.preventDefault()
          move(Number((wanted + way * record.tickSize * (event.shiftKey ? 10 : 1)).toFixed(10)))
        }}
      />
    </form>
  )
}
