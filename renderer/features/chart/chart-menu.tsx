import { BellPlus, Lock, LockOpen, TrendingDown, TrendingUp } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { draftAlert } from '../../state/alert-draft.ts'
import { useArmed } from '../../state/armed.ts'
import { kindAt, placeOrder } from '../../state/place-order.ts'
import type { Instrument } from '../../state/types.ts'
import type { Working } from '../../state/working-orders.ts'
import { price, quantity } from '../../ui/format.ts'
import { ContextMenu, type MenuItem } from '../../ui/menu.tsx'

interface ChartMenuProps {
  readonly record: Instrument
  readonly interval: string
  readonly sessions: Working['sessions']
  /** The newest price on the chart. */
  readonly last: number
  /** Price under the pointer, on the tick; null where there is none. */
  priceAt(clientY: number): number | null
  readonly children: ReactElement
}

/** What can be done at a price of the chart: an alert, and orders once they are armed. */
export function ChartMenu({ record, interval, sessions, last, priceAt, children }: ChartMenuProps) {
  const { t } = useTranslation(['chart', 'replay'])
  const [at, setAt] = useState<number | null>(null)
  const isArmed = useArmed((state) => state.isArmed)
  const units = useArmed((state) => state.quantity) ?? Math.max(1, record.lotSize)
  const text = price(at, record.tickSize)
  const order = (session: Working['sessions'][number], side: 'buy' | 'sell'): MenuItem => {
    const kind = kindAt(side, at ?? Number.NaN, last)
    const words = `${t(`replay:${side}`)} ${quantity(units)} ${t(`replay:type.${kind}`)} ${text}`
    return {
      label: sessions.length > 1 ? `${words} · ${session.name}` : words,
      icon: side === 'buy' ? TrendingUp : TrendingDown,
      disabled: !isArmed || at === null,
      run: () => {
        if (at !== null) void placeOrder({ session: session.session, instrument: record.id, side, units, kind, at })
      },
    }
  }
  const items: MenuItem[] = [
    {
      label: t('chart:alertAt', { price: text }),
      icon: BellPlus,
      disabled: at === null,
      run: () => draftAlert(`${record.id} ${interval}: close crosses ${at}`),
    },
  ]
  if (sessions.length > 0) {
    items.push(
      'separator',
      ...sessions.flatMap((session) => [order(session, 'buy'), order(session, 'sell')]),
      'separator',
      {
        label: t(isArmed ? 'chart:disarm' : 'chart:armOrders'),
        icon: isArmed ? LockOpen : Lock,
        run: () => useArmed.setState({ isArmed: !isArmed }),
      },
    )
  }
  return (
    <ContextMenu items={items}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only notes where the press was, for the menu that follows. */}
      <div className="chart-menu" onContextMenu={(event) => setAt(priceAt(event.clientY))}>
        {children}
      </div>
    </ContextMenu>
  )
}
