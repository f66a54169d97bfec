interface Timer {
  readonly at: number
  readonly call: () => void
}

/** A clock and timers that move only when told; promises that wait settle in between. */
export interface SimulatedTime {
  now(): number
  after(delayMs: number, call: () => void): () => void
  /** Moves on, calling each timer at its time. */
  advance(ms: number): Promise<void>
}

export function simulatedTime(start = 0): SimulatedTime {
  let now = start
  const timers = new Set<Timer>()
  const settle = async () => {
    for (let turn = 0; turn < 8; turn++) await Promise.resolve()
  }
  return {
    now: () => now,
    after(delayMs, call) {
      const timer = { at: now + Math.max(0, delayMs), call }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    async advance(ms) {
      const end = now + ms
      await settle()
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
        if (next === undefined) break
        timers.delete(next)
        now = Math.max(now, next.at)
        next.call()
        await settle()
      }
      now = end
    },
  }
}
