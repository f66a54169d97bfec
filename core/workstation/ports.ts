import type { z } from 'zod'
import type { MarketSource } from '../blotter/market-source.ts'
import type { Wire } from '../blotter/wire/wire-port.ts'
import type { sourceSchema } from '../contract/blotter-schemas.ts'
import type { badRowSchema, importRecipeSchema, paramSpecSchema, problemSchema } from '../contract/schemas.ts'
import type { BarSeries } from '../domain/bar-series.ts'
import type { DomainError } from '../domain/errors.ts'
import type { InstrumentRecord } from '../domain/instrument.ts'
import type { MarketSeriesByKind, QuoteColumns, TickColumns } from '../domain/market-columns.ts'
import type { Clock } from '../lib/clock.ts'
import type { DeliveryStore } from '../stores/delivery-store.ts'
import type { RunLogLine } from '../stores/run-records.ts'
import type { KeptStores, Sha256 } from '../stores/stores.ts'
import type { Vault } from '../stores/vault.ts'
import type { ArchivePlace } from './archive-place.ts'
import type { BackupPort } from './backup-port.ts'
import type { CompiledStrategy } from './compiled-strategy.ts'
import type { TableExportPort } from './export-port.ts'
import type { KernelInput, KernelResult } from './kernel-types.ts'
import type { LivePort } from './live/live-port.ts'
import type { NoticeSenderPort } from './notifications/notice-sender-port.ts'
import type { ReplayPort } from './replay-port.ts'
import type { StoreChoicePort } from './store-choice-port.ts'
import type { TrialPort } from './trial-port.ts'

export type { CompiledStrategy } from './compiled-strategy.ts'
export type { Kernel, KernelInput, KernelResult } from './kernel-types.ts'

export type SourceConfig = z.output<typeof sourceSchema>
export type ParamSpec = z.output<typeof paramSpecSchema>
export type Problem = z.output<typeof problemSchema>
export type ImportRecipe = z.output<typeof importRecipeSchema>
export type BadRow = z.output<typeof badRowSchema>

/** Where a strategy's modules come from: a folder of this machine, or the texts of a capsule. */
export type StrategyOrigin =
  | { readonly kind: 'folder'; readonly folder: string; readonly entry: string }
  | { readonly kind: 'sources'; readonly sources: Readonly<Record<string, string>>; readonly entry: string }

export interface CheckedStrategy {
  readonly bundle: CompiledStrategy
  readonly problems: readonly Problem[]
  /** True: its modules may keep something from one run to the next in the same realm. */
  readonly keepsState: boolean
  readonly title: string
  readonly params: readonly ParamSpec[]
}

export interface CompilerPort {
  check(origin: StrategyOrigin): Promise<CheckedStrategy>
  bundle(origin: StrategyOrigin): Promise<CompiledStrategy>
}

type StrategyLine = ReturnType<typeof import('../engine/kernel.ts').listLines>[number]

export interface EngineRun<Result = KernelResult> {
  readonly result: Promise<Result>
  /** Instrument-bars done so far. */
  done(): number
  /** What a run that failed or was cancelled had logged; nothing when its worker had to be killed. */
  log(): readonly RunLogLine[]
  cancel(): void
}

export interface EnginePort {
  run(task: { readonly bundle: CompiledStrategy; readonly input: KernelInput }): EngineRun
  /** What the strategy hangs on the instrument of that position; nothing is simulated. */
  lines(task: {
    readonly bundle: CompiledStrategy
    readonly input: KernelInput
    readonly instrument: number
  }): EngineRun<StrategyLine[]>
  readonly busy: number
  readonly size: number
}

export interface ImportPreview {
  readonly recipe: ImportRecipe
  readonly doubts: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly badRows: readonly BadRow[]
  readonly bytes: number
  readonly estimatedRows: number
  readonly suggestedInstrument: InstrumentRecord
  /** The first bars. */
  readonly bars: BarSeries
  /** Contracts that the file's beginning names, when there are several; `recipe.pick` chooses one. */
  readonly picks?: readonly string[]
}

export interface ImportedFile {
  readonly series: BarSeries
  readonly interval: string
  readonly rows: number
  readonly badRows: readonly BadRow[]
  readonly badRowCount: number
}

export interface ImportControl {
  onProgress(doneBytes: number, totalBytes: number): void
  cancelled(): boolean
}

