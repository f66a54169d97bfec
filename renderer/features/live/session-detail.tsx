import type { TFunction } from 'i18next'
import { FileText, Pause, Play, Square } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { barSpecMs, isCalendarSpec, isMeasureSpec, parseInterval } from '../../../core/domain/bar-spec.ts'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'
import { errorText } from '../../text/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { decimal, duration } from '../../ui/format.ts'
import { isReal, MoneyBadge } from '../../ui/money-badge.tsx'
import { Table } from '../../ui/table.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { fillColumns, isWorking, orderColumns, positionColumns } from './detail-columns.tsx'
import { EquityPlot } from './equity-plot.tsx'
import { LiveTicket } from './live-ticket.tsx'
import { LogLines } from './log-lines.tsx'
import { SessionFigures } from './session-figures.tsx'
import { useClock } from './session-table.tsx'
import { type LiveSession, useLive } from './use-live.ts'

/** The selected session: what it holds, its orders, fills and log, and the ticket to trade it by hand. */
export function SessionDetail() {
  const session = useLive(({ sessions, selected }) => sessions.find((each) => each.session === selected))
  if (session === undefined) return null
  return <Detail session={session} />
}

/** When the strategy decides next: with its next bar, as far as bars go by the clock. */
function nextText({ config }: LiveSession, now: number, t: TFunction<'live'>): string {
  const length = barLength(config.interval)
  return length === null ? '' : t('next', { in: duration(length - (now % length)) })
}

function barLength(interval: string): number | null {
  const spec = parseInterval(interval)
  return isMeasureSpec(spec) || isCalendarSpec(spec) ? null : barSpecMs(spec)
}

function Detail({ session }: { readonly session: LiveSession }) {
  const { t } = useTranslation('live')
  const now = useClock()
  const { status } = session
  const isRunning = session.state === 'running' && status !== null
  return (
    <div className="live-detail" data-real={isReal(session)}>
      <div className="live-tables">
        <header className="live-title">
          <MoneyBadge real={isReal(session)} account={session.account} />
          <b>{session.name}</b>
          <span>
            {session.config.instruments.join(', ')} · {session.config.interval} · {session.config.fillPolicy}
          </span>
          {session.error !== null && (
            <span className="live-error" role="alert">
              {errorText(session.error)}
            </span>
          )}
          {isRunning && <span title={t('nextAbout')}>{nextText(session, now, t)}</span>}
          {status?.unresolved === true && (
            <span className="live-error" role="alert">
              {t('unresolved')}
            </span>
          )}
          {status !== null && status.missingBars > 0 && <span>{t('warming', { count: status.missingBars })}</span>}
          <span className="live-buttons">
            <Button icon={FileText} onClick={() => void openReport(session.session)}>
              {t('report')}
            </Button>
            {isRunning && <SessionButtons session={session} paused={status.paused} />}
          </span>
        </header>
        <DetailTabs session={session} />
      </div>
      {status !== null && (
        <aside className="live-side">
          <SessionFigures status={status} />
          {isRunning && <LiveTicket key={session.session} session={session} />}
        </aside>
      )}
    </div>
  )
}

/** What the session has come to as a run of its own, in the Report panel. */
async function openReport(session: string): Promise<void> {
  try {
    const { run } = await bridge().call('live.save', { session, note: '' })
    useStore.getState().openRun(run)
  } catch (error) {
    useStore.getState().notifyError(error)
  }
}

function SessionButtons({ session: { session }, paused }: { readonly session: LiveSession; readonly paused: boolean }) {
  const { t } = useTranslation('live')
  const { act } = useLive.getState()
  return (
    <>
      <Button icon={paused ? Play : Pause} onClick={() => void act('live.pause', { session, paused: !paused })}>
        {t(paused ? 'resume' : 'pause')}
      </Button>
      <Button icon={Square} onClick={() => void act('live.stop', { session, flatten: false })}>
        {t('stop')}
      </Button>
      <Button icon={Square} onClick={() => void act('live.stop', { session, flatten: true })}>
        {t('stopFlat')}
      </Button>
    </>
  )
}

function DetailTabs({ session }: { readonly session: LiveSession }) {
  const { t } = useTranslation(['live', 'replay'])
  const { orders, fills, lines } = useLive()
  const instruments = useStore((state) => state.instruments)
  const zone = useStore((state) => state.zone)
  const now = useClock()
  const positions = session.status?.positions ?? none
  const context = useMemo(() => ({ instruments, zone, t }), [instruments, zone, t])
  const columns = useMemo(
    () => ({
      positions: positionColumns(positions, now, context),
      orders: orderColumns(orders, {
        ...context,
        onCancel: (order) => void useLive.getState().act('live.cancel', { session: session.session, order }),
      }),
      fills: fillColumns(fills, context),
    }),
    [positions, orders, fills, now, context, session.session],
  )
  // The strategy's next order must not push the one that a click is meant for
  const orderKey = useCallback((row: number) => orders[row]?.id ?? row, [orders])
  const recorded = Object.entries(session.status?.recorded ?? {})
  const tabs = [
    {
      id: 'positions',
      title: t('live:tab.positions'),
      badge: badge(positions.filter(({ size }) => size !== 0).length),
      content: <Table label={t('live:tab.positions')} rows={positions.length} columns={columns.positions} />,
    },
    {
      id: 'orders',
      title: t('live:tab.orders'),
      badge: badge(orders.filter(isWorking).length),
      content: <Table label={t('live:tab.orders')} rows={orders.length} columns={columns.orders} rowKey={orderKey} />,
    },
    {
      id: 'fills',
      title: t('live:tab.fills'),
      badge: badge(fills.length),
      content: <Table label={t('live:tab.fills')} rows={fills.length} columns={columns.fills} />,
    },
    { id: 'equity', title: t('live:tab.equity'), content: <EquityPlot session={session} /> },
    { id: 'log', title: t('live:tab.log'), content: <LogLines lines={lines} /> },
    {
      id: 'values',
      title: t('live:tab.values'),
      badge: badge(recorded.length),
      content: (
        <dl className="live-values">
          {recorded.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{decimal(value, 4)}</dd>
            </div>
          ))}
        </dl>
      ),
    },
  ]
  return <Tabs label={t('live:tab.label')} tabs={tabs} />
}

const none: NonNullable<LiveSession['status']>['positions'] = []

function badge(rows: number): string | undefined {
  return rows === 0 ? undefined : String(rows)
}
