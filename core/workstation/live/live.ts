import type { Accounts } from '../accounts.ts'
import type { BarService } from '../bars.ts'
import type { Ports } from '../ports.ts'
import type { Topics } from '../topics.ts'
import { answerOthers, askingHost } from './ask-host.ts'
import { type LiveHandlers, liveRequests } from './live-requests.ts'
import { createLiveSessions, type MarketFeed } from './live-sessions.ts'

/** Live trading of a workstation. */
export interface Live {
  readonly handlers: LiveHandlers
  /** Lets go of the sessions: the next start goes on with them. */
  stop(): Promise<void>
}

/** The host runs the sessions, and goes on with those that ran; others ask it. */
export function createLive(
  ports: Ports,
  bars: BarService,
  sides: { readonly market: MarketFeed; readonly accounts: Accounts },
  topics: Topics,
): Live {
  const sessions = createLiveSessions(ports, bars, sides, topics)
  const handlers = liveRequests(ports, sessions, topics)
  if (!ports.live.isHost) return { handlers: askingHost(ports, handlers), stop: () => sessions.stop() }
  const stopAnswering = answerOthers(ports, handlers)
  const revived = sessions.revive()
  revived.catch(() => undefined)
  return {
    handlers,
    async stop() {
      stopAnswering()
      await revived.catch(() => undefined)
      await sessions.stop()
    },
  }
}
