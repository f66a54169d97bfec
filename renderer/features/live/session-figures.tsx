import { useTranslation } from 'react-i18next'
import { classNames } from '../../ui/class-names.ts'
import { money, percent, signedMoney } from '../../ui/format.ts'
import { toneOf } from './session-columns.ts'
import type { LiveSession } from './use-live.ts'

/** Money of the session: what there is, what was won, what it cost. */
export function SessionFigures({ status }: { readonly status: NonNullable<LiveSession['status']> }) {
  const { t } = useTranslation('live')
  const { equity, cash, unrealised, realised, fees, exposure, drawdown, dayEquity } = status
  const won = (name: string, value: number) => (
    <Figure name={t(name)} text={signedMoney(value)} tone={`tone-${toneOf(value) ?? 'none'}`} />
  )
  return (
    <dl className="live-figures">
      <Figure name={t('column.equity')} text={money(equity)} />
      {won('today', equity - dayEquity)}
      {won('column.unrealised', unrealised)}
      {won('column.realised', realised)}
      <Figure name={t('cash')} text={money(cash)} />
      <Figure name={t('column.fee')} text={money(fees)} />
      <Figure name={t('exposure')} text={money(exposure)} />
      <Figure name={t('column.drawdown')} text={percent(drawdown, 2)} />
    </dl>
  )
}

function Figure({ name, text, tone }: { readonly name: string; readonly text: string; readonly tone?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={classNames(tone)}>{text}</dd>
    </div>
  )
}
