import { afterEach, expect, test, vi } from 'vitest'
import type { Takes } from '../../../core/contract/contract.ts'
import type { InstrumentId } from '../../../core/domain/ids.ts'
import { createBlotterSource } from '../../../core/node/venues/blotter-source.ts'
import { openWirePublisher } from '../../../core/node/wire/wire-publisher.ts'
import type { Vault } from '../../../core/stores/vault.ts'
import { tick } from '../../core/blotter/messages.ts'
import { aService, fillHome, type RunningService, temporaryHome } from '../../helpers/a-service.ts'
import { memoryVault } from '../../helpers/memory-vault.ts'
import { freePort } from '../../helpers/servers.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function service(vault?: Vault): Promise<RunningService> {
  const home = temporaryHome()
  await fillHome(home.path)
  const running = await aService({ home: home.path, ...(vault === undefined ? {} : { vault }) })
  ends.push(async () => {
    await running.close()
    home.remove()
  })
  return running
}

type Config = Takes<'blotter.configure'>['config']
const line = (instrument: string, source: string, symbol: string, kinds: ('tick' | 'quote' | 'bar')[]) => ({
  ...{ instrument, source, symbol, kinds, intervals: ['1m'], retentionDays: null, backfillDays: 0 },
  record: ['bar' as const, ...kinds.filter((kind) => kind !== 'bar')],
})

async function closes({ call }: RunningService, instrument: string): Promise<Map<number, number>> {
  const wanted = { instrument, interval: '1m', from: null, to: null, maxBars: 0 }
  const { columns } = await call('bars.read', wanted).catch(() => ({ columns: {} as Record<string, Float64Array> }))
  const times = Array.from(columns.time ?? [])
  return new Map(times.map((time, at) => [time, columns.close?.[at] ?? Number.NaN]))
}

test('stored bars are played as a market of their own, and are the same bars, weeks later', async () => {
  const running = await service()
  const original = [...(await closes(running, 'SIM-AAA'))].slice(0, 200)
  const config: Config = {
    graceMs: 100,
    sources: [{ kind: 'replay', name: 'record', speed: 3_000, from: null, to: null }],
    instruments: [line('REPLAY-AAA', 'record', 'SIM-AAA/1m', ['bar'])],
  }
  await running.call('blotter.configure', { config })
  const { instruments } = await running.call('blotter.find', { source: 'record', text: 'SIM-AAA/1m', limit: 5 })
  expect(instruments).toMatchObject([{ id: 'REPLAY-SIM-AAA', symbol: 'SIM-AAA/1m', simulated: true }])
  await running.call('blotter.start', {})
  await expect
    .poll(async () => (await closes(running, 'REPLAY-AAA')).size, { timeout: 30_000 })
    .toBeGreaterThanOrEqual(200)
  await running.call('blotter.stop', {})
  const played = [...(await closes(running, 'REPLAY-AAA'))].slice(0, 200)
  const shift = (played[0]?.[0] ?? 0) - (original[0]?.[0] ?? 0)
  expect(shift % (7 * 86_400_000)).toBe(0)
  expect(played.map(([time, close]) => [time - shift, close])).toEqual(original)
  const { status } = await running.call('blotter.status', {})
  expect(status.troubles).toEqual([])
})

test('a blotter hears another one over the wire and stores the same prints and bars', async () => {
  const [upstream, downstream] = [await service(), await service()]
  const port = await freePort()
  await upstream.call('blotter.configure', {
    config: {
      graceMs: 100,
      sources: [{ kind: 'simulated', name: 'simulation', seed: 5, printsPerSecond: 2, speed: 120 }],
      instruments: [line('SIM-UP', 'simulation', 'SIM-UP', ['tick'])],
      publish: { host: '127.0.0.1', port },
    },
  })
  await downstream.call('blotter.configure', {
    config: {
      graceMs: 100,
      sources: [{ kind: 'blotter', name: 'other', host: '127.0.0.1', port, silentSeconds: 60 }],
      instruments: [line('SIM-DOWN', 'other', 'SIM-UP', ['tick'])],
    },
  })
  await upstream.call('blotter.start', {})
  await upstream.until('market.bar', () => true)
  const { instruments } = await downstream.call('blotter.find', { source: 'other', text: 'sim-', limit: 5 })
  expect(instruments).toMatchObject([{ id: 'SIM-UP', simulated: true }])
  await downstream.call('blotter.start', {})
  let told = 0
  await downstream.until('market.bar', () => ++told >= 4)

  await upstream.call('blotter.stop', {})
  await downstream.call('blotter.stop', {})
  const [there, here] = [await closes(upstream, 'SIM-UP'), await closes(downstream, 'SIM-DOWN')]
  expect(here.size).toBeGreaterThanOrEqual(3)
  for (const [time, close] of here) expect(close, new Date(time).toISOString()).toBe(there.get(time))
})

