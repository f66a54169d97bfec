import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createPassphraseVault } from '../../../core/node/vault/passphrase-vault.ts'
import { aService, fillHome, temporaryHome } from '../../helpers/a-service.ts'
import { standInFacts, startInfluxStandIn } from '../../helpers/influx-stand-in.ts'
import { startInflux } from '../../helpers/servers.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

interface Kind {
  readonly name: string
  readonly secret: string | null
  start(): Promise<{ readonly url: string; close(): unknown }>
}

const kinds: readonly Kind[] = [
  {
    ...{ name: 'InfluxDB 1.6', secret: null },
    async start() {
      const server = await startInflux()
      return { url: `influx://127.0.0.1:${server.port}/tickwright?version=1`, close: () => server.close() }
    },
  },
  {
    ...{ name: 'InfluxDB 2 (stand-in)', secret: standInFacts.token },
    async start() {
      const server = await startInfluxStandIn()
      const { org, bucket } = standInFacts
      const query = new URLSearchParams({ version: '2', org, bucket })
      return { url: `influx://127.0.0.1:${server.port}?${query}`, close: () => server.close() }
    },
  },
]

describe.each(kinds)('$name', ({ secret, start }) => {
  const home = temporaryHome()
  let server: Awaited<ReturnType<Kind['start']>>
  beforeAll(async () => {
    await fillHome(home.path)
    server = await start()
  })
  afterAll(async () => {
    await server.close()
    home.remove()
  })
  const vault = createPassphraseVault(join(home.path, 'vault.json'), async () => 'open sesame')

  test('is tried, filled, chosen, and holds bars and ticks from the next start on; runs stay in the folder', async () => {
    const before = await aService({ home: home.path, vault })
    // A fourth of the bars shows the same
    for (const instrument of ['SIM-COIN', 'SIM-FUT']) await before.call('instrument.delete', { instrument })
    const { url } = server
    expect(await before.call('store.test', { url, password: secret })).toMatchObject({ error: null, contents: 'none' })
    const { summary } = await before.backtest()
    const { job } = await before.call('store.copy', { url, password: secret })
    await before.ended(job)
    expect(await before.call('store.copied', { job })).toMatchObject({ different: [] })
    const hashes = async (running: typeof before) =>
      (await running.call('instrument.list', {})).coverage.map(({ instrument, hash }) => [instrument, hash]).sort()
    const wanted = await hashes(before)
    const { chosen } = await before.call('store.choose', { url, password: secret })
    expect(chosen).not.toContain(secret ?? 'no secret')
    await before.close()

    const after = await aService({ home: home.path, vault })
    expect(await after.call('store.get', {})).toMatchObject({ inUse: chosen, state: 'ready' })
    expect(await after.call('store.test', { url, password: secret })).toMatchObject({ contents: 'current' })
    expect(await hashes(after)).toEqual(wanted)
    const again = await after.backtest()
    expect(again.summary.metrics).toEqual(summary.metrics)
    expect((await after.call('run.get', { run: summary.id })).summary).toEqual(summary)
    await after.close()
    if (secret === null) return
    const files = readdirSync(home.path, { recursive: true, encoding: 'utf8' }).map((name) => join(home.path, name))
    const holders = files.filter((path) => statSync(path).isFile() && readFileSync(path).includes(secret))
    expect(holders, 'the token stands in no file').toEqual([])
  })

  test('a server that is not there is said so', async () => {
    const running = await aService({ home: home.path, vault })
    const url = server.url.replace(/:\d+/, ':1')
    expect((await running.call('store.test', { url, password: secret })).error?.code).toBe('store.unreachable')
    await expect(running.call('store.choose', { url, password: secret })).rejects.toMatchObject({
      code: 'store.unreachable',
    })
    await running.close()
  })
})
