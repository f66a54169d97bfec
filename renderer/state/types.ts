import type { z } from 'zod'
import type { Payload, Reply } from '../../core/contract/contract.ts'
import type { coverageSchema, instrumentSchema, problemSchema } from '../../core/contract/schemas.ts'

/** An instrument record as the service sends it. */
export type Instrument = z.output<typeof instrumentSchema>
/** One stored series of an instrument. */
export type Coverage = z.output<typeof coverageSchema>
/** A problem in a strategy's text; line and column are 1-based. */
export type Problem = z.output<typeof problemSchema>
/** A file of the strategies folder. */
export type StrategyFile = Reply<'strategy.list'>['strategies'][number]
/** A template from which a strategy can start. */
export type Template = Reply<'strategy.list'>['templates'][number]
/** A long-running piece of work with progress. */
export type Job = Payload<'job.changed'>
/** What the service says about itself. */
export type AppInfo = Reply<'app.info'>
/** State of store and engine workers. */
export type ServiceState = Payload<'service.changed'>

/** Every panel of the workspace, in the order of the "go to" commands. */
export const panelIds = [
  'data',
  'chart',
  'editor',
  'backtest',
  'optimiser',
  'runs',
  'report',
  'jobs',
  'problems',
  'settings',
  'replay',
  'blotter',
  'live',
  'notifications',
  'alerts',
  'futures',
  'ladder',
] as const
export type PanelId = (typeof panelIds)[number]

/** "Chart, go there": a moment of an instrument, and the trade that is meant when there is one. */
export interface Focus {
  readonly instrument: string
  /** UTC epoch milliseconds. */
  readonly time: number
  readonly exitTime: number | null
  readonly tradeIndex: number | null
  /** Bars on which it happened, e.g. those of a run; absent keeps the chart's. */
  readonly interval?: string
}

/** A place in a strategy's text, both 1-based. */
export interface Place {
  readonly strategy: string
  readonly line: number
  readonly column: number
}

/** What the user chose once and every screen follows. */
export interface Preferences {
  readonly theme: 'system' | 'dark' | 'light'
  readonly language: 'en' | 'zh'
  /** `us`: green up, red down. `cn`: red up, green down. `safe`: blue up, orange down. */
  readonly colours: 'us' | 'cn' | 'safe'
  readonly density: 'compact' | 'comfortable'
  readonly zone: 'exchange' | 'utc' | 'local'
}

export type Severity = 'info' | 'warning' | 'error'

/** What `notify` takes. */
export interface NoticeInput {
  readonly severity: Severity
  readonly text: string
  readonly action?: { readonly label: string; run(): void }
}

/** A notice on the screen. */
export interface Notice extends NoticeInput {
  readonly id: number
}
