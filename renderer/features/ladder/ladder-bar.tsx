import { Lock, LockOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useArmed } from '../../state/armed.ts'
import { liveAct } from '../../state/live-act.ts'
import type { Instrument } from '../../state/types.ts'
import type { Working } from '../../state/working-orders.ts'
import { Button } from '../../ui/button.tsx'
import { quantity } from '../../ui/format.ts'
import { NumberField } from '../../ui/number-field.tsx'
import { Select } from '../../ui/select.tsx'
import { cancelOrders, changeLadder, type LadderFields, rowWidths, useLadder } from './use-ladder.ts'

/** Sizes that one press chooses, in lots. */
const presets = [1, 5, 10, 50, 100] as const

interface LadderBarProps {
  readonly record: Instrument
  readonly units: number
  readonly session: string
  readonly sessions: Working['sessions']
  readonly orders: Working['orders']
  market(side: 'buy' | 'sell'): void
}

/** Arming, size, exits and what is done to all orders of the ladder. */
export function LadderBar({ record, units, session, sessions, orders, market }: LadderBarProps) {
  const { t } = useTranslation('ladder')
  const isArmed = useArmed((state) => state.isArmed)
  const { step, target, stop } = useLadder(record.id)
  const lot = record.lotSize > 0 ? record.lotSize : 1
  const change = (more: Partial<LadderFields>) => changeLadder(record.id, more)
  const ofSide = (side: 'buy' | 'sell') => orders.filter((order) => order.side === side)
  return (
    <div className="ladder-bar">
      {sessions.length > 1 && (
        <Select
          label={t('session')}
          value={session}
          options={sessions.map((each) => ({ value: each.session, label: `${each.name} · ${each.account}` }))}
          onChange={(chosen) => change({ session: chosen })}
        />
      )}
      <fieldset className="ladder-fields">
        <NumberField
          label={t('quantity')}
          value={units}
          min={lot}
          step={lot}
          onChange={(typed) => change({ quantity: typed })}
        />
        <NumberField
          label={t('targetTicks')}
          value={target}
          min={0}
          integer
          onChange={(typed) => change({ target: typed })}
        />
        <NumberField
          label={t('stopTicks')}
          value={stop}
          min={0}
          integer
          onChange={(typed) => change({ stop: typed })}
        />
        <Select
          label={t('step')}
          value={String(step)}
          options={rowWidths.map((count) => ({ value: String(count), label: t('ticks', { count }) }))}
          onChange={(chosen) => change({ step: Number(chosen) })}
        />
      </fieldset>
      <fieldset className="ladder-presets" aria-label={t('quantities')}>
        {presets.map((lots) => (
          <button
            key={lots}
            type="button"
            className="tw-button"
            aria-pressed={units === lots * lot}
            onClick={() => change({ quantity: Number((lots * lot).toPrecision(12)) })}
          >
            {quantity(lots * lot)}
          </button>
        ))}
      </fieldset>
      <div className="ladder-acts">
        <Button
          className="ladder-arm"
          variant={isArmed ? 'danger' : 'plain'}
          icon={isArmed ? LockOpen : Lock}
          aria-pressed={isArmed}
          onClick={() => useArmed.setState({ isArmed: !isArmed })}
        >
          {t(isArmed ? 'armed' : 'arm')}
        </Button>
        <button type="button" className="tw-button ladder-buy" disabled={!isArmed} onClick={() => market('buy')}>
          {t('buyMarket')}
        </button>
        <button type="button" className="tw-button ladder-sell" disabled={!isArmed} onClick={() => market('sell')}>
          {t('sellMarket')}
        </button>
        <Button disabled={ofSide('buy').length === 0} onClick={() => cancelOrders(ofSide('buy'))}>
          {t('cancelBuys')}
        </Button>
        <Button disabled={ofSide('sell').length === 0} onClick={() => cancelOrders(ofSide('sell'))}>
          {t('cancelSells')}
        </Button>
        <Button onClick={() => void liveAct('live.flatten', { session })}>{t('flatten')}</Button>
      </div>
    </div>
  )
}
