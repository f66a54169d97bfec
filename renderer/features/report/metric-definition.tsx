import { useTranslation } from 'react-i18next'
import type { Metric } from '../../state/run-types.ts'
import { count, percent } from '../../ui/format.ts'
import type { TearSheet } from './use-sheet.ts'

/** Rows of the part that a metric is computed from. */
const partRows = {
  returns: 'returns',
  account: 'equity',
  benchmark: 'benchmark',
  trades: 'trades',
  costs: 'fills',
  doubt: 'returns',
} as const satisfies Record<Metric['needs'], keyof TearSheet['rows']>

interface MetricDefinitionProps {
  readonly metric: Metric
  readonly value: number | null
  /** Left out where the sheet has not been computed. */
  readonly sheet?: Pick<TearSheet, 'rows' | 'basis'> | undefined
}

/** What a figure means: words, formula, what it was computed from, source, the same number elsewhere. */
export function MetricDefinition({ metric, value, sheet }: MetricDefinitionProps) {
  const { t, i18n } = useTranslation('report')
  const language = i18n.language === 'zh' ? 'zh' : 'en'
  const elsewhere = Object.entries(metric.aliases).flatMap(([system, names]) =>
    names.map((name) => `${system} ${name}`),
  )
  return (
    <>
      <h3>{metric.title[language]}</h3>
      <p>{metric.about[language]}</p>
      <code>{metric.formula}</code>
      {metric.edgeCases[language] !== '' && <p className="report-faint">{metric.edgeCases[language]}</p>}
      {sheet !== undefined && (
        <p className="report-faint">
          {t(`sheet.from.${metric.needs}`, { rows: count(sheet.rows[partRows[metric.needs]]) })}
          {metric.formula.includes('N') &&
            ` ${t('sheet.basis', { periods: sheet.basis.periodsPerYear, rate: percent(sheet.basis.riskFree, 2) })}`}
        </p>
      )}
      <p className="report-faint">{t('metricSource', { source: metric.source })}</p>
      {elsewhere.length > 0 && <p className="report-faint">{t('sheet.elsewhere', { names: elsewhere.join(', ') })}</p>}
      {value === null && <p className="report-faint">{t('metricUndefined')}</p>}
    </>
  )
}
