import { useTranslation } from 'react-i18next'
import { type BacktestSetup, fillPolicies } from '../../state/backtest-config.ts'
import { Field } from '../../ui/field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Select } from '../../ui/select.tsx'

interface SimulationFieldsProps {
  readonly setup: BacktestSetup
  /** The first chosen instrument. */
  readonly instrument: string
  readonly seedProblem: string | undefined
  onChange(change: Partial<BacktestSetup>): void
}

/** How orders are matched: profile, fill policy and seed, each with its sentence. */
export function SimulationFields({ setup, instrument, seedProblem, onChange }: SimulationFieldsProps) {
  const { t } = useTranslation('backtest')
  return (
    <>
      <Select
        label={t('profile.label')}
        value={setup.profile}
        hint={t(`profile.about.${setup.profile}`)}
        options={(['default', 'backtrader'] as const).map((value) => ({ value, label: t(`profile.kind.${value}`) }))}
        onChange={(profile) =>
          onChange({ profile, fillPolicy: profile === 'backtrader' ? 'backtrader' : 'pessimistic' })
        }
      />
      <Select
        label={t('fill.label')}
        value={setup.fillPolicy}
        hint={t(`fill.about.${setup.fillPolicy}`)}
        options={fillPolicies.map((value) => ({
          value,
          label: t(`fill.kind.${value}`),
        }))}
        onChange={(fillPolicy) => onChange({ fillPolicy })}
      />
      {(setup.fillPolicy === 'tick' || setup.fillPolicy === 'quote') && (
        <Field
          label={t('fill.file.label', { kind: t(`fill.file.${setup.fillPolicy}`), instrument })}
          hint={t('fill.file.about')}
          value={setup.marketFile}
          onChange={(marketFile) => onChange({ marketFile })}
        />
      )}
      <NumberField
        label={t('seed.label')}
        hint={t('seed.about')}
        value={setup.seed}
        min={0}
        max={0xffffffff}
        integer
        error={seedProblem}
        onChange={(seed) => onChange({ seed })}
      />
    </>
  )
}
