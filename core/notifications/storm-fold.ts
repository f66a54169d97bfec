import { causeOf, type Notice } from './notice.ts'

/** A message as it is sent: the first notice of its cause, and how many more there were. */
export interface Folded {
  readonly notice: Notice
  /** Notices that it stands for. */
  readonly count: number
}

interface Storm {
  readonly until: number
  last: Notice | null
  count: number
}

/**
 * Lets the first notice of a cause pass at once, counts those that follow, and tells them as one when the time is over.
 * No notice is lost: the counts of all messages add up to the notices that came.
 */
export class StormFold {
  readonly #storms = new Map<string, Storm>()

  /** The message to send now; null: it was counted. `critical` notices are never held back. */
  take(notice: Notice, foldMs: number): Folded | null {
    if (notice.level === 'critical' || foldMs <= 0) return { notice, count: 1 }
    const cause = causeOf(notice)
    const storm = this.#storms.get(cause)
    if (storm === undefined || notice.at >= storm.until) {
      const waiting = storm?.last ?? null
      const held = storm?.count ?? 0
      this.#storms.set(cause, { until: notice.at + foldMs, last: null, count: 0 })
      return waiting === null ? { notice, count: 1 } : { notice, count: held + 1 }
    }
    storm.last = notice
    storm.count++
    return null
  }

  /** What was held back and whose time is over. */
  due(now: number): Folded[] {
    const due: Folded[] = []
    for (const [cause, { until, last, count }] of this.#storms) {
      if (now < until) continue
      this.#storms.delete(cause)
      if (last !== null) due.push({ notice: last, count })
    }
    return due
  }

  /** Everything that is held back, for the end of the service. */
  flush(): Folded[] {
    return this.due(Number.POSITIVE_INFINITY)
  }
}
