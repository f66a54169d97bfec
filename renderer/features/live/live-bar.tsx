import { OctagonX, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { openKillSwitch } from '../../state/kill-switch.ts'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { money, signedMoney } from '../../ui/format.ts'
import { isReal, MoneyBadge } from '../../ui/money-badge.tsx'
import { ServiceLoad } from './service-load.tsx'
import { dayProfitOf, profitOf, toneOf } from './session-columns.ts'
import { type LiveSession, useLive } from './use-live.ts'

/** What all running sessions are worth together, and the kill switch. */
export function LiveBar() {
  const { t } = useTranslation('live')
  const sessions = useLive((desk) => desk.sessions)
  const running = sessions.filter(({ state, status }) => state === 'running' && status !== null)
  const total = (value: (session: LiveSession) => number | null) =>
    running.length === 0 ? null : running.reduce((sum, session) => sum + (value(session) ?? 0), 0)
  const figure = (name: string, value: number | null) => (
    <span>
      {t(name)} <b className={classNames(`tone-${toneOf(value) ?? 'none'}`)}>{signedMoney(value)}</b>
    </span>
  )
  return (
    <header className="live-bar">
      {running.some(isReal) && <MoneyBadge real />}
      {!running.every(isReal) && <MoneyBadge real={false} />}
      {running.length === 0 && <MoneyBadge real={false} />}
      {figure('total', total(profitOf))}
      {figure('today', total(dayProfitOf))}
      <span>
        {t('exposure')} <b>{money(total(({ status }) => status?.exposure ?? 0))}</b>
      </span>
      <span className="live-count">{t('running', { count: running.length })}</span>
      <ServiceLoad />
      <Button icon={Plus} onClick={() => useLive.setState({ isStarting: true })}>
        {t('new')}
      </Button>
      <Button variant="danger" icon={OctagonX} disabled={running.length === 0} onClick={openKillSwitch}>
        {t('kill.open')}
      </Button>
    </header>
  )
}
