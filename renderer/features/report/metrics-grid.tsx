import { Popover } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import type { Metric, RunSummary } from '../../state/run-types.ts'
import { metricText, metricTone } from '../../ui/metric-value.ts'
import { MetricDefinition } from './metric-definition.tsx'

interface MetricsGridProps {
  readonly summary: RunSummary
  readonly metrics: readonly Metric[]
  readonly currency: string
}

/** Key figures; each opens its definition: what it means, formula, source. */
export function MetricsGrid({ summary, metrics, currency }: MetricsGridProps) {
  const { t } = useTranslation('report')
  const known = metrics.filter((metric) => metric.id in summary.metrics)
  return (
    <section className="report-metrics" aria-label={t('metrics')}>
      {known.map((metric) => (
        <Figure key={metric.id} metric={metric} value={summary.metrics[metric.id] ?? null} currency={currency} />
      ))}
    </section>
  )
}

interface FigureProps {
  readonly metric: Metric
  readonly value: number | null
  readonly currency: string
}

function Figure({ metric, value, currency }: FigureProps) {
  const { i18n } = useTranslation('report')
  const language = i18n.language === 'zh' ? 'zh' : 'en'
  const tone = metricTone(metric.id, value)
  const text = metricText(metric.id, metric.unit, value, { currency, language })
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button type="button" className="report-figure" title={`${metric.about[language]}\n${metric.formula}`}>
          <span>{metric.title[language]}</span>
          <strong className={tone === undefined ? undefined : `tone-${tone}`}>{text}</strong>
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="tw-popover report-definition" align="start" sideOffset={4} collisionPadding={6}>
          <MetricDefinition metric={metric} value={value} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