export interface ImporterPort {
  inspect(path: string, recipe: ImportRecipe | null): Promise<ImportPreview>
  import(path: string, recipe: ImportRecipe, control: ImportControl): Promise<ImportedFile>
  /** A file of ticks or quotes; times that name no zone are of this one. */
  ticks(path: string, zone: string): Promise<TickColumns>
  quotes(path: string, zone: string): Promise<QuoteColumns>
  /** The same as they are kept, with ids and takers. */
  market<Kind extends 'tick' | 'quote'>(path: string, kind: Kind, zone: string): Promise<MarketSeriesByKind[Kind]>
}

/** The strategies folder and the templates that came with the app. */
export interface StrategyFilesPort {
  list(): Promise<{ name: string; title: string; updatedAt: number; size: number }[]>
  read(name: string): Promise<{ code: string; updatedAt: number }>
  /** Atomic: the old text or the new, never half of one. */
  write(name: string, code: string): Promise<{ updatedAt: number }>
  create(name: string, code: string): Promise<void>
  rename(name: string, to: string): Promise<void>
  delete(name: string): Promise<void>
  templates(): Promise<{ id: string; title: { en: string; zh: string }; code: string }[]>
  origin(name: string): StrategyOrigin
  /** Origin of a file outside the folder. */
  originOf(path: string): Promise<StrategyOrigin>
}

/** Files of a report by name; a format that is one file has it under ''. */
export type ReportFiles = Readonly<Record<string, string | Uint8Array>>

/** Where reports go. */
export interface ReportFilesPort {
  /** One file to `path`; several into the folder `path`, into an archive when it ends in `.zip`, only the trades at `.csv`. */
  write(path: string, files: ReportFiles): Promise<{ readonly path: string; readonly bytes: number }>
  /** One file as text or base64; several as one archive. */
  pack(files: ReportFiles): {
    readonly encoding: 'utf-8' | 'base64'
    readonly content: string
    readonly bytes: number
  }
  /** Prints a page as PDF; null where there is nothing to print with. */
  readonly printPdf: ((html: string) => Promise<Uint8Array>) | null
}

/** What the host knows about itself. */
export interface HostFacts {
  readonly version: string
  /** Hash of the kernel's text: two runs with the same build behave alike. */
  readonly engineBuild: string
  readonly runtime: string
  readonly home: string
  /** Type declarations of the module `tickwright`. */
  readonly declarations: string
}

/** Everything the workstation needs from outside; core does no I/O of its own. */
export interface Ports {
  readonly stores: KeptStores
  readonly storeBytes: () => Promise<number>
  /** What opening the store had to repair. */
  readonly storeNotices: readonly DomainError[]
  readonly vault: Pick<Vault, 'state' | 'unlock'>
  readonly storeChoice: StoreChoicePort
  readonly backups: BackupPort
  /** Null where a server keeps the data. */
  readonly archive: ArchivePlace | null
  readonly storeState: () => 'ready' | 'recovering' | 'failed'
  readonly compiler: CompilerPort
  readonly engine: EnginePort
  readonly trials: TrialPort
  readonly replays: ReplayPort
  readonly live: LivePort
  readonly notifications: { readonly sender: NoticeSenderPort; readonly deliveries: DeliveryStore }
  readonly importer: ImporterPort
  readonly strategies: StrategyFilesPort
  readonly reportFiles: ReportFilesPort
  readonly tables: TableExportPort
  readonly clock: Clock
  readonly sha256: Sha256
  /** Text that was never given before on this machine, e.g. for run and job ids. */
  readonly nextId: () => string
  /** Calls back about `everyMs` apart until the returned function is called. */
  readonly every: (everyMs: number, call: () => void) => () => void
  /** Calls back once after a delay unless the returned function is called first. */
  readonly after: (delayMs: number, call: () => void) => () => void
  /** A source of market data as configured; it does nothing before it is started. */
  readonly openSource: (config: SourceConfig) => Promise<MarketSource>
  /** Opens the wire of a blotter, encrypted when `allowed` says for whom; `wire.unprotected`, `wire.address`, `vault.locked`. */
  readonly openWire: (options: {
    readonly host: string
    readonly port: number
    readonly allowed?: readonly string[] | undefined
  }) => Promise<Wire>
  /** Public key of this data folder on the wire. */
  readonly wireKey: () => Promise<string>
  readonly facts: HostFacts
  /** Closes in order and starts again; null where only the user can. */
  readonly restart: (() => void) | null
}
