import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type PriceSource, priceSources } from '../../../core/domain/price-source.ts'
import { type ParamProblem, readParams } from '../../state/param-check.ts'
import type { ParamSpec, ParamValue } from '../../state/run-types.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Field } from '../../ui/field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import type { IndicatorChoice, PlacedIndicator } from './chart-settings.ts'
import { useFirstField } from './use-first-field.ts'
import type { CatalogueEntry } from './use-indicators.ts'

interface IndicatorFormProps {
  readonly entry: CatalogueEntry
  /** Undefined: a new one. */
  readonly placed: PlacedIndicator | undefined
  onApply(choice: IndicatorChoice): void
}

/** Parameters and place of an indicator, with its formula and source beside them. */
export function IndicatorForm({ entry, placed, onApply }: IndicatorFormProps) {
  const { t } = useTranslation(['chart', 'backtest'])
  const [typed, setTyped] = useState<Readonly<Record<string, ParamValue>>>(placed?.params ?? {})
  const standard = entry.sources
  const [sources, setSources] = useState<readonly PriceSource[]>(placed?.sources ?? [])
  const [pane, setPane] = useState(placed?.pane ?? 'catalogue')
  const { values, problems } = readParams(entry.params, typed)
  const isWrong = Object.keys(problems).length > 0
  const where: 'price' | 'own' = pane === 'catalogue' ? entry.pane : pane
  const sentence = (problem: ParamProblem | undefined) =>
    problem === undefined ? undefined : t(`backtest:${problem.key}`, { ...problem.data })
  const form = useRef<HTMLFormElement>(null)
  useFirstField(form)
  return (
    <form
      ref={form}
      className="chart-indicator-form"
      onKeyDown={(event) => {
        // Else Enter would open a list of choices; Space and the arrows do that.
        if (event.key !== 'Enter' || !(event.target instanceof HTMLSelectElement)) return
        event.preventDefault()
        event.currentTarget.requestSubmit()
      }}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isWrong) onApply({ params: values, pane, sources: isStandard(sources, standard) ? [] : sources })
      }}
    >
      <p className="chart-formula">
        <code>{entry.formula}</code>
        <small>{entry.source}</small>
      </p>
      <div className="chart-params">
        {entry.params.map((spec) => (
          <ParamField
            key={spec.name}
            spec={spec}
            value={typed[spec.name] ?? spec.default}
            error={sentence(problems[spec.name])}
            onChange={(value) => setTyped({ ...typed, [spec.name]: value })}
          />
        ))}
        {standard.map((first, index) => (
          <Select
            // The inputs of an entry never change their order.
            key={`source-${index.toString()}`}
            label={t(standard.length === 1 ? 'indicator.source' : 'indicator.sourceNumber', { number: index + 1 })}
            value={sources[index] ?? first}
            options={priceSources.map((value) => ({ value, label: t(`indicator.series.${value}`) }))}
            onChange={(chosen) => setSources(standard.map((each, k) => (k === index ? chosen : (sources[k] ?? each))))}
          />
        ))}
      </div>
      <Segmented<'price' | 'own'>
        label={t('indicator.pane')}
        value={where}
        options={[
          { value: 'price', label: t('indicator.pricePane') },
          { value: 'own', label: t('indicator.ownPane') },
        ]}
        onChange={(next) => setPane(next)}
      />
      <Button variant="primary" type="submit" disabled={isWrong}>
        {t(placed === undefined ? 'indicator.add' : 'indicator.apply')}
      </Button>
    </form>
  )
}

/** True when nothing else is read than what would be anyway. */
function isStandard(sources: readonly PriceSource[], standard: readonly PriceSource[]): boolean {
  return sources.every((source, index) => source === standard[index])
}

interface ParamFieldProps {
  readonly spec: ParamSpec
  readonly value: ParamValue
  readonly error: string | undefined
  onChange(value: ParamValue): void
}

function ParamField({ spec, value, error, onChange }: ParamFieldProps) {
  const { name: label, kind } = spec
  if (kind === 'bool') return <Checkbox label={label} checked={Boolean(value)} onChange={onChange} />
  if (kind === 'choice') {
    const options = spec.choices.map((choice) => ({ value: choice, label: choice }))
    return <Select label={label} error={error} value={String(value)} options={options} onChange={onChange} />
  }
  if (kind === 'text') return <Field label={label} error={error} value={String(value)} onChange={onChange} />
  return (
    <NumberField
      label={label}
      hint={limits(spec)}
      error={error}
      value={Number(value)}
      min={spec.min ?? undefined}
      max={spec.max ?? undefined}
      step={spec.step ?? (kind === 'int' ? 1 : 0.1)}
      integer={kind === 'int'}
      onChange={onChange}
    />
  )
}

function limits({ min, max }: ParamSpec): string | undefined {
  if (min === null && max === null) return undefined
  return `${min ?? ''} … ${max ?? ''}`.trim()
}
