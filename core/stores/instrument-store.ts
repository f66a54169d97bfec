import type { InstrumentRecord } from '../domain/instrument.ts'

/** Descriptions of instruments, by id. Bars live in the BarStore; deleting here does not touch them. */
export interface InstrumentStore {
  /** All, by id. */
  list(): Promise<InstrumentRecord[]>
  get(id: string): Promise<InstrumentRecord | null>
  /** Inserts or replaces. */
  put(instrument: InstrumentRecord): Promise<void>
  /** False when there was none. */
  delete(id: string): Promise<boolean>
}
