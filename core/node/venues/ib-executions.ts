import type { Execution } from '@stoqey/ib'
import { zoneClock } from '../../data/zone-offsets.ts'

interface Fee {
  readonly amount: number
  readonly currency: string
}

/** TWS tells what an execution costs in a message of its own, usually at once. */
const feePatienceMs = 3_000

/** Brings executions and their commissions together; each execution is told once. */
export class IbExecutions {
  readonly #tell: (execution: Execution, fee: Fee | null) => void
  readonly #told = new Set<string>()
  readonly #waiting = new Map<string, { readonly execution: Execution; readonly timer: NodeJS.Timeout }>()
  readonly #fees = new Map<string, Fee>()

  constructor(tell: (execution: Execution, fee: Fee | null) => void) {
    this.#tell = tell
  }

  take(execution: Execution): void {
    const { execId = '' } = execution
    if (this.#told.has(execId) || this.#waiting.has(execId)) return
    const fee = this.#fees.get(execId)
    if (fee !== undefined) this.#tellOnce(execution, fee)
    else {
      const timer = setTimeout(() => this.#tellOnce(execution, null), feePatienceMs)
      this.#waiting.set(execId, { execution, timer })
    }
  }

  charge({
    execId = '',
    commission = 0,
    currency = '',
  }: {
    execId?: string
    commission?: number
    currency?: string
  }): void {
    const fee = { amount: commission, currency }
    this.#fees.set(execId, fee)
    const waiting = this.#waiting.get(execId)
    if (waiting !== undefined) this.#tellOnce(waiting.execution, fee)
  }

  /** True while an execution of that order waits for its commission. */
  isWaiting(id: string): boolean {
    return [...this.#waiting.values()].some(({ execution }) => execution.orderRef === id)
  }

  close(): void {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer)
  }

  #tellOnce(execution: Execution, fee: Fee | null): void {
    const { execId = '' } = execution
    clearTimeout(this.#waiting.get(execId)?.timer)
    this.#waiting.delete(execId)
    this.#told.add(execId)
    this.#tell(execution, fee)
  }
}

/** `20261128 10:00:00 US/Eastern`, or with a dash and UTC; what cannot be read is now. */
export function executionTime({ time }: Pick<Execution, 'time'>, now: number): number {
  const [, y, m, d, clock, zone] = /^(\d{4})(\d\d)(\d\d)[ -]+(\d\d:\d\d:\d\d)(?: (\S+))?$/.exec(String(time)) ?? []
  if (y === undefined) return now
  const local = Date.parse(`${y}-${m}-${d}T${clock}Z`)
  try {
    return zone === undefined ? local : zoneClock(zone).toUtc(local)
  } catch {
    return now
  }
}
