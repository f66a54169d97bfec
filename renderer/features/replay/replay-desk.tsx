import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CandleChart } from '../../chart/candle-chart.ts'
import { useStore } from '../../state/store.ts'
import { errorText } from '../../text/error-text.ts'
import { Tabs } from '../../ui/tabs.tsx'
import { AccountFigures } from './account-figures.tsx'
import { EventList } from './event-list.tsx'
import { handleReplayKey, isDone } from './handle-key.ts'
import { OrderList } from './order-list.tsx'
import { OrderTicket, type TicketHandle } from './order-ticket.tsx'
import { ReplayChart } from './replay-chart.tsx'
import { ReplayKeys } from './replay-keys.tsx'
import { TradeList } from './trade-list.tsx'
import { Transport } from './transport.tsx'
import { useReplay } from './use-replay.ts'

/** An open replay: chart, transport, account, ticket, and what came of it. Driven by keys wherever the focus is in it. */
export function ReplayDesk() {
  const { t } = useTranslation('replay')
  const { state, config, events, trades, failure, opening } = useReplay()
  const record = useStore((store) => store.instruments.find(({ id }) => id === config?.instrument))
  const chart = useRef<CandleChart | null>(null)
  const ticket = useRef<TicketHandle>(null)
  const desk = useRef<HTMLElement>(null)
  // Keys work at once; a control that has the focus elsewhere keeps it
  useEffect(() => {
    if (document.activeElement === document.body) desk.current?.focus()
  }, [])
  if (state === null || config === null || record === undefined) return null
  const tabs = [
    { id: 'orders', title: t('tab.orders'), badge: badge(state.orders.length), content: <OrderList record={record} /> },
    {
      id: 'trades',
      title: t('tab.trades'),
      badge: badge(state.counts.trades),
      content: <TradeList record={record} interval={config.interval} trades={trades} />,
    },
    {
      id: 'events',
      title: t('tab.events'),
      badge: badge(events.length),
      content: <EventList record={record} interval={config.interval} />,
    },
    { id: 'keys', title: t('tab.keys'), content: <ReplayKeys /> },
  ]
  return (
    <section
      ref={desk}
      className="replay"
      role="application"
      aria-label={t('label', { instrument: config.instrument })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a replay is driven by keys.
      tabIndex={0}
      onKeyDown={(event) => {
        if (isDone(event)) desk.current?.focus()
        const taken = handleReplayKey(event, {
          send: (side) => ticket.current?.send(side),
          focusQuantity: () => ticket.current?.focus(),
          zoom: (factor) => chart.current?.zoom(factor),
          goToEnd: () => chart.current?.goToEnd(),
        })
        if (!taken) return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <Transport record={record} config={config} state={state} />
      <div className="replay-body">
        <ReplayChart key={opening} ref={chart} record={record} interval={config.interval} />
        <aside className="replay-side">
          <AccountFigures state={state} record={record} cash={config.cash} />
          <OrderTicket ref={ticket} record={record} state={state} />
          {failure !== null && (
            <p className="replay-failure" role="alert">
              {errorText(failure)}
            </p>
          )}
          <div className="replay-tabs">
            <Tabs label={t('tab.label')} tabs={tabs} />
          </div>
        </aside>
      </div>
    </section>
  )
}

function badge(rows: number): string | undefined {
  return rows === 0 ? undefined : String(rows)
}
