import { join } from 'node:path'
import pino from 'pino'
import type { Role } from './roles.ts'

/** A call that changed something, or tried to. What it carried is not written: it may be a secret. */
export interface AuditLine {
  readonly role: Role
  readonly request: string
  /** HTTP status of the answer. */
  readonly status: number
  readonly ms: number
  /** Idempotency-Key; empty: none. */
  readonly key: string
  /** Ids of what it was about, e.g. session and order. */
  readonly ids: Readonly<Record<string, string | number>>
}

/** Appends lines of JSON to `logs/audit.log` of the data folder; each is with the system before the answer leaves. */
export function openAudit(home: string): { write(line: AuditLine): void; close(): void } {
  const destination = pino.destination({ dest: join(home, 'logs', 'audit.log'), mkdir: true, sync: true, append: true })
  const logger = pino({ base: { pid: process.pid } }, destination)
  return { write: (line) => logger.info(line), close: () => destination.end() }
}

const idNames = ['session', 'order', 'run', 'job', 'alert', 'notice', 'channel', 'instrument', 'name'] as const

/** The ids in what was asked and answered. */
export function idsOf(...documents: readonly unknown[]): Record<string, string | number> {
  const ids: Record<string, string | number> = {}
  for (const document of documents) {
    for (const name of idNames) {
      const value = (document as Record<string, unknown> | null)?.[name]
      if (typeof value === 'string' || typeof value === 'number') ids[name] = value
    }
  }
  return ids
}
