import './report.css'
import { ChartSpline } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '../../state/backtest-setup.ts'
import { openPlace } from '../../state/editor-request.ts'
import { intervalMs } from '../../state/intervals.ts'
import { failureOf } from '../../state/run-failure.ts'
import type { Metric, RunDetail } from '../../state/run-types.ts'
import { useStore } from '../../state/store.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { Button } from '../../ui/button.tsx'
import { zoneFor } from '../../ui/date-time.ts'
import { count } from '../../ui/format.ts'
import { Progress } from '../../ui/progress.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { type Tab, Tabs } from '../../ui/tabs.tsx'
import { AnalyzersTab } from './analyzers-tab.tsx'
import { CapsuleTab } from './capsule-tab.tsx'
import { EquityView } from './equity-view.tsx'
import { LogTab } from './log-tab.tsx'
import { MetricsGrid } from './metrics-grid.tsx'
import { MonthView } from './month-view.tsx'
import { RecordedTab } from './recorded-tab.tsx'
import { ReportHeader } from './report-header.tsx'
import { sheetTabIds, useSheetTabs } from './sheet-tabs.tsx'
import { OrdersTab, RollsTab, TradesTabOf } from './table-tabs.tsx'
import type { TableContext } from './trade-columns.ts'
import { useEquity } from './use-equity.ts'
import { plainOptions, type SheetOptions, useSheet } from './use-sheet.ts'

/** What a run did: figures, curves, trades, orders, log and the capsule that makes it repeatable. */
export function ReportPanel() {
  const { t } = useTranslation('report')
  const run = useStore((state) => state.run)
  const version = useStore((state) => state.runsVersion)
  const openPanel = useStore((state) => state.openPanel)
  const { answer, reload } = useRequest('run.get', run === null ? null : { run }, version)
  const { answer: metrics } = useRequest('metric.list', {})
  const detail = answered(answer)

  if (run === null) {
    return (
      <Empty icon={ChartSpline} title={t('none.title')} text={t('none.text')}>
        <Button variant="primary" onClick={() => openPanel('backtest')}>
          {t('none.backtest')}
        </Button>
        <Button onClick={() => openPanel('runs')}>{t('none.runs')}</Button>
      </Empty>
    )
  }
  if (detail === undefined) {
    return answer.state === 'failed' ? <Failure error={answer.error} onRetry={reload} /> : <Loading />
  }
  return <Report key={run} detail={detail} metrics={answered(metrics)?.metrics ?? []} />
}

interface ReportProps {
  readonly detail: RunDetail
  readonly metrics: readonly Metric[]
}

function Report({ detail, metrics }: ReportProps) {
  const { summary } = detail
  const [benchmark, setBenchmark] = useState<string | null>(summary.config.instruments[0] ?? null)
  const options = useMemo<SheetOptions>(() => ({ ...plainOptions, benchmark }), [benchmark])
  return (
    <div className="report">
      <ReportHeader detail={detail} options={options} />
      {summary.state === 'running' && <RunningRun run={summary.id} />}
      {(summary.state === 'failed' || summary.state === 'cancelled') && <EndedRun detail={detail} />}
      {summary.state === 'done' && (
        <Results detail={detail} metrics={metrics} options={options} onBenchmark={setBenchmark} />
      )}
    </div>
  )
}

function RunningRun({ run }: { readonly run: string }) {
  const { t } = useTranslation('report')
  const job = useStore((state) =>
    Object.values(state.jobs).find((one) => one.subject === run && one.state === 'running'),
  )
  const cancelJob = useStore((state) => state.cancelJob)
  return (
    <div className="report-pad">
      <Progress
        label={t('running')}
        done={job?.done ?? 0}
        total={job?.total ?? 0}
        etaMs={job?.etaMs ?? null}
        {...(job === undefined ? {} : { onCancel: () => void cancelJob(job.id) })}
      />
    </div>
  )
}