test('a blotter that was started anew is followed, and what was missed meanwhile is told as a gap', async () => {
  const port = await freePort()
  const source = createBlotterSource(
    { name: 'other', host: '127.0.0.1', port, silentMs: 300 },
    {
      now: Date.now,
      every(everyMs, call) {
        const timer = setInterval(call, everyMs)
        return () => clearInterval(timer)
      },
    },
  )
  ends.push(() => source.stop())
  const heard: number[] = []
  const told: string[] = []
  source.subscribe({ id: 'MINE' as InstrumentId, symbol: 'X' }, new Set(['tick']))
  source.start({
    message: (message) => message.kind === 'tick' && heard.push(message.price),
    state: ({ kind }) => told.push(kind),
    gap: (instruments) => told.push(`gap ${instruments.join()}`),
    trouble: () => told.push('trouble'),
  })
  const first = await openWirePublisher({ host: '127.0.0.1', port }, Date.now)
  // Heard by a late joiner as the newest of its topic
  first.send({ ...tick(1, 1), instrument: 'X' as InstrumentId })
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual([1])
  await expect.poll(() => told, { timeout: 5_000 }).toEqual(['connecting', 'live', 'silent'])
  await first.close()
  const second = await openWirePublisher({ host: '127.0.0.1', port }, Date.now)
  ends.push(() => second.close())
  second.send({ ...tick(2, 2), instrument: 'X' as InstrumentId })
  second.send({ ...tick(3, 3), instrument: 'Y' as InstrumentId })
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual([1, 2])
  expect(told.slice(3)).toEqual(expect.arrayContaining(['gap MINE', 'live']))
})

test('with keys of both sides a blotter is heard by whom it allows, on any address, and by nobody else', async () => {
  const [upstream, friend, stranger] = await Promise.all([memoryVault(), memoryVault(), memoryVault()].map(service))
  if (upstream === undefined || friend === undefined || stranger === undefined) throw new Error('no services')
  const [serverKey, allowed] = await Promise.all(
    [upstream, friend].map(async ({ call }) => (await call('blotter.key', {})).publicKey),
  )
  if (serverKey === undefined || allowed === undefined) throw new Error('no keys')
  // The same one when it is asked for again
  expect(await upstream.call('blotter.key', {})).toEqual({ publicKey: serverKey })
  const port = await freePort()
  await upstream.call('blotter.configure', {
    config: {
      graceMs: 100,
      sources: [{ kind: 'simulated', name: 'simulation', seed: 3, printsPerSecond: 5, speed: 20 }],
      instruments: [line('SIM-LIVE', 'simulation', 'SIM-LIVE', ['tick'])],
      publish: { host: '0.0.0.0', port, allowed: [allowed] },
    },
  })
  await upstream.call('blotter.start', {})
  for (const { call } of [friend, stranger]) {
    await call('blotter.configure', {
      config: {
        graceMs: 100,
        sources: [{ kind: 'blotter', name: 'house', host: '127.0.0.1', port, silentSeconds: 60, serverKey }],
        instruments: [line('HEARD', 'house', 'SIM-LIVE', ['tick'])],
      },
    })
    await call('blotter.start', {})
  }
  const heard = async ({ call }: RunningService) =>
    (await call('blotter.status', {})).status.instruments[0]?.counts.tick ?? 0
  await expect.poll(() => heard(friend), { timeout: 20_000 }).toBeGreaterThan(20)
  expect(await heard(stranger)).toBe(0)
})

test('without keys another machine is not spoken to: the blotter does not start, and says why', async () => {
  const { call } = await service()
  await call('blotter.configure', {
    config: {
      graceMs: 100,
      sources: [{ kind: 'simulated', name: 'simulation', seed: 3, printsPerSecond: 5, speed: 20 }],
      instruments: [line('SIM-LIVE', 'simulation', 'SIM-LIVE', ['tick'])],
      publish: { host: '0.0.0.0', port: await freePort() },
    },
  })
  await expect(call('blotter.start', {})).rejects.toMatchObject({ code: 'wire.unprotected' })
})
