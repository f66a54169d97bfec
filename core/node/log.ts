import { mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'

/** The log of one data folder: JSON lines in `logs/tickwright.log`, one older file kept. */
export interface Log {
  error(failure: unknown, what: string): void
  info(what: string): void
  /** Folder, to be shown to the user. */
  readonly folder: string
}

const largestFile = 5_000_000

/** Paths and codes may be written; what a user's strategy or account says may not, hence no request bodies here. */
export function openLog(home: string): Log {
  const folder = join(home, 'logs')
  const path = join(folder, 'tickwright.log')
  mkdirSync(folder, { recursive: true })
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largestFile) renameSync(path, `${path}.1`)
  const logger = pino({ base: { pid: process.pid } }, pino.destination({ dest: path, sync: true, append: true }))
  return {
    folder,
    error: (failure, what) => logger.error({ err: failure }, what),
    info: (what) => logger.info(what),
  }
}
