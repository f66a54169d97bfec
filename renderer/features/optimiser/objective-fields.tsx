import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { answered, useRequest } from '../../state/use-request.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { type Objective, usualGoal } from './question.ts'
import { useOptimiser } from './use-optimiser.ts'

/** More than these nobody weighs against each other. */
const maxObjectives = 8

/** What is good: one or more metrics, made large or small. */
export function ObjectiveFields() {
  const { t } = useTranslation('optimiser')
  const { objectives, combination } = useOptimiser((state) => state.setup)
  const patch = useOptimiser((state) => state.patch)
  const set = (at: number, objective: Objective | null) => {
    patch({ objectives: objectives.flatMap((one, k) => (k !== at ? [one] : objective === null ? [] : [objective])) })
  }
  const add = () => {
    const metric = ['max-drawdown', 'net-profit', 'sharpe'].find((id) => objectives.every((one) => one.metric !== id))
    const next = metric ?? 'sharpe'
    patch({ objectives: [...objectives, { metric: next, goal: usualGoal(next), weight: 1 }] })
  }
  return (
    <div className="optimiser-objectives">
      {objectives.map((objective, at) => (
        <ObjectiveField
          key={at}
          objective={objective}
          isOnly={objectives.length === 1}
          isWeighted={objectives.length > 1 && combination === 'weighted'}
          onChange={(next) => set(at, next)}
        />
      ))}
      {objectives.length > 1 && (
        <>
          <Segmented
            label={t('combination.label')}
            value={combination}
            options={(['weighted', 'pareto'] as const).map((value) => ({ value, label: t(`combination.${value}`) }))}
            onChange={(next) => patch({ combination: next })}
          />
          <p className="optimiser-note">{t(`combinationAbout.${combination}`)}</p>
        </>
      )}
      {objectives.length < maxObjectives && (
        <Button icon={Plus} variant="quiet" onClick={add}>
          {t('addObjective')}
        </Button>
      )}
    </div>
  )
}

interface ObjectiveFieldProps {
  readonly objective: Objective
  readonly isOnly: boolean
  readonly isWeighted: boolean
  onChange(objective: Objective | null): void
}

function ObjectiveField({ objective, isOnly, isWeighted, onChange }: ObjectiveFieldProps) {
  const { t, i18n } = useTranslation('optimiser')
  const language = i18n.language === 'zh' ? 'zh' : 'en'
  const { answer } = useRequest('metric.list', {})
  const metrics = answered(answer)?.metrics ?? []
  const options = metrics.map(({ id, title }) => ({ value: id, label: title[language] }))
  const known = options.some(({ value }) => value === objective.metric)
  return (
    <div className="optimiser-objective">
      <Select
        bare
        label={t('objective')}
        value={objective.metric}
        options={known ? options : [{ value: objective.metric, label: objective.metric }, ...options]}
        onChange={(metric) => onChange({ ...objective, metric, goal: usualGoal(metric) })}
      />
      <Segmented
        label={t('goal.label')}
        value={objective.goal}
        options={(['max', 'min'] as const).map((value) => ({ value, label: t(`goal.${value}`) }))}
        onChange={(goal) => onChange({ ...objective, goal })}
      />
      {!isOnly && <IconButton icon={X} label={t('removeObjective')} onClick={() => onChange(null)} />}
      {isWeighted && (
        <NumberField
          label={t('weight')}
          value={objective.weight}
          min={0.1}
          step={0.5}
          error={objective.weight > 0 ? undefined : t('weightProblem')}
          onChange={(weight) => onChange({ ...objective, weight })}
        />
      )}
    </div>
  )
}
