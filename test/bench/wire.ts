// A tick from a source through the blotter and its wire to a subscriber in another process, beside bare ZeroMQ of as many bytes. Prints one JSON line of rows.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Publisher } from 'zeromq'
import { Blotter } from '../../core/blotter/blotter.ts'
import { defaultCleaning } from '../../core/blotter/cleaning-rules.ts'
import type { MarketSource, SourceListener } from '../../core/blotter/market-source.ts'
import type { InstrumentId } from '../../core/domain/ids.ts'
import { sha256 } from '../../core/node/store/packed-columns.ts'
import { openWirePublisher } from '../../core/node/wire/wire-publisher.ts'
import { createMemoryStores } from '../../core/stores/memory-stores.ts'
import { monotonicMs } from './late.ts'
import type { Row } from './table.ts'

interface Heard {
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

/** Sends `count` messages, `perTurn` at a time and `turnMs` apart; 0: as fast as they go. */
interface Load {
  readonly count: number
  readonly perTurn: number
  readonly turnMs: number
}

/** Bytes of a tick in a frame of ours (docs/wire.md). */
const payloadBytes = 96

async function listener(args: readonly string[]): Promise<{ readonly child: ChildProcess; heard(): Promise<Heard> }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'wire-listener.ts'), ...args], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.stdout === null) throw new Error('no stdout')
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  await lines.next()
  await new Promise((done) => setTimeout(done, 300))
  return { child, heard: async () => JSON.parse((await lines.next()).value as string) as Heard }
}

async function pace({ count, perTurn, turnMs }: Load, send: (k: number) => unknown): Promise<void> {
  const begin = performance.now()
  for (let k = 0; k < count; ) {
    for (let n = 0; n < perTurn && k < count; n++, k++) await send(k)
    const wait = begin + (k / perTurn) * turnMs - performance.now()
    await new Promise((done) => (wait > 0 ? setTimeout(done, wait) : setImmediate(done)))
  }
}

async function ours(load: Load): Promise<Heard> {
  const wire = await openWirePublisher({ host: '127.0.0.1', port: 0 }, Date.now)
  const { child, heard } = await listener(['ours', wire.addresses.frames, wire.addresses.questions, `${load.count}`])
  const answer = heard()
  const source = openBlotter((message) => wire.send(message))
  await pace(load, (k) => {
    const price = 100 + (k % 7) / 100
    source.message({ kind: 'tick', instrument, time: monotonicMs(), price, size: 1, side: 1, id: k })
    // The blotter's own answer to a wire that is behind
    return wire.waiting > 20_000 ? new Promise((done) => setTimeout(done, 1)) : undefined
  })
  const figures = await answer
  child.kill()
  await wire.close()
  return figures
}

const instrument = 'SIM-1' as InstrumentId

/** A blotter that cleans and tells, over a source that says what it is told to. */
function openBlotter(tell: Parameters<Blotter['listen']>[0]): SourceListener {
  let told: SourceListener | undefined
  const source: MarketSource = {
    ...{ name: 'bench', streams: new Set(['tick'] as const), history: null, find: async () => [] },
    start: (listener) => {
      told = listener
    },
    subscribe: () => undefined,
    stop: async () => undefined,
  }
  const blotter = new Blotter({
    stores: createMemoryStores({ clock: { now: Date.now }, sha256 }),
    now: monotonicMs,
    every: () => () => undefined,
    rulesOf: () => ({ limits: defaultCleaning, zone: 'UTC', graceMs: 100 }),
    missed: () => undefined,
    trouble: () => undefined,
  })
  blotter.listen(tell)
  const kept = { intervals: ['1m'], record: [], retentionDays: null }
  const kinds = ['tick'] as const
  blotter.start([source], [{ ...kept, kinds, source: 'bench', instrument: { id: instrument, symbol: 'SIM-1' } }])
  if (told === undefined) throw new Error('the source was not started')
  return told
}

async function bare(load: Load): Promise<Heard> {
  const socket = new Publisher({ sendHighWaterMark: 0, linger: 0 })
  await socket.bind('tcp://127.0.0.1:*')
  const { child, heard } = await listener(['bare', socket.lastEndpoint as string, '-', `${load.count}`])
  const answer = heard()
  await pace(load, (k) => {
    const payload = Buffer.alloc(payloadBytes)
    payload.writeDoubleLE(monotonicMs(), 0)
    payload.writeDoubleLE(k, 8)
    return socket.send(payload)
  })
  const figures = await answer
  child.kill()
  await once(child, 'close')
  socket.close()
  return figures
}

const quiet: Load = { count: 2_000, perTurn: 1, turnMs: 2 }
const flood: Load = { count: 300_000, perTurn: 1_000, turnMs: 0 }
const [idle, bareIdle] = [await ours(quiet), await bare(quiet)]
const [full, bareFull] = [await ours(flood), await bare(flood)]
const row = (name: string, own: number, plain: number, goal: string): Row => {
  return { name, seconds: own, baseline: 'bare ZeroMQ', baselineSeconds: plain, goal }
}
const rows = [
  row('source → blotter → other process, quiet: median', idle.p50 / 1_000, bareIdle.p50 / 1_000, ''),
  row('the same, 99 of 100', idle.p99 / 1_000, bareIdle.p99 / 1_000, '< 2 ms'),
  row(
    `10⁶ ticks to another process (${Math.round(full.perSecond).toLocaleString('en')}/s)`,
    1e6 / full.perSecond,
    1e6 / bareFull.perSecond,
    '≤ 2× bare ZeroMQ',
  ),
]
process.stdout.write(`${JSON.stringify(rows)}\n`)
