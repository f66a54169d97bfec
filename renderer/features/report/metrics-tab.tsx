import { Popover } from 'radix-ui'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Metric } from '../../state/run-types.ts'
import { metricText, metricTone } from '../../ui/metric-value.ts'
import { Empty } from '../../ui/states.tsx'
import { MetricDefinition } from './metric-definition.tsx'
import type { TearSheet } from './use-sheet.ts'

interface MetricsTabProps {
  readonly sheet: TearSheet
  readonly metrics: readonly Metric[]
  readonly currency: string
  /** Controls beside the search. */
  readonly tools: ReactNode
}

/** What stands out, then every metric by group; each opens its definition. */
export function MetricsTab({ sheet, metrics, currency, tools }: MetricsTabProps) {
  const { t, i18n } = useTranslation('report')
  const language = i18n.language === 'zh' ? 'zh' : 'en'
  const [search, setSearch] = useState('')
  const groups = useMemo(() => {
    const wanted = search.trim().toLowerCase()
    const names = ({ id, title, aliases }: Metric) =>
      [id, title.en, title.zh, ...Object.values(aliases).flat()].join(' ').toLowerCase()
    const shown = metrics.filter((metric) => names(metric).includes(wanted))
    return Object.entries(Object.groupBy(shown, ({ group }) => group))
  }, [metrics, search])
  return (
    <div className="report-tab">
      <div className="report-toolbar">
        <input
          type="search"
          className="tw-input report-search"
          placeholder={t('sheet.search')}
          aria-label={t('sheet.search')}
          value={search}
          spellCheck={false}
          onChange={(event) => setSearch(event.target.value)}
        />
        {tools}
        <span className="report-faint report-hint">{t('sheet.clickHint')}</span>
      </div>
      <div className="report-sheet">
        {search === '' && <Findings findings={sheet.findings} language={language} />}
        {groups.length === 0 && <Empty title={t('sheet.noneFound')} />}
        {groups.map(([group, own = []]) => (
          <section key={group} aria-label={t(`sheet.group.${group}`)}>
            <h3 className="report-group">{t(`sheet.group.${group}`)}</h3>
            <div className="report-metric-list">
              {own.map((metric) => (
                <MetricLine key={metric.id} metric={metric} sheet={sheet} look={{ currency, language }} />
              ))}
            </div>
          </section>
        ))}
      </div>
    </div>
  )
}

interface MetricLineProps {
  readonly metric: Metric
  readonly sheet: TearSheet
  readonly look: { readonly currency: string; readonly language: 'en' | 'zh' }
}

function MetricLine({ metric, sheet, look }: MetricLineProps) {
  const value = sheet.metrics[metric.id] ?? null
  const tone = metricTone(metric.id, value)
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button type="button" className="report-metric-line">
          <span>{metric.title[look.language]}</span>
          <strong className={tone === undefined ? undefined : `tone-${tone}`}>
            {metricText(metric.id, metric.unit, value, look)}
          </strong>
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="tw-popover report-definition" align="start" sideOffset={2} collisionPadding={6}>
          <MetricDefinition metric={metric} value={value} sheet={sheet} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

interface FindingsProps {
  readonly findings: TearSheet['findings']
  readonly language: 'en' | 'zh'
}

/** Plain sentences about the result; the test behind each stands below it. */
function Findings({ findings, language }: FindingsProps) {
  const { t } = useTranslation('report')
  if (findings.length === 0) return null
  return (
    <section aria-label={t('sheet.findings')}>
      <h3 className="report-group">{t('sheet.findings')}</h3>
      <ul className="report-findings">
        {findings.map(({ id, tone, text, test }) => (
          <li key={id} className={tone === 'warn' ? 'is-warn' : undefined}>
            {text[language]} <small>{test[language]}</small>
          </li>
        ))}
      </ul>
    </section>
  )
}
