import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readHours } from '../../../core/domain/run-notation.ts'
import { type BacktestSetup, sizerDefaults } from '../../state/backtest-config.ts'
import { listedSettings } from '../../state/broker-lines.ts'
import type { BrokerSettings } from '../../state/run-types.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Field } from '../../ui/field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Select } from '../../ui/select.tsx'
import { LinesField } from './lines-field.tsx'

interface AccountFieldsProps {
  readonly setup: BacktestSetup
  onChange(change: Partial<BacktestSetup>): void
}

/** Settings that are on unless they are switched off. */
const usual = ['checkSubmit', 'shortCash', 'interestInResult'] as const satisfies readonly (keyof BrokerSettings)[]

/** How much is traded, when, on which account: sizer, session, fund, money in and out, fills from elsewhere. */
export function AccountFields({ setup, onChange }: AccountFieldsProps) {
  const { t } = useTranslation('backtest')
  const { broker } = setup
  const change = (part: Partial<BrokerSettings>) => onChange({ broker: withoutAbsent({ ...broker, ...part }) })
  return (
    <details className="backtest-broker backtest-wide">
      <summary>{t('account.more')}</summary>
      <div className="backtest-broker-fields">
        <SizerFields setup={setup} onChange={onChange} />
        <HoursField setup={setup} onChange={onChange} />
        <NumberField
          label={t('account.fund')}
          hint={t('account.about.fund')}
          value={broker.fund?.start ?? Number.NaN}
          min={0}
          step={10}
          onChange={(start) => change({ fund: start > 0 ? { ...broker.fund, start } : undefined })}
        />
        {usual.map((name) => (
          <div key={name} className="tw-field">
            <Checkbox
              label={t(`account.${name}`)}
              checked={broker[name] !== false}
              onChange={(on) => change({ [name]: on ? undefined : false })}
            />
            <p className="backtest-flag-note">{t(`account.about.${name}`)}</p>
          </div>
        ))}
        {listedSettings.map((setting) => (
          <LinesField
            key={setting}
            setting={setting}
            value={setup.lists[setting]}
            onChange={(text) => onChange({ lists: { ...setup.lists, [setting]: text } })}
          />
        ))}
      </div>
    </details>
  )
}

function SizerFields({ setup: { sizer }, onChange }: AccountFieldsProps) {
  const { t } = useTranslation('backtest')
  const kind = sizer?.kind ?? 'one'
  return (
    <>
      <Select
        label={t('account.sizer')}
        hint={t(`account.about.sizer.${kind}`)}
        value={kind}
        options={(['one', 'fixed', 'percent', 'all-in', 'risk'] as const).map((value) => ({
          value,
          label: t(`account.sizerKind.${value}`),
        }))}
        onChange={(next) => onChange({ sizer: next === 'one' ? null : sizerDefaults[next] })}
      />
      {sizer?.kind === 'fixed' && (
        <NumberField
          label={t('account.units')}
          value={sizer.units}
          min={0}
          onChange={(units) => units > 0 && onChange({ sizer: { kind: 'fixed', units } })}
        />
      )}
      {sizer?.kind === 'percent' && (
        <NumberField
          label={t('account.percent')}
          unit="%"
          value={sizer.percent}
          min={0}
          onChange={(percent) => percent > 0 && onChange({ sizer: { kind: 'percent', percent } })}
        />
      )}
      {sizer?.kind === 'risk' && (
        <NumberField
          label={t('account.risk')}
          unit="%"
          value={Number((sizer.ratio * 100).toPrecision(12))}
          min={0}
          max={100}
          step={0.25}
          onChange={(percent) =>
            percent > 0 &&
            percent <= 100 &&
            onChange({ sizer: { kind: 'risk', ratio: Number((percent / 100).toPrecision(12)) } })
          }
        />
      )}
    </>
  )
}

function clockText(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

function HoursField({ setup: { hours }, onChange }: AccountFieldsProps) {
  const { t } = useTranslation('backtest')
  const [text, setText] = useState(hours === null ? '' : `${clockText(hours.start)}-${clockText(hours.end)}`)
  const isBad = text.trim() !== '' && readHours(text.trim()) === undefined
  return (
    <Field
      label={t('account.session')}
      hint={t('account.about.session')}
      error={isBad ? t('account.badSession') : undefined}
      placeholder="09:30-16:00"
      value={text}
      onChange={(next) => {
        setText(next)
        onChange({ hours: readHours(next.trim()) ?? null })
      }}
    />
  )
}

/** Without the keys that say nothing. */
function withoutAbsent<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Value
}
