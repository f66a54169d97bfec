import { useTranslation } from 'react-i18next'
import { type ParamProblem, paramGroups } from '../../state/param-check.ts'
import type { ParamSpec, ParamValue, StrategyCheck } from '../../state/run-types.ts'
import { type Answer, answered } from '../../state/use-request.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Field } from '../../ui/field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Select } from '../../ui/select.tsx'
import { Failure, Loading } from '../../ui/states.tsx'

interface ParamsFormProps {
  readonly answer: Answer<StrategyCheck>
  readonly typed: Readonly<Record<string, ParamValue>>
  readonly problems: Readonly<Record<string, ParamProblem>>
  onChange(name: string, value: ParamValue): void
}

/** The form that a strategy's declared parameters make: limits, steps, groups and help come from its code. */
export function ParamsForm({ answer, typed, problems, onChange }: ParamsFormProps) {
  const { t } = useTranslation('backtest')
  const check = answered(answer)
  if (answer.state === 'failed') return <Failure error={answer.error} />
  if (check === undefined) return answer.state === 'idle' ? null : <Loading />
  if (check.params.length === 0) return <p className="backtest-note">{t('noParams')}</p>
  return paramGroups(check.params).map((group) => (
    <div key={group.name} className="backtest-group">
      {group.name !== '' && <h3>{group.name}</h3>}
      {group.specs.map((spec) => {
        const problem = problems[spec.name]
        return (
          <ParamField
            key={spec.name}
            spec={spec}
            value={typed[spec.name] ?? spec.default}
            error={problem === undefined ? undefined : t(problem.key, { ...problem.data })}
            onChange={(value) => onChange(spec.name, value)}
          />
        )
      })}
    </div>
  ))
}

interface ParamFieldProps {
  readonly spec: ParamSpec
  readonly value: ParamValue
  readonly error: string | undefined
  onChange(value: ParamValue): void
}

function ParamField({ spec, value, error, onChange }: ParamFieldProps) {
  const { name: label, kind } = spec
  const hint = paramHint(spec)
  if (kind === 'bool') return <Checkbox label={label} checked={Boolean(value)} onChange={onChange} />
  if (kind === 'choice') {
    const options = spec.choices.map((choice) => ({ value: choice, label: choice }))
    return (
      <Select label={label} hint={hint} error={error} value={String(value)} options={options} onChange={onChange} />
    )
  }
  if (kind === 'text')
    return <Field label={label} hint={hint} error={error} value={String(value)} onChange={onChange} />
  return (
    <NumberField
      label={label}
      hint={hint}
      error={error}
      value={Number(value)}
      min={spec.min ?? undefined}
      max={spec.max ?? undefined}
      step={spec.step ?? (kind === 'int' ? 1 : 0.1)}
      onChange={onChange}
    />
  )
}

/** `2 … 100 · periods of the fast average`. */
function paramHint(spec: ParamSpec): string | undefined {
  const limits = spec.min !== null || spec.max !== null ? `${spec.min ?? ''} … ${spec.max ?? ''}`.trim() : ''
  return [limits, spec.help].filter((part) => part !== '').join(' · ') || undefined
}
