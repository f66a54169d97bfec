import { useTranslation } from 'react-i18next'
import type { ParamSpec, ParamValue } from '../../state/run-types.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { type RangeSetup, rangeOf, rangeProblem } from './question.ts'
import { useOptimiser } from './use-optimiser.ts'

interface RangeFieldsProps {
  readonly strategy: string
  readonly specs: readonly ParamSpec[]
}

/** One line for each parameter: tick it to search it; the others keep their value of the Backtest form. */
export function RangeFields({ strategy, specs }: RangeFieldsProps) {
  const setup = useOptimiser((state) => state.setup)
  const patch = useOptimiser((state) => state.patch)
  const change = (name: string, range: RangeSetup) => {
    const { ranges } = setup
    patch({ ranges: { ...ranges, [strategy]: { ...ranges[strategy], [name]: range } } })
  }
  return (
    <div className="optimiser-ranges">
      {specs
        .filter(({ kind }) => kind !== 'text')
        .map((spec) => (
          <RangeField
            key={spec.name}
            spec={spec}
            range={rangeOf(setup, strategy, spec)}
            onChange={(range) => change(spec.name, range)}
          />
        ))}
    </div>
  )
}

interface RangeFieldProps {
  readonly spec: ParamSpec
  readonly range: RangeSetup
  onChange(range: RangeSetup): void
}

function RangeField({ spec, range, onChange }: RangeFieldProps) {
  const { t } = useTranslation('optimiser')
  const method = useOptimiser((state) => state.setup.method)
  const problem = rangeProblem(spec, range, method)
  const set = (change: Partial<RangeSetup>) => onChange({ ...range, ...change })
  const isNumber = spec.kind === 'int' || spec.kind === 'float'
  return (
    <section className="optimiser-range" aria-label={spec.name}>
      <Checkbox label={spec.name} checked={range.searched} onChange={(searched) => set({ searched })} />
      {range.searched && isNumber && (
        <div className="optimiser-triple">
          <NumberField
            label={t('range.from')}
            value={range.from}
            step={spec.step ?? 1}
            onChange={(from) => set({ from })}
          />
          <NumberField label={t('range.to')} value={range.to} step={spec.step ?? 1} onChange={(to) => set({ to })} />
          <NumberField
            label={t('range.step')}
            value={range.step}
            step={spec.step ?? 1}
            onChange={(step) => set({ step })}
          />
        </div>
      )}
      {range.searched && !isNumber && <ValueChoices spec={spec} range={range} onChange={onChange} />}
      {problem !== undefined && (
        <p className="tw-field-error" role="alert">
          {t(`range.problem.${problem}`, { from: spec.min ?? '−∞', to: spec.max ?? '∞' })}
        </p>
      )}
    </section>
  )
}

/** Which values of a switch or a list are tried. */
function ValueChoices({ spec, range, onChange }: RangeFieldProps) {
  const all: readonly ParamValue[] = spec.kind === 'bool' ? [false, true] : spec.choices
  return (
    <div className="optimiser-values">
      {all.map((value) => (
        <Checkbox
          key={String(value)}
          label={String(value)}
          checked={range.values.includes(value)}
          onChange={(checked) => {
            const values = all.filter((one) => (one === value ? checked : range.values.includes(one)))
            onChange({ ...range, values })
          }}
        />
      ))}
    </div>
  )
}
