import type { WireError } from '../../contract/wire-error.ts'
import type { BarStore } from '../../stores/bar-store.ts'
import type { InstrumentStore } from '../../stores/instrument-store.ts'
import type { MarketStore } from '../../stores/market-store.ts'
import type { OptimisationStore } from '../../stores/optimisation-store.ts'
import type { RevisionStore } from '../../stores/revision-store.ts'
import type { RunStore } from '../../stores/run-store.ts'
import type { SettingsStore } from '../../stores/settings-store.ts'
import type { OpenSqlStores } from '../sql/sql-stores.ts'
import type { StoreRole } from './sqlite-stores.ts'

type MethodsOf<Prefix extends string, Port> = {
  [Name in keyof Port & string as `${Prefix}.${Name}`]: Port[Name]
}

/** What the store thread does besides the ports. */
interface UpkeepMethods {
  bytes(): Promise<number>
  backup(): Promise<string[]>
  /** Checkpoints and closes; the last call. */
  close(): Promise<void>
}

/** Every call that crosses to the store thread, by name. */
export type StoreMethods = MethodsOf<'bars', BarStore> &
  MethodsOf<'market', MarketStore> &
  MethodsOf<'instruments', InstrumentStore> &
  MethodsOf<'runs', RunStore> &
  MethodsOf<'optimisations', OptimisationStore> &
  MethodsOf<'settings', SettingsStore> &
  MethodsOf<'revisions', RevisionStore> &
  MethodsOf<'store', UpkeepMethods>

export type StoreMethod = keyof StoreMethods

/** A database on a server, or an `influx://` URL with its secret. */
export type StoreServer = Omit<OpenSqlStores, 'clock'> | { readonly influx: string }

/** Given to the thread as `workerData`. */
export interface StoreWorkerData {
  readonly home: string
  readonly role: StoreRole
  /** A server in place of the folder's files. */
  readonly server?: StoreServer
}

export interface StoreRequest {
  readonly id: number
  readonly method: StoreMethod
  readonly args: readonly unknown[]
}

export type StoreReply =
  | { readonly kind: 'opened'; readonly notices: readonly WireError[] }
  | { readonly kind: 'refused'; readonly error: WireError }
  | { readonly kind: 'value'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly error: WireError }
