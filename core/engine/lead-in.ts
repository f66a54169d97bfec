import type { Market } from '../broker/market.ts'
import type { BarMerge } from './bar-merge.ts'
import type { StrategyHost } from './strategy-host.ts'

/** Lets every line and every coarse bar stand where the lead-in ends; nobody is told of its bars. */
export function skipLeadIn(merge: BarMerge, hosts: readonly StrategyHost[], until: number): void {
  merge.skipTo(until)
  for (const { runtime } of hosts) {
    for (const { feed, instrument } of runtime.coarseFeeds.running) {
      feed.advance((runtime.account.markets[instrument] as Market).i, until)
    }
  }
}
