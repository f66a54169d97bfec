import { type ComponentType, lazy } from 'react'
import type { PanelId } from '../state/types.ts'

/** The component of every panel of the workspace; each is a chunk of its own, loaded when first shown. */
export const panels: Readonly<Record<PanelId, ComponentType>> = {
  data: lazy(async () => ({ default: (await import('../features/data/data-panel.tsx')).DataPanel })),
  chart: lazy(async () => ({ default: (await import('../features/chart/chart-panel.tsx')).ChartPanel })),
  editor: lazy(async () => ({ default: (await import('../features/editor/editor-panel.tsx')).EditorPanel })),
  backtest: lazy(async () => ({ default: (await import('../features/backtest/backtest-panel.tsx')).BacktestPanel })),
  optimiser: lazy(async () => ({
    default: (await import('../features/optimiser/optimiser-panel.tsx')).OptimiserPanel,
  })),
  replay: lazy(async () => ({ default: (await import('../features/replay/replay-panel.tsx')).ReplayPanel })),
  blotter: lazy(async () => ({ default: (await import('../features/blotter/blotter-panel.tsx')).BlotterPanel })),
  live: lazy(async () => ({ default: (await import('../features/live/live-panel.tsx')).LivePanel })),
  ladder: lazy(async () => ({ default: (await import('../features/ladder/ladder-panel.tsx')).LadderPanel })),
  notifications: lazy(async () => ({
    default: (await import('../features/notifications/notifications-panel.tsx')).NotificationsPanel,
  })),
  alerts: lazy(async () => ({ default: (await import('../features/alerts/alerts-panel.tsx')).AlertsPanel })),
  futures: lazy(async () => ({ default: (await import('../features/futures/futures-panel.tsx')).FuturesPanel })),
  runs: lazy(async () => ({ default: (await import('../features/runs/runs-panel.tsx')).RunsPanel })),
  report: lazy(async () => ({ default: (await import('../features/report/report-panel.tsx')).ReportPanel })),
  jobs: lazy(async () => ({ default: (await import('../features/jobs/jobs-panel.tsx')).JobsPanel })),
  problems: lazy(async () => ({ default: (await import('../features/problems/problems-panel.tsx')).ProblemsPanel })),
  settings: lazy(async () => ({ default: (await import('../features/settings/settings-panel.tsx')).SettingsPanel })),
}
