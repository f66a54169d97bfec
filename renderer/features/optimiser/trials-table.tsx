import type { TFunction } from 'i18next'
import { FileChartColumn } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Metric } from '../../state/run-types.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { errorText } from '../../text/error-text.ts'
import { count, decimal, missing, percent } from '../../ui/format.ts'
import { metricText, metricTone } from '../../ui/metric-value.ts'
import { Empty } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { useOptimiser } from './use-optimiser.ts'
import { figure, type OptimisationDetail, paramText, type Trials } from './use-stored.ts'

interface TrialsTableProps {
  readonly detail: OptimisationDetail
  readonly trials: Trials
}

/** Metrics shown beside the objectives. */
const usual = ['net-profit', 'total-return', 'sharpe', 'max-drawdown', 'profit-factor', 'win-rate', 'trades']

/** Ids of the metrics that the table shows: the objectives first. */
export function shownMetrics(detail: OptimisationDetail | undefined): string[] {
  const objectives = detail?.optimisation.config.objectives.map(({ metric }) => metric) ?? []
  return [...new Set([...objectives, ...usual])]
}

/** Every trial, best first; Enter or a double click opens one as a run. */
export function TrialsTable({ detail, trials }: TrialsTableProps) {
  const { t, i18n } = useTranslation('optimiser')
  const language = i18n.language === 'zh' ? 'zh' : 'en'
  const { answer } = useRequest('metric.list', {})
  const metrics = answered(answer)?.metrics
  const columns = useMemo(
    () => trialColumns({ detail, trials, metrics: metrics ?? [], language, t }),
    [detail, trials, metrics, language, t],
  )
  const { id, state } = detail.optimisation
  const open = (row: number) => {
    if (figure(trials, 'failed', row) === 0)
      void useOptimiser.getState().open(id, { point: figure(trials, 'point', row) })
  }
  return (
    <Table
      label={t('tab.trials')}
      rows={trials.reply.rows}
      columns={columns}
      initialSort={[{ column: 'rank', descending: false }]}
      onOpen={open}
      menu={(row) => [
        {
          label: t('openRun'),
          icon: FileChartColumn,
          shortcut: 'Enter',
          disabled: figure(trials, 'failed', row) !== 0,
          run: () => open(row),
        },
      ]}
      empty={<Empty title={t(state === 'running' ? 'noTrialsYet' : 'noTrials')} />}
    />
  )
}

interface TrialColumnsInput {
  readonly detail: OptimisationDetail
  readonly trials: Trials
  readonly metrics: readonly Metric[]
  readonly language: 'en' | 'zh'
  readonly t: TFunction<'optimiser'>
}

function trialColumns(input: TrialColumnsInput): Column[] {
  const { detail, trials, t } = input
  const { config } = detail.optimisation
  const shown = shownMetrics(detail)
  const number = (id: string, width: number, show: (value: number) => string): Column => ({
    id,
    title: t(`column.${id}`),
    about: t(`columnAbout.${id}`),
    width,
    align: 'right',
    text: (row) => show(figure(trials, id, row)),
    value: (row) => figure(trials, id, row),
  })
  return [
    number('rank', 52, (value) => count(value)),
    ...(config.walkForward === null ? [] : [number('window', 60, (value) => count(value + 1))]),
    ...detail.axes.map(({ name }) => paramColumn(name, trials)),
    ...(config.objectives.length > 1 ? [number('score', 62, (value) => decimal(value, 3))] : []),
    ...shown.map((id) => metricColumn(id, input)),
    ...(config.walkForward === null ? [plateauColumn(input)] : []),
    number('deflated', 78, (value) => percent(value)),
    number('minimumDays', 84, (value) => count(Math.ceil(value))),
    failureColumn(trials, t),
  ]
}

function paramColumn(name: string, trials: Trials): Column {
  const isText = trials.reply.texts[`param:${name}`] !== undefined
  return {
    id: `param:${name}`,
    title: name,
    width: Math.max(48, 24 + name.length * 7),
    align: isText ? 'left' : 'right',
    text: (row) => paramText(trials, name, row),
    value: (row) => (isText ? paramText(trials, name, row) : figure(trials, `param:${name}`, row)),
  }
}

function metricColumn(id: string, { trials, metrics, language }: TrialColumnsInput): Column {
  const metric = metrics.find((one) => one.id === id)
  const value = (row: number) => figure(trials, `metric:${id}`, row)
  const title = metric?.title[language] ?? id
  return {
    id: `metric:${id}`,
    title,
    ...(metric === undefined ? {} : { about: `${metric.about[language]} ${metric.formula}` }),
    width: Math.max(metric?.unit === 'money' ? 100 : 72, 22 + title.length * (language === 'zh' ? 12 : 6.4)),
    align: 'right',
    text: (row) => metricText(id, metric?.unit ?? 'number', value(row), { language }),
    value,
    tone: (row) => metricTone(id, value(row)),
  }
}

/** A plateau score in the unit of a single objective, whichever way it is good. */
export function plateauText(
  { optimisation }: OptimisationDetail,
  metrics: readonly Metric[],
  language: 'en' | 'zh',
): (score: number) => string {
  const { objectives } = optimisation.config
  const only = objectives.length === 1 ? objectives[0] : undefined
  const unit = metrics.find(({ id }) => id === only?.metric)?.unit ?? 'number'
  const sign = only?.goal === 'min' ? -1 : 1
  return (score) => metricText('', unit, sign * score, { language })
}

function plateauColumn({ detail, trials, metrics, language, t }: TrialColumnsInput): Column {
  const show = plateauText(detail, metrics, language)
  return {
    id: 'plateau',
    title: t('column.plateau'),
    about: t('columnAbout.plateau'),
    width: 78,
    align: 'right',
    text: (row) => show(figure(trials, 'plateau', row)),
    value: (row) => figure(trials, 'plateau', row),
  }
}

/** Why a trial has no result. */
function failureColumn(trials: Trials, t: TFunction<'optimiser'>): Column {
  const reasons = new Map(trials.reply.failures.map(({ point, error }) => [point, error]))
  const text = (row: number) => {
    const error = reasons.get(figure(trials, 'point', row))
    if (error !== undefined) return errorText(error)
    return figure(trials, 'failed', row) === 1 ? t('failedTrial') : missing
  }
  return {
    id: 'failure',
    title: t('column.failure'),
    width: '1fr',
    minWidth: 90,
    text,
    tone: (row) => (figure(trials, 'failed', row) === 1 ? 'error' : 'muted'),
  }
}
