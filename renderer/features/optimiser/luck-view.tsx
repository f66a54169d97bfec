import { Popover } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import { answered, useRequest } from '../../state/use-request.ts'
import { count, decimal, missing, percent } from '../../ui/format.ts'
import { Empty } from '../../ui/states.tsx'
import { plateauText } from './trials-table.tsx'
import { figure, type Luck, type OptimisationDetail, paramText, type Trials } from './use-stored.ts'

interface LuckViewProps {
  readonly detail: OptimisationDetail
  readonly trials: Trials
}

/** Above this the best result is called more than luck. */
const confident = 0.95

/** How much of the best result may be luck, each figure with its definition. */
export function LuckView({ detail, trials }: LuckViewProps) {
  const { t, i18n } = useTranslation('optimiser')
  const metrics = answered(useRequest('metric.list', {}).answer)?.metrics ?? []
  const { overfitting: luck } = detail
  if (luck === null) return <Empty title={t('luck.none')} text={t('luck.noneText')} />
  const row = [...(trials.columns.point ?? [])].indexOf(luck.point)
  const plateau = plateauText(detail, metrics, i18n.language === 'zh' ? 'zh' : 'en')
  const params = detail.axes.map(({ name }) => `${name} ${paramText(trials, name, row)}`).join(' · ')
  return (
    <div className="optimiser-luck">
      <p className={`optimiser-verdict is-${verdictOf(luck)}`}>{t(`luck.verdict.${verdictOf(luck)}`, { params })}</p>
      <div className="optimiser-figures">
        {figuresOf(luck, plateau(figure(trials, 'plateau', row))).map(([id, text]) => (
          <Figure key={id} id={id} text={text} />
        ))}
      </div>
      <p className="optimiser-note">{t('luck.idea', { idea: detail.optimisation.idea })}</p>
      <p className="optimiser-note">{t('luck.sources')}</p>
    </div>
  )
}

function verdictOf({ deflated, days, minimumDaysDeflated }: Luck): 'unknown' | 'skill' | 'luck' {
  if (deflated === null) return 'unknown'
  const longEnough = minimumDaysDeflated !== null && days !== null && days >= minimumDaysDeflated
  return deflated >= confident && longEnough ? 'skill' : 'luck'
}

function figuresOf(luck: Luck, plateau: string): readonly (readonly [string, string])[] {
  const days = (value: number | null) => (value === null ? missing : count(Math.ceil(value)))
  return [
    ['ideaTrials', count(luck.ideaTrials)],
    ['sharpe', decimal(luck.sharpe)],
    ['expectedMaximum', decimal(luck.expectedMaximum)],
    ['deflated', percent(luck.deflated)],
    ['probabilistic', percent(luck.probabilistic)],
    ['days', days(luck.days)],
    ['minimumDays', days(luck.minimumDays)],
    ['minimumDaysDeflated', days(luck.minimumDaysDeflated)],
    ['plateau', plateau],
  ]
}

/** One figure; a click tells what it means. */
function Figure({ id, text }: { readonly id: string; readonly text: string }) {
  const { t } = useTranslation('optimiser')
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button type="button" className="optimiser-figure" title={t(`luck.about.${id}`)}>
          <span>{t(`luck.title.${id}`)}</span>
          <strong>{text}</strong>
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="tw-popover optimiser-definition" align="start" sideOffset={4} collisionPadding={6}>
          <h3>{t(`luck.title.${id}`)}</h3>
          <p>{t(`luck.about.${id}`)}</p>
          <code>{t(`luck.formula.${id}`)}</code>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
