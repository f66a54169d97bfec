/** How a source tries again: each wait is up to twice the one before, and random, so that many sources do not come back at once. */
export interface ReconnectPolicy {
  readonly firstWaitMs: number
  readonly longestWaitMs: number
  /** A connection that held this long starts again with the first wait. */
  readonly steadyMs: number
  /** Silence after which a connection counts as dead; Infinity: never. */
  readonly silentMs: number
}

export const defaultReconnectPolicy: ReconnectPolicy = {
  firstWaitMs: 250,
  longestWaitMs: 30_000,
  steadyMs: 60_000,
  silentMs: 60_000,
}

/**
 * Wait before attempt `attempt` (1 = the first after a loss): between half and all of firstWait · 2^(attempt − 1), at
 * most the longest wait. `random` is in [0, 1).
 */
export function waitBefore(attempt: number, policy: ReconnectPolicy, random: number): number {
  const ceiling = Math.min(policy.longestWaitMs, policy.firstWaitMs * 2 ** Math.min(attempt - 1, 30))
  return ceiling * (0.5 + random / 2)
}
