import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type WebSocket, WebSocketServer } from 'ws'
import { noLimits } from '../../core/engine/live/risk-limits.ts'
import { callService, type Service } from '../../core/node/call-service.ts'
import { startServer } from '../../core/node/http/server.ts'
import { startService } from '../../core/node/service.ts'
import { monotonicMs, percentile } from './late.ts'
import type { Row } from './table.ts'

const clients = 50
const messages = 500
const everyMs = 10
const strategies = 200
const bars = 20

interface Late {
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

/** Many at once: programs that listen to the service, and strategies on one feed. */
export async function benchCrowd(outFolder: string): Promise<Row[]> {
  const [ours, bare] = [await throughService(), await throughBareSocket()]
  const row = (name: string, own: number, plain: number, goal: string): Row => {
    return { name, seconds: own / 1_000, baseline: 'bare WebSocket', baselineSeconds: plain / 1_000, goal }
  }
  const [many, one] = [await sessionsOnFeed(outFolder, strategies), await sessionsOnFeed(outFolder, 1)]
  const feed = (name: string, own: number, plain: number): Row => {
    return { name, seconds: own / 1_000, baseline: 'one strategy', baselineSeconds: plain / 1_000, goal: '' }
  }
  return [
    row(`a topic at ${1_000 / everyMs}/s to ${clients} WebSockets: median`, ours.p50, bare.p50, ''),
    row('the same, 99 of 100', ours.p99, bare.p99, ''),
    feed(`closed bar → decided and on disk, ${strategies} strategies: median`, many.p50, one.p50),
    feed('the same, 99 of 100', many.p99, one.p99),
  ]
}

async function listeners(url: string, token: string): Promise<() => Promise<Late>> {
  const words = [join(import.meta.dirname, 'crowd-listener.ts'), url, `${messages}`, `${clients}`, token]
  const child = spawn(process.execPath, words, {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.stdout === null) throw new Error('no stdout')
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  await lines.next()
  return async () => JSON.parse((await lines.next()).value as string) as Late
}

async function paced(send: (payload: object) => void): Promise<void> {
  for (let k = 0; k < messages; k++) {
    send({ sentAt: monotonicMs(), session: 'live-1', text: 'x'.repeat(400) })
    await new Promise((next) => setTimeout(next, everyMs))
  }
}

async function throughService(): Promise<Late> {
  const told = new Set<(payload: never) => void>()
  const service = {
    subscribe(topic: string, listener: (payload: never) => void) {
      if (topic === 'live.changed') told.add(listener)
      return () => told.delete(listener)
    },
  } as unknown as Service
  const server = await startServer({ service, port: 0, tokens: { viewer: 'bench' }, version: '0' })
  const heard = await listeners(`ws://127.0.0.1:${server.port}/topics`, 'bench')
  const answer = heard()
  await paced((payload) => {
    for (const tell of told) tell(payload as never)
  })
  const late = await answer
  await server.close()
  return late
}

async function throughBareSocket(): Promise<Late> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  const sockets: WebSocket[] = []
  server.on('connection', (socket) => sockets.push(socket))
  await once(server, 'listening')
  const heard = await listeners(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, '-')
  const answer = heard()
  await paced((payload) => {
    for (const socket of sockets) socket.send(JSON.stringify({ topic: 'live.changed', payload }))
  })
  const late = await answer
  server.close()
  return late
}

const crossText = `import { crossedAbove, crossedBelow, type Instrument, Strategy, sma } from 'tickwright'

export default class Cross extends Strategy<never, 'fast' | 'slow'> {
  onStart() {
    this.each((i) => {
      i.use('fast', sma(i.close, 3))
      i.use('slow', sma(i.close, 8))
    })
  }
  onBar(i: Instrument<'fast' | 'slow'>) {
    if (crossedAbove(i.fast, i.slow)) i.targetSize(10)
    else if (crossedBelow(i.fast, i.slow)) i.targetSize(0)
  }
}
`

/** So many paper sessions of a strategy on one simulated market, each bar until each of them has told where it stands. */
async function sessionsOnFeed(outFolder: string, count: number): Promise<Late> {
  const home = mkdtempSync(join(tmpdir(), 'tickwright-bench-'))
  const service = await startService({ home, outFolder, role: 'service' })
  try {
    await callService(service, 'strategy.save', { name: 'cross.ts', code: crossText })
    await callService(service, 'blotter.configure', {
      config: {
        graceMs: 50,
        sources: [{ kind: 'simulated', name: 'simulation', seed: 7, printsPerSecond: 1, speed: 60 }],
        instruments: [
          {
            ...{ instrument: 'SIM-A', source: 'simulation', symbol: 'SIM-A', kinds: ['tick'], intervals: ['1m'] },
            ...{ record: ['bar'], retentionDays: null, backfillDays: 0 },
          },
        ],
      },
    })
    const begin = performance.now()
    const running = new Set<string>()
    for (let n = 0; n < count; n++) {
      const { session } = await callService(service, 'live.start', {
        ...{ strategy: { kind: 'saved', name: 'cross.ts' }, params: {}, instruments: ['SIM-A'], interval: '1m' },
        ...{
          cash: 100_000,
          commission: { kind: 'none' },
          slippage: { kind: 'none' },
          fillPolicy: 'pessimistic',
          seed: n,
        },
        ...{ warmupBars: 0, limits: noLimits, name: `s${n}` },
      })
      running.add(session)
    }
    const started = (performance.now() - begin) / count
    const waits = await lateness(service, running)
    const { rss } = process.memoryUsage()
    process.stderr.write(
      `${count} sessions: ${started.toFixed(0)} ms to start one, ${Math.round(rss / 1e6)} MB with all of them\n`,
    )
    return { p50: percentile(waits, 0.5), p99: percentile(waits, 0.99) }
  } finally {
    await service.close()
    rmSync(home, { recursive: true, force: true })
  }
}

/** From a closed bar that is told until each session has told that it has worked on it, milliseconds. */
function lateness(service: Service, running: ReadonlySet<string>): Promise<number[]> {
  const waits: number[] = []
  let [closedAt, seen, closed] = [Number.NaN, new Set<string>(), 0]
  return new Promise((resolve) => {
    const ends = [
      service.subscribe('market.bar', () => {
        closedAt = performance.now()
        seen = new Set()
        if (++closed > bars) {
          for (const end of ends) end()
          resolve(waits)
        }
      }),
      service.subscribe('live.changed', ({ session }) => {
        if (!running.has(session) || seen.has(session) || Number.isNaN(closedAt)) return
        seen.add(session)
        waits.push(performance.now() - closedAt)
      }),
    ]
  })
}
