import type { StateCreator } from 'zustand'
import type {
  AppInfo,
  Coverage,
  Focus,
  Instrument,
  Job,
  Notice,
  NoticeInput,
  PanelId,
  Place,
  Preferences,
  Problem,
  ServiceState,
  StrategyFile,
  Template,
} from './types.ts'

/** What the panels look at together. */
export interface WorkspaceState {
  instrument: string | null
  interval: string
  run: string | null
  compareRun: string | null
  strategy: string | null
  focus: Focus | null
  /** The last wish to see a panel; `sequence` grows so that a repeated wish is heard. */
  panelRequest: { readonly panel: PanelId; readonly sequence: number } | null
  /** Selects an instrument; the interval follows when the new one has nothing that can show the present one. */
  selectInstrument(id: string | null): void
  selectInterval(interval: string): void
  /** Selects a run and brings the report forward; null only clears. */
  openRun(run: string | null): void
  /** Selects a run without bringing any panel forward. */
  selectRun(run: string | null): void
  compareWith(run: string | null): void
  openStrategy(name: string | null): void
  /** A place in a strategy's text that the editor should show; `sequence` grows so that a repeated wish is heard. */
  place: (Place & { readonly sequence: number }) | null
  /** Brings the editor forward at a line and column, both 1-based. */
  openPlace(place: Place): void
  /** Brings the chart forward at a moment of an instrument. */
  goTo(focus: Focus | null): void
  openPanel(panel: PanelId): void
}

/** Replica of what the service holds; `connect` keeps it fresh from the topics. */
export interface CatalogueState {
  instruments: Instrument[]
  coverage: Coverage[]
  strategies: StrategyFile[]
  templates: Template[]
  jobs: Record<string, Job>
  /** Null until the service answered. */
  info: AppInfo | null
  service: ServiceState | null
  /** Where the first load of the catalogue stands; `failed` keeps the error for the screen. */
  catalogue:
    | { readonly state: 'loading' }
    | { readonly state: 'ready' }
    | { readonly state: 'failed'; readonly error: unknown }
  problems: { strategy: string; problems: Problem[] }
  /** Grows when a run was stored, finished, annotated or deleted: a list of runs reads again. */
  runsVersion: number
  refreshCatalogue(): Promise<void>
  refreshData(): Promise<void>
  refreshStrategies(): Promise<void>
  setProblems(strategy: string, problems: Problem[]): void
  putJob(job: Job): void
  cancelJob(job: string): Promise<void>
  pauseJob(job: string, paused: boolean): Promise<void>
}

/** How everything is shown. */
export interface PreferenceState extends Preferences {
  /** Changes preferences at once and stores them; a store that refuses is reported, the choice stays for the session. */
  setPreference(patch: Partial<Preferences>): void
  /** Reads what was stored; called once at start. */
  loadPreferences(): Promise<void>
}

/** What was said to the user. */
export interface NoticeState {
  /** Notices of this session, oldest first, at most 50. */
  notices: Notice[]
  /** Ids of the notices still on the screen as toasts. */
  toasts: number[]
  notify(notice: NoticeInput): void
  /** Says the sentence of a failure. */
  notifyError(error: unknown): void
  dismiss(id: number): void
}

/** Everything more than one panel knows: a replica of the service's catalogue, what is selected, and how it is shown. */
export type State = WorkspaceState & CatalogueState & PreferenceState & NoticeState

/** A part of the state with its actions; it may read and set the whole. */
export type Slice<Part> = StateCreator<State, [], [], Part>
