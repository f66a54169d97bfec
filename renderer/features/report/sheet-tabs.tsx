import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Metric, RunSummary } from '../../state/run-types.ts'
import { useStore } from '../../state/store.ts'
import { type Answer, answered } from '../../state/use-request.ts'
import { Combobox } from '../../ui/combobox.tsx'
import { Failure, Loading } from '../../ui/states.tsx'
import type { Tab } from '../../ui/tabs.tsx'
import { BreakdownTab } from './breakdown-tab.tsx'
import { MetricsTab } from './metrics-tab.tsx'
import { RiskTab } from './risk-tab.tsx'
import { SpreadTab } from './spread-tab.tsx'
import type { SheetOptions, TearSheet } from './use-sheet.ts'

const ids = ['metrics', 'breakdown', 'risk', 'spread'] as const

/** The tabs that show the tear sheet. */
export const sheetTabIds: ReadonlySet<string> = new Set(ids)

interface SheetState {
  readonly answer: Answer<TearSheet>
  reload(): void
  readonly options: SheetOptions
  onBenchmark(instrument: string | null): void
}

interface SheetContext {
  readonly metrics: readonly Metric[]
  readonly currency: string
  readonly summary: RunSummary
}

/** The tabs of the tear sheet: all metrics, breakdowns, risk along the way, and spread. */
export function useSheetTabs(state: SheetState, { metrics, currency, summary }: SheetContext): Tab[] {
  const { t } = useTranslation('report')
  const benchmark = <BenchmarkChoice value={state.options.benchmark} onChange={state.onBenchmark} />
  const show: Readonly<Record<(typeof ids)[number], (sheet: TearSheet) => ReactNode>> = {
    metrics: (sheet) => <MetricsTab sheet={sheet} metrics={metrics} currency={currency} tools={benchmark} />,
    breakdown: (sheet) => <BreakdownTab sheet={sheet} />,
    risk: (sheet) => <RiskTab sheet={sheet} interval={summary.config.interval} tools={benchmark} />,
    spread: (sheet) => <SpreadTab sheet={sheet} />,
  }
  return ids.map((id) => ({
    id,
    title: t(`tab.${id}`),
    content: <Sheet state={state} content={show[id]} tools={id === 'metrics' || id === 'risk' ? benchmark : null} />,
  }))
}

interface SheetProps {
  readonly state: SheetState
  content(sheet: TearSheet): ReactNode
  /** Stays reachable when the sheet could not be computed, e.g. for want of the benchmark’s bars. */
  readonly tools: ReactNode
}

function Sheet({ state, content, tools }: SheetProps) {
  const { answer, reload } = state
  const sheet = answered(answer)
  if (sheet !== undefined && answer.state !== 'failed') return content(sheet)
  return (
    <div className="report-tab">
      {tools !== null && <div className="report-toolbar">{tools}</div>}
      {answer.state === 'failed' ? <Failure error={answer.error} onRetry={reload} /> : <Loading />}
    </div>
  )
}

interface BenchmarkChoiceProps {
  readonly value: string | null
  onChange(instrument: string | null): void
}

function BenchmarkChoice({ value, onChange }: BenchmarkChoiceProps) {
  const { t } = useTranslation('report')
  const instruments = useStore((state) => state.instruments)
  const none = { value: '', label: t('sheet.noBenchmark') }
  return (
    <span className="report-benchmark">
      <span className="report-faint">{t('sheet.benchmark')}</span>
      <Combobox
        bare
        label={t('sheet.benchmark')}
        value={value ?? ''}
        placeholder={none.label}
        options={[
          none,
          ...instruments.map(({ id, name }) => ({ value: id, label: name === '' ? id : `${id} · ${name}` })),
        ]}
        onChange={(next) => onChange(next === '' ? null : next)}
      />
    </span>
  )
}
