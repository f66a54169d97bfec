import type { Gives } from '../contract/contract.ts'

export type Backup = Gives<'backup.list'>['backups'][number]

export interface BackupWork {
  readonly ended: Promise<void>
  /** Nothing is left of it. */
  cancel(): Promise<void>
}

/** Copies of the data folder. Names are `yyyyMMdd-HHmmss` in UTC. */
export interface BackupPort {
  readonly folder: string
  /** Newest first; a folder that is no whole backup is not among them. */
  list(): Promise<Backup[]>
  /** A name that is free. */
  nextName(now: number): string
  create(name: string, now: number, progress: (doneBytes: number, totalBytes: number) => void): BackupWork
  /** What is wrong, in the words of what found it; none: it can be restored. `backup.unknown`. */
  verify(name: string): Promise<string[]>
  /** Marks what the next start puts in place; null: nothing. */
  setPending(name: string | null): Promise<void>
  pending(): Promise<string | null>
  delete(name: string): Promise<void>
}
