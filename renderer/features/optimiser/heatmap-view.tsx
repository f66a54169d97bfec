import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Metric } from '../../state/run-types.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { metricText } from '../../ui/metric-value.ts'
import { Select } from '../../ui/select.tsx'
import { Empty } from '../../ui/states.tsx'
import { HeatmapCanvas } from './heatmap-canvas.tsx'
import { heatmapOf } from './heatmap-model.ts'
import { useOptimiser } from './use-optimiser.ts'
import { figure, type OptimisationDetail, paramText, type Trials } from './use-stored.ts'

interface HeatmapViewProps {
  readonly detail: OptimisationDetail
  readonly trials: Trials
}

/** Two parameters against one figure: where the plateau is. A click opens the cell's trial as a run. */
export function HeatmapView({ detail, trials }: HeatmapViewProps) {
  const { t } = useTranslation('optimiser')
  const figures = useFigures(detail, trials)
  const [chosen, setChosen] = useState<Partial<Sides>>({})
  const [cell, setCell] = useState<number | null>(null)
  const names = detail.axes.map(({ name }) => name)
  const { x, y, metric } = sidesOf(names, chosen, figures[0]?.value ?? 'score')
  const map = useMemo(() => heatmapOf(detail, trials, { x, y, metric }), [detail, trials, x, y, metric])
  if (names.length < 2) return <Empty title={t('heatmap.oneParam')} text={t('heatmap.oneParamText')} />
  const shown = figures.find(({ value }) => value === metric)
  const set = (change: Partial<Sides>) => setChosen({ x, y, metric, ...change })
  const options = names.map((name) => ({ value: name, label: name }))
  const open = (at: number) => {
    const trial = map.rows[at] ?? -1
    if (trial >= 0) void useOptimiser.getState().open(detail.optimisation.id, { point: figure(trials, 'point', trial) })
  }
  return (
    <div className="optimiser-heatmap">
      <div className="optimiser-heatmap-bar">
        <Select label={t('heatmap.x')} value={x} options={options} onChange={(next) => set({ x: next })} />
        <Select label={t('heatmap.y')} value={y} options={options} onChange={(next) => set({ y: next })} />
        <Select
          label={t('heatmap.metric')}
          value={metric}
          options={figures}
          onChange={(next) => set({ metric: next })}
        />
        <Legend least={shown?.show(map.least) ?? ''} most={shown?.show(map.most) ?? ''} />
      </div>
      <HeatmapCanvas
        label={t('heatmap.label', { x, y, metric: shown?.label ?? metric })}
        {...{ map, x, y, cell }}
        onCell={setCell}
        onOpen={open}
      />
      <CellText names={names} trials={trials} row={cell === null ? null : (map.rows[cell] ?? -1)} shown={shown} />
    </div>
  )
}

interface Sides {
  readonly x: string
  readonly y: string
  readonly metric: string
}

/** What was chosen as far as it still fits: two different parameters and a figure. */
function sidesOf(names: readonly string[], chosen: Partial<Sides>, usual: string): Sides {
  const x = names.find((name) => name === chosen.x) ?? names[0] ?? ''
  const y = names.find((name) => name === chosen.y && name !== x) ?? names.find((name) => name !== x) ?? ''
  return { x, y, metric: chosen.metric ?? usual }
}

interface ShownFigure {
  readonly value: string
  readonly label: string
  show(value: number): string
}

interface CellTextProps {
  readonly names: readonly string[]
  readonly trials: Trials
  /** Trial of the pointed cell, −1 without one; null: no cell is pointed at. */
  readonly row: number | null
  readonly shown: ShownFigure | undefined
}

/** What the pointed cell holds, in words. */
function CellText({ names, trials, row, shown }: CellTextProps) {
  const { t } = useTranslation('optimiser')
  const words =
    row === null || row < 0 || shown === undefined
      ? t(row === null ? 'heatmap.hint' : 'heatmap.none')
      : t('heatmap.cell', {
          params: names.map((name) => `${name} ${paramText(trials, name, row)}`).join(' · '),
          metric: shown.label,
          value: shown.show(figure(trials, shown.value, row)),
        })
  return (
    <p className="optimiser-heatmap-cell" aria-live="polite">
      {names.length > 2 ? `${words} ${t('heatmap.best')}` : words}
    </p>
  )
}

function Legend({ least, most }: { readonly least: string; readonly most: string }) {
  return (
    <span className="optimiser-legend">
      <span>{least}</span>
      <span className="optimiser-legend-bar" aria-hidden="true" />
      <span>{most}</span>
    </span>
  )
}

/** The figures that can be coloured: the objective first, then all metrics, plateau and score. */
function useFigures({ optimisation }: OptimisationDetail, trials: Trials): readonly ShownFigure[] {
  const { t, i18n } = useTranslation('optimiser')
  const language = i18n.language === 'zh' ? 'zh' : 'en'
  const { answer } = useRequest('metric.list', {})
  const metrics = answered(answer)?.metrics
  return useMemo(() => {
    const first = optimisation.config.objectives.map(({ metric }) => `metric:${metric}`)
    const known = Object.keys(trials.columns).filter((name) => name.startsWith('metric:'))
    const of = (column: string) => metricFigure(column, metrics ?? [], language)
    const own = (id: 'plateau' | 'score') => ({
      value: id,
      label: t(`column.${id}`),
      show: (value: number) => metricText('', 'number', value),
    })
    return [...first.map(of), own('plateau'), own('score'), ...known.filter((name) => !first.includes(name)).map(of)]
  }, [optimisation, trials, metrics, language, t])
}

function metricFigure(column: string, metrics: readonly Metric[], language: 'en' | 'zh'): ShownFigure {
  const id = column.replace(/^metric:/, '')
  const metric = metrics.find((one) => one.id === id)
  return {
    value: column,
    label: metric?.title[language] ?? id,
    show: (value: number) => metricText(id, metric?.unit ?? 'number', value, { language }),
  }
}
