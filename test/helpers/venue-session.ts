import type { Takes } from '../../core/contract/contract.ts'
import type { RunningService } from './a-service.ts'
import { paperConfig } from './live-session.ts'
import { standInKeys } from './venues/exchange-private.ts'

export const venueInstrument = 'SOLUSDT.BINANCE'

/** Does nothing by itself: these orders are given by hand. */
export const idleText = `import { Strategy } from 'tickwright'

export default class Idle extends Strategy {
  onBar() {}
}
`

/** Lets the blotter hear a stand-in exchange, and adds its account `mine` with the keys. */
export async function connectVenue({ call, strategy }: RunningService, url: string): Promise<void> {
  await strategy('idle.ts', idleText)
  await call('blotter.configure', {
    config: {
      graceMs: 100,
      sources: [{ kind: 'exchange', name: 'binance', exchange: 'binance', market: 'spot', gateway: url }],
      instruments: [
        {
          ...{ instrument: venueInstrument, source: 'binance', symbol: 'SOL/USDT', kinds: ['tick'], intervals: ['1m'] },
          ...{ record: ['bar'], retentionDays: null, backfillDays: 0 },
        },
      ],
    } as Takes<'blotter.configure'>['config'],
  })
  await call('account.put', {
    account: { kind: 'exchange', id: 'mine', exchange: 'binance', market: 'spot', gateway: url, pollMs: 300 },
  })
  await call('account.secret', { account: 'mine', name: 'apiKey', secret: standInKeys.apiKey })
  await call('account.secret', { account: 'mine', name: 'secret', secret: standInKeys.secret })
}

/** A session on that account whose orders are given by hand. */
export const venueConfig: Takes<'live.start'> = {
  ...paperConfig,
  ...{
    strategy: { kind: 'saved', name: 'idle.ts' },
    instruments: [venueInstrument],
    fillPolicy: 'tick',
    account: 'mine',
  },
  ...{ commission: { kind: 'none' }, warmupBars: 0 },
}

export const venueTicket = {
  ...{ instrument: venueInstrument, side: 'buy' as const, quantity: 2, stopEntry: null, limit: null, trailBy: null },
  ...{ target: null, stop: null, valid: null },
}