function EndedRun({ detail }: { readonly detail: RunDetail }) {
  const { t } = useTranslation('report')
  const { summary, log } = detail
  if (summary.state === 'cancelled') return <Empty title={t('cancelled')} />
  const error = failureOf(summary.error)
  const problem = problemOf(error)
  return (
    <>
      <Failure error={error} title={t('failed')}>
        {problem !== null && (
          <Button onClick={() => openPlace(summary.strategyName, problem.line, problem.column)}>
            {t('openLine', { line: problem.line })}
          </Button>
        )}
      </Failure>
      {log.length > 0 && <LogTab log={log} zone="utc" precision="minute" />}
    </>
  )
}

interface ResultsProps extends ReportProps {
  readonly options: SheetOptions
  onBenchmark(instrument: string | null): void
}

function Results({ detail, metrics, options, onBenchmark }: ResultsProps) {
  const { t } = useTranslation('report')
  const { summary, capsule } = detail
  const [tab, setTab] = useState('overview')
  const preference = useStore((state) => state.zone)
  const zone = zoneFor(preference, capsule.instruments[0]?.zone)
  const currency = capsule.instruments[0]?.currency ?? ''
  const [needsWhole, setNeedsWhole] = useState(false)
  if (tab === 'months' && !needsWhole) setNeedsWhole(true)
  const { curves, error } = useEquity(summary.id, needsWhole)
  const needWhole = useCallback(() => setNeedsWhole(true), [])
  const context = useMemo<TableContext>(
    () => ({
      t,
      instruments: capsule.instruments,
      interval: summary.config.interval,
      zoneOf: (id) => zoneFor(preference, capsule.instruments.find((record) => record.id === id)?.zone),
      precision: intervalMs(summary.config.interval) >= 86_400_000 ? 'day' : 'minute',
    }),
    [t, capsule, preference, summary.config.interval],
  )
  const cash = summary.config.cash
  const waiting = error === null ? <Loading /> : <Failure error={error} />
  const overview = (
    <div className="report-overview">
      <MetricsGrid summary={summary} metrics={metrics} currency={currency} />
      {curves === null ? (
        waiting
      ) : (
        <EquityView
          curves={curves}
          cash={cash}
          currency={currency}
          zone={zone}
          precision={context.precision}
          onZoom={needWhole}
        />
      )}
    </div>
  )
  const { answer, reload } = useSheet(summary.id, options, sheetTabIds.has(tab))
  const sheetTabs = useSheetTabs({ answer, reload, options, onBenchmark }, { metrics, currency, summary })
  const tabs: Tab[] = [
    { id: 'overview', title: t('tab.overview'), content: overview },
    ...sheetTabs,
    {
      id: 'trades',
      title: t('tab.trades'),
      badge: count(summary.counts.trades),
      content: <TradesTabOf run={summary.id} context={context} />,
    },
    {
      id: 'months',
      title: t('tab.months'),
      content: curves === null ? waiting : <MonthView curves={curves} cash={cash} zone={zone} />,
    },
    {
      id: 'orders',
      title: t('tab.orders'),
      badge: count(summary.counts.orders),
      content: <OrdersTab run={summary.id} kind="orders" context={context} />,
    },
    {
      id: 'fills',
      title: t('tab.fills'),
      badge: count(summary.counts.fills),
      content: <OrdersTab run={summary.id} kind="fills" context={context} />,
    },
    ...(detail.capsule.data.some(({ contracts }) => contracts !== undefined)
      ? [{ id: 'rolls', title: t('tab.rolls'), content: <RollsTab run={summary.id} context={context} /> }]
      : []),
    {
      id: 'log',
      title: t('tab.log'),
      content: <LogTab log={detail.log} zone={zone} precision={context.precision} />,
    },
    {
      id: 'recorded',
      title: t('tab.recorded'),
      content:
        curves === null ? (
          waiting
        ) : (
          <RecordedTab curves={curves} names={detail.recorded} zone={zone} onZoom={needWhole} />
        ),
    },
    {
      id: 'analyzers',
      title: t('tab.analyzers'),
      content: <AnalyzersTab run={summary.id} zone={zone} precision={context.precision} />,
    },
    { id: 'capsule', title: t('tab.capsule'), content: <CapsuleTab detail={detail} zone={zone} /> },
  ]
  return (
    <div className="report-tabs">
      <Tabs label={t('tables')} tabs={tabs} value={tab} onChange={setTab} />
    </div>
  )
}
