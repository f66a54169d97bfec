import type { MarketSource } from '../../blotter/market-source.ts'
import { RateBudget } from '../../blotter/rate-budget.ts'
import type { ReconnectPorts } from '../../blotter/reconnecting.ts'
import { createReplaySource, type RecordedMarket } from '../../blotter/replay-source.ts'
import { createSimulatedSource } from '../../blotter/simulated-source.ts'
import type { SourceConfig } from '../../workstation/ports.ts'
import type { CurveKeys } from '../wire/wire-publisher.ts'

const ports: ReconnectPorts = {
  clock: { now: Date.now },
  random: Math.random,
  after(delayMs, call) {
    const timer = setTimeout(call, delayMs)
    return () => clearTimeout(timer)
  },
  budget: new RateBudget(5, 5),
}

function every(everyMs: number, call: () => void): () => void {
  const timer = setInterval(call, everyMs)
  return () => clearInterval(timer)
}

/** A source on this machine's clock and network, as its configuration says; a venue's library is loaded with its first source. */
export async function openSource(
  config: SourceConfig,
  { recorded, keys }: { readonly recorded: RecordedMarket; readonly keys: () => Promise<CurveKeys> },
): Promise<MarketSource> {
  switch (config.kind) {
    case 'simulated':
      return createSimulatedSource(config, { now: Date.now, every })
    case 'replay':
      return createReplaySource(config, { now: Date.now, every, recorded })
    case 'blotter': {
      const { createBlotterSource } = await import('./blotter-source.ts')
      const { silentSeconds, serverKey, ...options } = config
      const curve = serverKey === undefined ? {} : { curve: { serverKey, keys: await keys() } }
      return createBlotterSource({ ...options, ...curve, silentMs: silentSeconds * 1000 }, { now: Date.now, every })
    }
    case 'exchange': {
      const { createExchangeSource } = await import('./exchange-source.ts')
      const { silentSeconds, ...options } = config
      return createExchangeSource({ ...options, reconnect: { silentMs: silentSeconds * 1000 } }, ports)
    }
    case 'ib': {
      const { createIbSource } = await import('./ib-source.ts')
      const { silentSeconds, ...options } = config
      return createIbSource({ ...options, reconnect: { silentMs: silentSeconds * 1000 } }, ports)
    }
  }
}
