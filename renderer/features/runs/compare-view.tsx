import { ArrowLeft, ArrowLeftRight, FileDiff } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gives } from '../../../core/contract/contract.ts'
import { openCodeDiff } from '../../state/editor-request.ts'
import type { Metric, RunSummary } from '../../state/run-types.ts'
import { useStore } from '../../state/store.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { dateTime } from '../../ui/date-time.ts'
import { metricDelta, metricText } from '../../ui/metric-value.ts'
import { Failure, Loading } from '../../ui/states.tsx'
import { CompareCause } from './compare-cause.tsx'
import { CompareCurves } from './compare-curves.tsx'
import { metricRows } from './compare-rows.ts'
import { CompareTrades } from './compare-trades.tsx'

interface CompareViewProps {
  /** The earlier run. */
  readonly a: string
  /** The run that is looked at. */
  readonly b: string
  onClose(): void
}

/** Two runs side by side: what was changed, and what that changed. */
export function CompareView({ a, b, onClose }: CompareViewProps) {
  const { t } = useTranslation('runs')
  const left = useRequest('run.get', { run: a })
  const right = useRequest('run.get', { run: b })
  const compared = useRequest('run.compare', { a, b })
  const { answer: metrics } = useRequest('metric.list', {})
  const runA = answered(left.answer)?.summary
  const runB = answered(right.answer)?.summary
  const comparison = answered(compared.answer)
  const failed = [left.answer, right.answer, compared.answer].find((answer) => answer.state === 'failed')

  if (failed?.state === 'failed') {
    return (
      <Failure error={failed.error}>
        <Button onClick={onClose}>{t('compare.back')}</Button>
      </Failure>
    )
  }
  if (runA === undefined || runB === undefined || comparison === undefined) return <Loading />
  return (
    <div className="runs-compare">
      <header className="runs-toolbar">
        <IconButton icon={ArrowLeft} label={t('compare.back')} onClick={onClose} />
        <RunName letter="A" run={runA} />
        <IconButton icon={ArrowLeftRight} label={t('compare.swap')} onClick={() => swap(a, b)} />
        <RunName letter="B" run={runB} />
        <span className="runs-actions">
          <Button icon={FileDiff} disabled={comparison.reply.sameCode} onClick={() => openCodeDiff(a, b)}>
            {t(comparison.reply.sameCode ? 'compare.sameCode' : 'compare.codeDiff')}
          </Button>
        </span>
      </header>
      <div className="runs-compare-body">
        <div className="runs-compare-columns">
          <div>
            <Differences reply={comparison.reply} />
            <CompareCause a={a} b={b} zone={zoneOf(runB)} />
          </div>
          <MetricTable a={runA} b={runB} metrics={answered(metrics)?.metrics ?? []} />
        </div>
        <CompareCurves a={runA} b={runB} />
        <CompareTrades a={runA} b={runB} comparison={comparison} />
      </div>
    </div>
  )
}

/** Zone of the exchange of the run's first instrument. */
function zoneOf({ config }: RunSummary): string {
  const { instruments } = useStore.getState()
  return instruments.find(({ id }) => id === config.instruments[0])?.zone ?? 'utc'
}

function swap(a: string, b: string): void {
  const { selectRun, compareWith } = useStore.getState()
  selectRun(a)
  compareWith(b)
}

function RunName({ letter, run }: { readonly letter: string; readonly run: RunSummary }) {
  return (
    <span className={`runs-name is-${letter.toLowerCase()}`}>
      <b>{letter}</b> {run.strategyName}{' '}
      <span className="runs-faint">{dateTime(run.createdAt, 'local', 'second')}</span>
    </span>
  )
}

function Differences({ reply }: { readonly reply: Gives<'run.compare'>['reply'] }) {
  const { t } = useTranslation('runs')
  return (
    <section>
      <h3>{t('compare.changed')}</h3>
      <table className="runs-table">
        <thead>
          <tr>
            <th scope="col">{t('compare.what')}</th>
            <th scope="col">A</th>
            <th scope="col">B</th>
          </tr>
        </thead>
        <tbody>
          {!reply.sameCode && <Changed name={t('compare.code')} a="" b={t('compare.differs')} />}
          {!reply.sameData && <Changed name={t('compare.data')} a="" b={t('compare.differs')} />}
          {reply.differences.map((one) => (
            <Changed key={one.path} name={one.path.replace(/^params\./, '')} a={one.a} b={one.b} />
          ))}
          {reply.sameCode && reply.sameData && reply.differences.length === 0 && (
            <tr>
              <td colSpan={3} className="runs-faint">
                {t('compare.nothing')}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  )
}

function Changed({ name, a, b }: { readonly name: string; readonly a: string; readonly b: string }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{a === '' ? '–' : a}</td>
      <td>{b === '' ? '–' : b}</td>
    </tr>
  )
}

interface MetricTableProps {
  readonly a: RunSummary
  readonly b: RunSummary
  readonly metrics: readonly Metric[]
}

function MetricTable({ a, b, metrics }: MetricTableProps) {
  const { t, i18n } = useTranslation('runs')
  const language = i18n.language === 'zh' ? 'zh' : 'en'
  const rows = useMemo(() => metricRows(a, b, metrics), [a, b, metrics])
  return (
    <section>
      <h3>{t('compare.metrics')}</h3>
      <table className="runs-table is-figures">
        <thead>
          <tr>
            <th scope="col">{t('compare.metric')}</th>
            <th scope="col">A</th>
            <th scope="col">B</th>
            <th scope="col">{t('compare.delta')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, metric, a: left, b: right, delta }) => {
            const unit = metric?.unit ?? 'number'
            return (
              <tr key={id} className={delta === 0 ? 'is-same' : undefined}>
                <th
                  scope="row"
                  title={metric === undefined ? undefined : `${metric.about[language]}\n${metric.formula}`}
                >
                  {metric?.title[language] ?? id}
                </th>
                <td>{metricText(id, unit, left, { language })}</td>
                <td>{metricText(id, unit, right, { language })}</td>
                <td>{metricDelta(unit, delta)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
