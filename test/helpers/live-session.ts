import type { Takes } from '../../core/contract/contract.ts'
import { noLimits } from '../../core/engine/live/risk-limits.ts'
import type { RunningService } from './a-service.ts'

/** Trades every few bars, with everything an order can have. */
export const busyText = `import { type Instrument, type Order, Strategy, sma } from 'tickwright'

export default class Busy extends Strategy<never, 'mean'> {
  onStart() {
    this.each((i) => i.use('mean', sma(i.close, 3)))
  }

  onBar(i: Instrument<'mean'>) {
    this.record('mean', i.mean.now)
    if (i.flat) i.buy(10).target(i.last * 1.001).stop(i.last * 0.999)
    else if (i.barCount % 5 === 0) i.exit()
  }

  onFill(i: Instrument<'mean'>, order: Order) {
    this.notify(\`\${i} \${order.side} \${order.filled}\`)
  }
}
`

/** Settings of a paper session on the simulated market. */
export const paperConfig: Takes<'live.start'> = {
  strategy: { kind: 'saved', name: 'busy.ts' },
  params: {},
  instruments: ['SIM-A'],
  interval: '1m',
  cash: 100_000,
  commission: { kind: 'percent', rate: 0.0005 },
  slippage: { kind: 'none' },
  fillPolicy: 'pessimistic',
  seed: 1,
  warmupBars: 100,
  limits: noLimits,
  name: '',
}

/** Lets the blotter collect a simulated market of `instruments`, `speed` seconds of it in one. */
export async function simulatedMarket(
  { call, strategy }: RunningService,
  { instruments = ['SIM-A'], speed = 300, printsPerSecond = 1, interval = '1m' } = {},
): Promise<void> {
  await strategy('busy.ts', busyText)
  await call('blotter.configure', {
    config: {
      graceMs: 100,
      sources: [{ kind: 'simulated', name: 'simulation', seed: 7, printsPerSecond, speed }],
      instruments: instruments.map((instrument) => ({
        ...{ instrument, source: 'simulation', symbol: instrument, kinds: ['tick' as const], intervals: [interval] },
        ...{ record: ['bar' as const], retentionDays: null, backfillDays: 0 },
      })),
    },
  })
}
