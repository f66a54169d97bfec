import type { TFunction } from 'i18next'
import { FileChartColumn } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Curve, Plot } from '../../chart/plot/plot.tsx'
import type { Metric } from '../../state/run-types.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { date } from '../../ui/date-time.ts'
import { count, missing, money, ratioPercent } from '../../ui/format.ts'
import { metricText, metricTone } from '../../ui/metric-value.ts'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { useOptimiser } from './use-optimiser.ts'
import type { OptimisationDetail, Walk } from './use-stored.ts'
import { WalkTimeline } from './walk-timeline.tsx'

interface WalkViewProps {
  readonly id: string
  readonly detail: OptimisationDetail
  readonly version: number
}

type Window = Walk['reply']['windows'][number]

/** Metrics of the out-of-sample curve that stand above it. */
const headlines = ['total-return', 'cagr', 'sharpe', 'max-drawdown', 'trades']

/** A walk forward: windows, what was chosen in each, in sample against out of sample, and the joined curve. */
export function WalkView({ id, detail, version }: WalkViewProps) {
  const { t, i18n } = useTranslation('optimiser')
  const language = i18n.language === 'zh' ? 'zh' : 'en'
  const { answer } = useRequest('optimise.walk', { optimisation: id }, version)
  const metrics = answered(useRequest('metric.list', {}).answer)?.metrics
  const walk = answered(answer)
  const windows = walk?.reply.windows
  const objective = detail.optimisation.config.objectives[0]?.metric ?? 'sharpe'
  const columns = useMemo(
    () => windowColumns({ windows: windows ?? [], detail, metrics: metrics ?? [], language, objective, t }),
    [windows, detail, metrics, language, objective, t],
  )
  if (answer.state === 'failed') return <Failure error={answer.error} />
  if (walk === undefined || windows === undefined) return <Loading />
  if (windows.length === 0) return <Empty title={t('walk.none')} text={t('walk.noneText')} />
  const open = (window: number) => void useOptimiser.getState().open(id, { window })
  return (
    <div className="optimiser-walk">
      <dl className="optimiser-headlines">
        {headlines.map((metric) => {
          const known = metrics?.find((one) => one.id === metric)
          const value = walk.reply.metrics[metric]
          return (
            <div key={metric} title={known?.about[language]}>
              <dt>{known?.title[language] ?? metric}</dt>
              <dd>{metricText(metric, known?.unit ?? 'number', value, { language })}</dd>
            </div>
          )
        })}
        <div title={t('walk.efficiencyAbout')}>
          <dt>{t('walk.efficiency')}</dt>
          <dd>{ratioPercent(walk.reply.efficiency, 0)}</dd>
        </div>
      </dl>
      <WalkTimeline windows={windows} />
      <WalkCurve walk={walk} />
      <Table
        label={t('walk.windows')}
        rows={windows.length}
        columns={columns}
        onOpen={open}
        menu={(row) => [{ label: t('openRun'), icon: FileChartColumn, shortcut: 'Enter', run: () => open(row) }]}
      />
    </div>
  )
}

/** The out-of-sample parts as one account. */
function WalkCurve({ walk }: { readonly walk: Walk }) {
  const { t } = useTranslation('optimiser')
  const [view, setView] = useState<{ from: number; to: number } | null>(null)
  const curves = useMemo<Curve[]>(
    () => [{ label: t('walk.equity'), colour: 'accent', format: (value) => money(value) }],
    [t],
  )
  const { time, equity } = walk.columns
  const data = useMemo(() => thinned(time, equity), [time, equity])
  return (
    <div className="optimiser-walk-plot">
      <Plot label={t('walk.equity')} curves={curves} data={data} zone="utc" view={view} onView={setView} />
    </div>
  )
}

/** Points that a plot of any width can show. */
const maxPoints = 4_000

function thinned(time: Float64Array = new Float64Array(), equity: Float64Array = new Float64Array()) {
  const every = Math.max(1, Math.ceil(time.length / maxPoints))
  const keep = (_: number, row: number) => row % every === 0 || row === time.length - 1
  return { time: [...time.filter(keep)], values: [[...equity.filter(keep)]] }
}

interface WindowColumnsInput {
  readonly windows: readonly Window[]
  readonly detail: OptimisationDetail
  readonly metrics: readonly Metric[]
  readonly language: 'en' | 'zh'
  readonly objective: string
  readonly t: TFunction<'optimiser'>
}

function windowColumns({ windows, detail, metrics, language, objective, t }: WindowColumnsInput): Column[] {
  const window = (row: number) => windows[row] as Window
  const day = (id: 'from' | 'cut' | 'to'): Column => ({
    id,
    title: t(`walk.column.${id}`),
    width: 88,
    text: (row) => date(id === 'to' ? window(row).to - 1 : window(row)[id], 'utc'),
    value: (row) => window(row)[id],
  })
  const side = (id: string, part: 'inSample' | 'outOfSample'): Column => {
    const metric = metrics.find((one) => one.id === id)
    const value = (row: number) => window(row)[part][id] ?? null
    return {
      id: `${part}:${id}`,
      title: t(`walk.column.${part}`, { metric: metric?.title[language] ?? id }),
      width: 128,
      align: 'right',
      text: (row) => metricText(id, metric?.unit ?? 'number', value(row), { language }),
      value,
      tone: (row) => metricTone(id, value(row)),
    }
  }
  return [
    {
      id: 'window',
      title: t('column.window'),
      width: 56,
      align: 'right',
      text: (row) => count(row + 1),
      value: (row) => row,
    },
    ...[day('from'), day('cut'), day('to')],
    ...detail.axes.map(
      ({ name }): Column => ({
        id: `param:${name}`,
        title: name,
        width: Math.max(52, 24 + name.length * 7),
        align: 'right',
        text: (row) => String(window(row).params?.[name] ?? missing),
        value: (row) => {
          const value = window(row).params?.[name]
          return typeof value === 'number' || typeof value === 'string' ? value : null
        },
      }),
    ),
    ...[side(objective, 'inSample'), side(objective, 'outOfSample')],
    ...(objective === 'cagr' ? [] : [side('cagr', 'inSample'), side('cagr', 'outOfSample')]),
    side('trades', 'outOfSample'),
    { id: 'rest', title: '', width: '1fr', minWidth: 8, text: () => '' },
  ]
}
