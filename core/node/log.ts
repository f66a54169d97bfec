import { once } from 'node:events'
import { mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'

/** The log of one data folder: JSON lines in `logs/tickwright.log`, one older file kept. */
export interface Log {
  error(failure: unknown, what: string): void
  info(what: string): void
  /** Folder, to be shown to the user. */
  readonly folder: string
  /** Gives the file back; what is said later is lost. */
  close(): Promise<void>
}

const largestFile = 5_000_000

/**
 * Paths and codes may be written; what a user's strategy or account says may not, hence no request bodies here.
 * Never throws: where nothing can be written (full disk, no permission) the work is worth more than its log.
 */
export function openLog(home: string): Log {
  const folder = join(home, 'logs')
  const destination = openDestination(folder)
  const logger = destination === undefined ? undefined : pino({ base: { pid: process.pid } }, destination)
  return {
    folder,
    error: (failure, what) => logger?.error({ err: failure }, what),
    info: (what) => logger?.info(what),
    async close() {
      if (destination === undefined) return
      const closed = once(destination, 'close')
      destination.end()
      await closed
    },
  }
}

function openDestination(folder: string) {
  try {
    mkdirSync(folder, { recursive: true })
    const path = join(folder, 'tickwright.log')
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largestFile) renameSync(path, `${path}.1`)
    const destination = pino.destination({ dest: openSync(path, 'a'), sync: true })
    // Without a listener a disk that is full would end the process.
    destination.on('error', () => undefined)
    return destination
  } catch {
    return undefined
  }
}
