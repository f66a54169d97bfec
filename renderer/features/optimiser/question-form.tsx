import { useTranslation } from 'react-i18next'
import { useStore } from '../../state/store.ts'
import { answered } from '../../state/use-request.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { Failure, Loading } from '../../ui/states.tsx'
import { ObjectiveFields } from './objective-fields.tsx'
import type { Method } from './question.ts'
import { RangeFields } from './range-fields.tsx'
import { StartBar } from './start-bar.tsx'
import { useOptimiser } from './use-optimiser.ts'
import type { Question } from './use-question.ts'
import { WalkFields } from './walk-fields.tsx'

/** What is asked: ranges, condition, method, objectives, windows. */
export function QuestionForm({ question }: { readonly question: Question }) {
  const { t } = useTranslation('optimiser')
  const { strategy, specs, check } = question
  const { where } = useOptimiser((state) => state.setup)
  const patch = useOptimiser((state) => state.patch)
  const planned = question.plan
  const refused = planned.state === 'failed' ? (planned.error as { readonly code?: string }) : null

  return (
    <form className="optimiser-question" aria-label={t('question')} onSubmit={(event) => event.preventDefault()}>
      <div className="optimiser-fields">
        <Subject question={question} />
        <fieldset>
          <legend>{t('section.ranges')}</legend>
          {check.state === 'failed' && <Failure error={check.error} />}
          {answered(check) === undefined && check.state === 'loading' && <Loading />}
          {strategy !== null && specs.length > 0 && <RangeFields strategy={strategy} specs={specs} />}
          {answered(check) !== undefined && specs.length === 0 && <p className="optimiser-note">{t('noParams')}</p>}
          {strategy !== null && specs.length > 1 && (
            <Field
              label={t('where')}
              hint={t('whereHint', { example: exampleOf(specs.map(({ name }) => name)) })}
              error={refused?.code === 'constraint.invalid' ? t('whereProblem') : undefined}
              placeholder={exampleOf(specs.map(({ name }) => name))}
              value={where[strategy] ?? ''}
              onChange={(text) => patch({ where: { ...where, [strategy]: text } })}
            />
          )}
        </fieldset>
        <MethodFields />
        <fieldset>
          <legend>{t('section.objectives')}</legend>
          <ObjectiveFields />
        </fieldset>
        <fieldset>
          <legend>{t('section.walk')}</legend>
          <WalkFields />
        </fieldset>
      </div>
      <StartBar question={question} />
    </form>
  )
}

function exampleOf(names: readonly string[]): string {
  return `${names[0] ?? 'fast'} < ${names[1] ?? 'slow'}`
}

/** Strategy and data; costs and period are those of the Backtest form. */
function Subject({ question }: { readonly question: Question }) {
  const { t } = useTranslation('optimiser')
  const strategies = useStore((state) => state.strategies)
  const openPanel = useStore((state) => state.openPanel)
  const run = question.config?.run
  return (
    <fieldset>
      <legend>{t('section.subject')}</legend>
      <Select
        label={t('strategy')}
        value={question.strategy ?? ''}
        options={strategies.map(({ name }) => ({ value: name, label: name }))}
        onChange={(name) => useStore.setState({ strategy: name })}
      />
      <p className="optimiser-note">
        {question.needsBacktest || run === undefined
          ? t('needsBacktest')
          : t('subject', { data: run.instruments.join(', '), interval: run.interval })}{' '}
        <Button variant="quiet" onClick={() => openPanel('backtest')}>
          {t('openBacktest')}
        </Button>
      </p>
    </fieldset>
  )
}

function MethodFields() {
  const { t } = useTranslation('optimiser')
  const { method, trials, seed } = useOptimiser((state) => state.setup)
  const patch = useOptimiser((state) => state.patch)
  const options = (['grid', 'random', 'lhs'] as const).map((value) => ({ value, label: t(`method.${value}`) }))
  return (
    <fieldset>
      <legend>{t('section.method')}</legend>
      <Segmented<Method>
        label={t('section.method')}
        value={method}
        options={options}
        onChange={(next) => patch({ method: next })}
      />
      <p className="optimiser-note">{t(`methodAbout.${method}`)}</p>
      {method !== 'grid' && (
        <div className="optimiser-pair">
          <NumberField
            label={t('trials')}
            integer
            min={1}
            step={10}
            value={trials}
            onChange={(next) => patch({ trials: next })}
          />
          <NumberField
            label={t('seed')}
            hint={t('seedHint')}
            integer
            min={0}
            value={seed}
            onChange={(next) => patch({ seed: next })}
          />
        </div>
      )}
    </fieldset>
  )
}
