import { useTranslation } from 'react-i18next'
import { classNames } from '../../ui/class-names.ts'
import { duration, signedMoney } from '../../ui/format.ts'
import { isReal, MoneyBadge } from '../../ui/money-badge.tsx'
import { dayProfitOf, positionsText, profitOf, toneOf } from './session-columns.ts'
import { useClock } from './session-table.tsx'
import { type LiveSession, useLive } from './use-live.ts'

/** The sessions on a narrow screen: what matters of each, large enough for a thumb. */
export function SessionCards() {
  const { t } = useTranslation('live')
  const { sessions, selected } = useLive()
  return (
    <ul className="live-cards" aria-label={t('sessions')}>
      {sessions.map((session) => (
        <li key={session.session}>
          <button
            type="button"
            aria-pressed={session.session === selected}
            onClick={() => void useLive.getState().select(session.session)}
          >
            <Card session={session} />
          </button>
        </li>
      ))}
    </ul>
  )
}

function Card({ session }: { readonly session: LiveSession }) {
  const { t } = useTranslation('live')
  const now = useClock()
  const profit = profitOf(session)
  const { heardAt, state, name } = session
  return (
    <>
      <b>
        {isReal(session) && <MoneyBadge real account={session.account} />} {name}
      </b>
      <b className={classNames(`tone-${toneOf(profit) ?? 'none'}`)}>{signedMoney(profit)}</b>
      <span>{positionsText(session, t('flat'))}</span>
      <span>
        {t('today')} {signedMoney(dayProfitOf(session))}
      </span>
      <span>{t(`state.${state}`)}</span>
      <span>{state === 'running' && heardAt !== null ? duration(Math.max(0, now - heardAt)) : ''}</span>
    </>
  )
}
