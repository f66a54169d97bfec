import type { z } from 'zod'
import { alertSchema, firingSchema } from '../../contract/channels/alerts.ts'
import { DomainError } from '../../domain/errors.ts'
import type { JsonValue, SettingsStore } from '../../stores/settings-store.ts'

export type Alert = z.output<typeof alertSchema>
export type Firing = z.output<typeof firingSchema>

/** An alert as it is kept: a new revision whenever it is stored or armed. */
export interface KeptAlert extends Alert {
  readonly revision: string
}

/** What the watch knows of a revision. */
export interface AlertState {
  readonly revision: string
  /** Moments after this one may fire it. */
  readonly since: number
  readonly fired: number
  readonly firedAt: number | null
  readonly trouble: string | null
}

const keys = { alerts: 'alerts', states: 'alert-states', log: 'alert-log' } as const
const keptFirings = 500

/**
 * Alerts, their states and what fired, in the settings of the store. Alerts are written by whoever edits them, states and
 * log by the one process that watches: so the two never overwrite each other.
 */
export function createAlertBook(settings: SettingsStore) {
  const alerts = async (): Promise<KeptAlert[]> => {
    const rows = listOf(await settings.get(keys.alerts))
    return rows.flatMap((row) => {
      const { revision, ...alert } = row as { revision?: unknown }
      const read = alertSchema.safeParse(alert)
      return read.success ? [{ ...read.data, revision: String(revision) }] : []
    })
  }
  const states = async (): Promise<Map<string, AlertState>> => {
    const stored = (await settings.get(keys.states)) as Record<string, AlertState> | null
    return new Map(Object.entries(stored ?? {}))
  }
  const log = async (): Promise<Firing[]> => {
    const rows = listOf(await settings.get(keys.log))
    return rows.flatMap((row) => {
      const read = firingSchema.safeParse(row)
      return read.success ? [read.data] : []
    })
  }
  const putAll = (rows: readonly KeptAlert[]) => settings.set(keys.alerts, plain(rows))
  return {
    alerts,
    states,
    log,
    async put(alert: KeptAlert): Promise<void> {
      await putAll([...(await alerts()).filter(({ id }) => id !== alert.id), alert])
    },
    /** Throws `alert.unknown`. */
    async find(id: string): Promise<KeptAlert> {
      const found = (await alerts()).find((each) => each.id === id)
      if (found === undefined) throw new DomainError('alert.unknown', { alert: id })
      return found
    },
    async remove(id: string): Promise<void> {
      await putAll((await alerts()).filter((each) => each.id !== id))
    },
    putStates: (known: ReadonlyMap<string, AlertState>) => settings.set(keys.states, plain(Object.fromEntries(known))),
    async append(firings: readonly Firing[]): Promise<void> {
      const newestFirst = [...firings].reverse()
      await settings.set(keys.log, plain([...newestFirst, ...(await log())].slice(0, keptFirings)))
    },
  }
}

export type AlertBook = ReturnType<typeof createAlertBook>

function listOf(stored: JsonValue | null): JsonValue[] {
  return Array.isArray(stored) ? stored : []
}

function plain(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue
}
