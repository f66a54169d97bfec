import { useTranslation } from 'react-i18next'
import type { Reply } from '../../../core/contract/contract.ts'
import { NumberField } from '../../ui/number-field.tsx'
import { Select } from '../../ui/select.tsx'
import { wordText } from './analysis-rows.ts'

type Param = Reply<'analyzer.list'>['analyzers'][number]['params'][number]
type Value = Param['default']

/** Parameters that differ from their defaults. */
export type ParamChoice = Readonly<Record<string, Value>>

interface AnalyzerParamsProps {
  readonly params: readonly Param[]
  readonly chosen: ParamChoice
  onChange(chosen: ParamChoice): void
}

/** One small field per parameter; backtrader's name and what it means show when the pointer rests on it. */
export function AnalyzerParams({ params, chosen, onChange }: AnalyzerParamsProps) {
  const { i18n } = useTranslation('report')
  const language = i18n.language === 'zh' ? 'zh' : 'en'
  const change = (name: string, value: Value) => {
    const { [name]: _, ...others } = chosen
    const standard = params.find((param) => param.name === name)?.default
    onChange(value === standard ? others : { ...others, [name]: value })
  }
  return (
    <>
      {params.map((param) => (
        <span key={param.name} className="report-param" title={`${param.name}: ${param.about[language]}`}>
          <ParamField
            param={param}
            value={param.name in chosen ? (chosen[param.name] ?? null) : param.default}
            onChange={(value) => change(param.name, value)}
          />
        </span>
      ))}
    </>
  )
}

interface ParamFieldProps {
  readonly param: Param
  readonly value: Value
  onChange(value: Value): void
}

function ParamField({ param, value, onChange }: ParamFieldProps) {
  const { t } = useTranslation('report')
  const { name, kind, choices, min } = param
  const label = t(`analyzers.param.${name}`, { defaultValue: name })
  if (kind === 'integer' || kind === 'number') {
    const take = (next: number) => {
      if (Number.isFinite(next) || param.default === null) onChange(Number.isFinite(next) ? next : null)
    }
    return (
      <NumberField
        label={label}
        value={typeof value === 'number' ? value : Number.NaN}
        integer={kind === 'integer'}
        min={min ?? undefined}
        onChange={take}
      />
    )
  }
  const automatic = param.default === null ? [{ value: '', label: t('analyzers.automatic') }] : []
  const words = kind === 'flag' ? ['true', 'false'] : choices
  const options = words.map((word) => ({ value: word, label: wordText(t, word) }))
  return (
    <Select
      label={label}
      value={value === null ? '' : String(value)}
      options={[...automatic, ...options]}
      onChange={(next) => onChange(next === '' ? null : kind === 'flag' ? next === 'true' : next)}
    />
  )
}
