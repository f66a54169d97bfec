import { useTranslation } from 'react-i18next'
import {
  type BacktestSetup,
  commissionDefaults,
  financingOf,
  type SetupProblem,
  slippageDefaults,
} from '../../state/backtest-config.ts'
import type { Commission, Slippage } from '../../state/run-types.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Select } from '../../ui/select.tsx'

interface CostFieldsProps {
  readonly setup: BacktestSetup
  readonly problems: readonly SetupProblem[]
  onChange(change: Partial<BacktestSetup>): void
}

/** Starting cash, commission and slippage. */
export function CostFields({ setup, problems, onChange }: CostFieldsProps) {
  const { t } = useTranslation('backtest')
  const problem = (name: SetupProblem) => (problems.includes(name) ? t(`problem.${name}`) : undefined)
  return (
    <>
      <NumberField
        label={t('cash')}
        value={setup.cash}
        grouped
        min={0}
        step={1000}
        error={problem('cash')}
        onChange={(cash) => onChange({ cash })}
      />
      <Select
        label={t('commission.label')}
        value={setup.commission.kind}
        hint={t(`commission.about.${setup.commission.kind}`)}
        options={(['none', 'percent', 'fixed', 'futures'] as const).map((kind) => ({
          value: kind,
          label: t(`commission.kind.${kind}`),
        }))}
        onChange={(kind) =>
          onChange({ commission: { ...commissionDefaults[kind], ...financingOf(setup.commission) } as Commission })
        }
      />
      <CommissionFields
        commission={setup.commission}
        error={problem('commission')}
        onChange={(commission) => onChange({ commission })}
      />
      <Select
        label={t('slippage.label')}
        value={setup.slippage.kind}
        hint={t(`slippage.about.${setup.slippage.kind}`)}
        options={(['none', 'percent', 'fixed'] as const).map((kind) => ({
          value: kind,
          label: t(`slippage.kind.${kind}`),
        }))}
        onChange={(kind) => onChange({ slippage: slippageDefaults[kind] })}
      />
      <SlippageFields
        slippage={setup.slippage}
        error={problem('slippage')}
        onChange={(slippage) => onChange({ slippage })}
      />
    </>
  )
}

interface PartProps<Value> {
  readonly error: string | undefined
  onChange(value: Value): void
}

/** Percent of a ratio without binary noise: 0.0007 → 0.07. */
function toPercent(ratio: number): number {
  return Number((ratio * 100).toPrecision(12))
}

function toRatio(percent: number): number {
  return Number((percent / 100).toPrecision(12))
}

function CommissionFields({ commission, error, onChange }: PartProps<Commission> & { commission: Commission }) {
  const { t } = useTranslation('backtest')
  if (commission.kind === 'none') return null
  if (commission.kind === 'percent') {
    return (
      <NumberField
        label={t('commission.rate')}
        unit="%"
        value={toPercent(commission.rate)}
        min={0}
        max={100}
        step={0.01}
        error={error}
        onChange={(rate) => onChange({ ...commission, rate: toRatio(rate) })}
      />
    )
  }
  if (commission.kind === 'fixed') {
    return (
      <NumberField
        label={t('commission.perUnit')}
        value={commission.perUnit}
        min={0}
        step={0.01}
        error={error}
        onChange={(perUnit) => onChange({ ...commission, perUnit })}
      />
    )
  }
  const fields = ['perContract', 'margin', 'multiplier'] as const
  return [
    ...fields.map((name) => (
      <NumberField
        key={name}
        label={t(`commission.${name}`)}
        value={commission[name]}
        min={0}
        step={name === 'margin' ? 100 : 1}
        error={isBad(name, commission[name]) ? error : undefined}
        onChange={(value) => onChange({ ...commission, [name]: value })}
      />
    )),
    <NumberField
      key="autoMargin"
      label={t('commission.autoMargin')}
      hint={t('commission.autoMarginAbout')}
      value={commission.autoMargin ?? Number.NaN}
      step={0.05}
      onChange={(value) => {
        const { autoMargin: _, ...rest } = commission
        onChange(Number.isNaN(value) ? rest : { ...rest, autoMargin: value })
      }}
    />,
  ]
}

function isBad(name: string, value: number): boolean {
  return name === 'perContract' ? !(value >= 0) : !(value > 0)
}

function SlippageFields({ slippage, error, onChange }: PartProps<Slippage> & { slippage: Slippage }) {
  const { t } = useTranslation('backtest')
  if (slippage.kind === 'none') return null
  return (
    <>
      {slippage.kind === 'percent' ? (
        <NumberField
          label={t('slippage.ratio')}
          unit="%"
          value={toPercent(slippage.ratio)}
          min={0}
          max={100}
          step={0.01}
          error={error}
          onChange={(ratio) => onChange({ ...slippage, ratio: toRatio(ratio) })}
        />
      ) : (
        <NumberField
          label={t('slippage.points')}
          value={slippage.points}
          min={0}
          step={0.01}
          error={error}
          onChange={(points) => onChange({ ...slippage, points })}
        />
      )}
      <div className="tw-field">
        {slippageRules.map(({ name, usual }) => (
          <Checkbox
            key={name}
            label={t(`slippage.${name}`)}
            checked={slippage[name] ?? usual}
            onChange={(on) => onChange(withRule(slippage, name, on === usual ? undefined : on))}
          />
        ))}
      </div>
    </>
  )
}

/** When slippage applies, and what each rule is unless told. */
const slippageRules = [
  { name: 'atOpen', usual: true },
  { name: 'match', usual: true },
  { name: 'matchLimit', usual: true },
  { name: 'outside', usual: false },
] as const

type Slipping = Exclude<Slippage, { kind: 'none' }>

function withRule(
  slippage: Slipping,
  name: (typeof slippageRules)[number]['name'],
  value: boolean | undefined,
): Slipping {
  const { [name]: _, ...rest } = slippage
  return (value === undefined ? rest : { ...rest, [name]: value }) as Slipping
}
