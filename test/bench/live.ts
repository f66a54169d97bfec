import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { VenueIntent } from '../../core/broker/venue/venue-messages.ts'
import { createBarSeries } from '../../core/domain/bar-series.ts'
import { noLimits } from '../../core/engine/live/risk-limits.ts'
import { createLiveHost } from '../../core/node/live/live-host.ts'
import { createLiveStores } from '../../core/node/live/live-ledger-client.ts'
import { placesOf } from '../../core/node/places.ts'
import { bundleStrategy } from '../../core/node/strategy/bundle.ts'
import type { LiveInput } from '../../core/workstation/live/live-port.ts'
import { type LiveRecord, storedBars } from '../../core/workstation/live/live-record.ts'
import { LiveSession } from '../../core/workstation/live/live-session.ts'
import type { VenueLine } from '../../core/workstation/live/venue-port.ts'
import type { Row } from './table.ts'
import { workloadInstrument } from './workloads.ts'

/** An order with every so many prints. */
const strategyText = (every: number) => `import { type Instrument, Strategy } from 'tickwright'

export default class Prompt extends Strategy {
  count = 0
  onTick(i: Instrument) {
    if (this.count++ % ${every} === 0) i.buy(1)
  }
}
`

/** From a print that the session is given to its order at the adapter, the journal written to disk in between. */
export async function benchLive(outFolder: string): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tickwright-bench-'))
  const worker = (name: string) => pathToFileURL(join(outFolder, 'main', `${name}.js`))
  const { kernel } = placesOf(outFolder)
  const host = createLiveHost(worker('live-worker'), kernel)
  const stores = createLiveStores(worker('live-ledger-worker'), { home: folder, mayRepair: true })
  // Worker threads do not keep the process
  const alive = setInterval(() => undefined, 60_000)
  try {
    const commit = await commits(stores.ledger)
    const idle = await session(stores, host, { every: 1, ticks: 300, perTurn: 1, turnMs: 20 })
    const busy = await session(stores, host, { every: 100, ticks: 50_000, perTurn: 10, turnMs: 1 })
    const row = (name: string, seconds: number, baselineSeconds: number, goal: string): Row => {
      return { name, seconds, baseline: 'one entry on disk', baselineSeconds, goal }
    }
    return [
      row('print → order at the adapter, quiet: median', at(idle.waits, 0.5), at(commit, 0.5), ''),
      row('the same, 99 of 100', at(idle.waits, 0.99), at(commit, 0.99), '< 5 ms'),
      row(`the same at ${Math.round(busy.perSecond)} prints/s: median`, at(busy.waits, 0.5), at(commit, 0.5), ''),
      row('the same, 99 of 100', at(busy.waits, 0.99), at(commit, 0.99), '< 5 ms'),
    ]
  } finally {
    await host.close()
    await stores.close()
    clearInterval(alive)
    rmSync(folder, { recursive: true, force: true })
  }
}

type Stores = ReturnType<typeof createLiveStores>

const record = { createdAt: 0, record: {}, state: 'running', endedAt: null, error: null } as const

/** What one synchronous commit of the journal takes by itself. */
async function commits(ledger: Stores['ledger']): Promise<number[]> {
  await ledger.create({ id: 'commits', ...record })
  const waits: number[] = []
  for (let seq = 1; seq <= 300; seq++) {
    const begin = performance.now()
    await ledger.append([{ session: 'commits', seq, at: 0, kind: 'log', data: { text: 'x'.repeat(200) } }])
    waits.push((performance.now() - begin) / 1000)
  }
  return waits
}

interface Load {
  /** Prints between two orders. */
  readonly every: number
  readonly ticks: number
  readonly perTurn: number
  readonly turnMs: number
}

async function session(
  { ledger }: Stores,
  host: ReturnType<typeof createLiveHost>,
  { every, ticks, perTurn, turnMs }: Load,
): Promise<{ readonly waits: number[]; readonly perSecond: number }> {
  const id = `live-${every}`
  const text = strategyText(every)
  const bundle = await bundleStrategy('prompt.ts', async (name) => (name === 'prompt.ts' ? text : undefined))
  const input = {
    ...liveInput,
    instruments: [{ record: workloadInstrument('SIM-1'), bars: createBarSeries(0), interval: '1m' }],
  }
  const engine = await host.open({ bundle, input: input as LiveInput })
  await ledger.create({ id, ...record })
  const given = new Map<number, number>()
  const waits: number[] = []
  const venue: VenueLine = {
    send(intents: readonly VenueIntent[]) {
      const now = performance.now()
      for (const intent of intents) {
        if (intent.kind !== 'place') continue
        const { id, quantity, at: time } = intent
        waits.push((now - (given.get(time) ?? Number.NaN)) / 1000)
        // Filled at once, so that what works does not grow
        const costs = { fee: 0, unitFee: 0, otherFee: '' }
        live.report({ kind: 'fill', id, trade: id, time, quantity, price: 100, ...costs })
      }
    },
    resume: () => undefined,
    abandon: async () => undefined,
    close: async () => undefined,
  }
  const live = new LiveSession({
    ...{ id, createdAt: 0, engine, ledger, venue, seq: 0, now: () => base, state: await engine.state() },
    record: { venue: { prefix: 'tw-bench' }, history: [storedBars(createBarSeries(0))] } as unknown as LiveRecord,
    listener: { changed: () => undefined, news: () => undefined },
  })
  const begin = performance.now()
  let last: Promise<unknown> = Promise.resolve()
  for (let k = 0; k < ticks; ) {
    for (let n = 0; n < perTurn && k < ticks; n++, k++) {
      const time = base + k
      given.set(time, performance.now())
      last = live.push({ kind: 'tick', instrument: 0, data: { time, price: 100 + (k % 7) / 100, size: 1 } })
    }
    const due = begin + (k / perTurn) * turnMs
    const wait = due - performance.now()
    if (wait > 0) await new Promise((done) => setTimeout(done, wait))
    else await new Promise((done) => setImmediate(done))
  }
  await last
  const perSecond = ticks / ((performance.now() - begin) / 1000)
  await live.end('stopped', null)
  return { waits, perSecond }
}

const base = Date.UTC(2026, 10, 28)

const liveInput = {
  ...{ params: {}, cash: 1e12, commission: { kind: 'none' }, slippage: { kind: 'none' }, fillPolicy: 'tick', seed: 1 },
  ...{ limits: noLimits, leadIn: base - 1, broker: { lots: 'whole' }, venue: { prefix: 'tw-bench' } },
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
