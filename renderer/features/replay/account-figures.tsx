import { useTranslation } from 'react-i18next'
import type { Instrument } from '../../state/types.ts'
import { classNames } from '../../ui/class-names.ts'
import { missing, money, price, quantity, ratioPercent, signedMoney } from '../../ui/format.ts'
import type { ReplayState } from './types.ts'

interface AccountFiguresProps {
  readonly state: ReplayState
  readonly record: Instrument
  readonly cash: number
}

/** Position and money, as they are at the close of the current bar. */
export function AccountFigures({ state, record, cash }: AccountFiguresProps) {
  const { t } = useTranslation('replay')
  const { position, averagePrice, equity, unrealised, realised, fees } = state
  const held = position === 0 ? t('flat') : `${t(position > 0 ? 'long' : 'short')} ${quantity(Math.abs(position))}`
  return (
    <dl className="replay-figures">
      <Figure
        name={t('position')}
        text={averagePrice === null ? held : `${held} @ ${price(averagePrice, record.tickSize)}`}
        tone={position === 0 ? '' : position > 0 ? 'is-buy' : 'is-sell'}
      />
      <Figure
        name={t('equity')}
        text={`${money(equity, record.currency)}  ${ratioPercent(equity / cash - 1)}`}
        tone={toneOf(equity - cash)}
      />
      <Figure name={t('last')} text={price(state.price, record.tickSize)} />
      <Figure
        name={t('unrealised')}
        text={position === 0 ? missing : signedMoney(unrealised)}
        tone={toneOf(unrealised)}
      />
      <Figure name={t('cash')} text={money(state.cash)} />
      <Figure name={t('realised')} text={signedMoney(realised)} tone={toneOf(realised)} />
      <Figure name={t('fees')} text={money(fees)} />
    </dl>
  )
}

function Figure({ name, text, tone = '' }: { readonly name: string; readonly text: string; readonly tone?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={classNames(tone)}>{text}</dd>
    </div>
  )
}

function toneOf(value: number): string {
  if (Math.abs(value) < 0.005) return ''
  return value > 0 ? 'is-profit' : 'is-loss'
}
