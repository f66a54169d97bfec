import { useTranslation } from 'react-i18next'
import { type BacktestSetup, fillerDefaults } from '../../state/backtest-config.ts'
import type { BrokerSettings } from '../../state/run-types.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Select } from '../../ui/select.tsx'

interface BrokerFieldsProps {
  readonly setup: BacktestSetup
  onChange(change: Partial<BacktestSetup>): void
}

type Filler = NonNullable<BrokerSettings['filler']>

const flags = [
  'cheatOnClose',
  'cheatOnOpen',
  'resizeExits',
  'stopLimitReturn',
] as const satisfies readonly (keyof BrokerSettings)[]

/** The rarer settings of the broker, each with its sentence; what is left alone is as the profile has it. */
export function BrokerFields({ setup, onChange }: BrokerFieldsProps) {
  const { t } = useTranslation('backtest')
  const { broker, commission } = setup
  const filler = broker.filler ?? { kind: 'none' as const }
  const change = (part: Partial<BrokerSettings>) => onChange({ broker: withoutAbsent({ ...broker, ...part }) })
  return (
    <details className="backtest-broker backtest-wide">
      <summary>{t('broker.more')}</summary>
      <div className="backtest-broker-fields">
        <NumberField
          label={t('broker.leverage')}
          hint={t('broker.about.leverage')}
          value={commission.leverage ?? 1}
          min={0.01}
          step={0.5}
          onChange={(leverage) =>
            onChange({
              commission: withoutAbsent({
                ...commission,
                leverage: leverage > 0 && leverage !== 1 ? leverage : undefined,
              }),
            })
          }
        />
        <NumberField
          label={t('broker.interest')}
          hint={t('broker.about.interest')}
          unit="%"
          value={Number(((commission.interest ?? 0) * 100).toPrecision(12))}
          min={0}
          step={0.25}
          onChange={(percent) =>
            onChange({
              commission: withoutAbsent({
                ...commission,
                interest: percent > 0 ? Number((percent / 100).toPrecision(12)) : undefined,
              }),
            })
          }
        />
        <Checkbox
          label={t('broker.interestLong')}
          checked={commission.interestLong === true}
          onChange={(interestLong) =>
            onChange({ commission: withoutAbsent({ ...commission, interestLong: interestLong || undefined }) })
          }
        />
        <Select
          label={t('broker.filler')}
          hint={t(`broker.about.filler.${filler.kind}`)}
          value={filler.kind}
          options={(Object.keys(fillerDefaults) as Filler['kind'][]).map((kind) => ({
            value: kind,
            label: t(`broker.fillerKind.${kind}`),
          }))}
          onChange={(kind) => change({ filler: kind === 'none' ? undefined : fillerDefaults[kind] })}
        />
        <FillerAmount filler={filler} onChange={(next) => change({ filler: next })} />
        <NumberField
          label={t('broker.marginCall')}
          hint={t('broker.about.marginCall')}
          unit="%"
          value={(broker.marginCall?.maintenance ?? 0) * 100}
          min={0}
          max={100}
          step={5}
          onChange={(percent) => change({ marginCall: percent > 0 ? { maintenance: percent / 100 } : undefined })}
        />
        <Select
          label={t('broker.trailSource')}
          hint={t('broker.about.trailSource')}
          value={broker.trailSource ?? 'close'}
          options={(['close', 'high-low'] as const).map((value) => ({ value, label: t(`broker.trail.${value}`) }))}
          onChange={(trailSource) => change({ trailSource: trailSource === 'close' ? undefined : trailSource })}
        />
        <Select
          label={t('broker.ocoOn')}
          hint={t('broker.about.ocoOn')}
          value={broker.ocoOn ?? 'execution'}
          options={(['execution', 'completion'] as const).map((value) => ({ value, label: t(`broker.oco.${value}`) }))}
          onChange={(ocoOn) => change({ ocoOn: ocoOn === 'execution' ? undefined : ocoOn })}
        />
        <NumberField
          label={t('broker.delayBars')}
          hint={t('broker.about.delayBars')}
          value={broker.delayBars ?? 0}
          min={0}
          max={1000}
          integer
          onChange={(delayBars) => change({ delayBars: delayBars > 0 ? delayBars : undefined })}
        />
        <Select
          label={t('broker.futures')}
          hint={t('broker.about.futures')}
          value={broker.futures ?? 'contract'}
          options={(['contract', 'series'] as const).map((value) => ({ value, label: t(`broker.trades.${value}`) }))}
          onChange={(futures) => change({ futures: futures === 'contract' ? undefined : futures })}
        />
        {flags.map((flag) => (
          <div key={flag} className="tw-field">
            <Checkbox
              label={t(`broker.${flag}`)}
              checked={broker[flag] === true}
              onChange={(on) => change({ [flag]: on || undefined })}
            />
            <p className="backtest-flag-note">{t(`broker.about.${flag}`)}</p>
          </div>
        ))}
      </div>
    </details>
  )
}

function FillerAmount({ filler, onChange }: { readonly filler: Filler; onChange(filler: Filler): void }) {
  const { t } = useTranslation('backtest')
  if (filler.kind === 'none') return null
  if (filler.kind === 'fixed-size') {
    return (
      <NumberField
        label={t('broker.fillerSize')}
        value={filler.size ?? Number.NaN}
        min={0}
        step={10}
        onChange={(size) => onChange({ kind: 'fixed-size', size: size > 0 ? size : null })}
      />
    )
  }
  return (
    <NumberField
      label={t('broker.fillerPercent')}
      unit="%"
      value={filler.percent}
      min={0}
      max={100}
      step={1}
      onChange={(percent) => percent > 0 && onChange({ ...filler, percent })}
    />
  )
}

/** Without the keys that say nothing. */
function withoutAbsent<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Value
}
