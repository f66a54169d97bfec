import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { FurtherTarget, SizedFields } from '../../state/order-size.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { targetUnit } from './exit-units.ts'

const mostTargets = 4

interface FurtherTargetsProps {
  readonly fields: SizedFields
  readonly tickSize: number | undefined
  change(more: Partial<SizedFields>): void
}

/** Targets after the first, each for some of the units, and whether the stops follow to the entry price. */
export function FurtherTargets({ fields, tickSize, change }: FurtherTargetsProps) {
  const { t } = useTranslation('live')
  const { more, breakEven } = fields
  const unit = targetUnit(fields)
  const put = (at: number, target: FurtherTarget) => change({ more: more.with(at, target) })
  const add = () => change({ more: [...more, { target: Number.NaN, percent: Math.floor(100 / (more.length + 2)) }] })
  return (
    <div className="live-targets">
      {more.map((target, at) => (
        <div key={at} className="live-target">
          <NumberField
            label={t('targets.target', { number: at + 2 })}
            value={target.target}
            unit={unit}
            step={unit === undefined ? tickSize : 1}
            onChange={(typed) => put(at, { ...target, target: typed })}
          />
          <NumberField
            label={t('targets.share')}
            value={target.percent}
            unit="%"
            min={1}
            max={99}
            onChange={(percent) => put(at, { ...target, percent })}
          />
          <IconButton
            icon={X}
            label={t('targets.remove', { number: at + 2 })}
            onClick={() => change({ more: more.filter((_, place) => place !== at) })}
          />
        </div>
      ))}
      {more.length > 0 && (
        <Checkbox
          label={t('targets.breakEven')}
          checked={breakEven}
          onChange={(follows) => change({ breakEven: follows })}
        />
      )}
      {more.length + 1 < mostTargets && Number.isFinite(fields.target) && (
        <Button icon={Plus} variant="quiet" onClick={add}>
          {t('targets.add')}
        </Button>
      )}
    </div>
  )
}
