import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '../../../core/node/store/store-client.ts'
import { temporaryHome } from '../../helpers/a-service.ts'
import { startTerminal, terminal } from '../../helpers/a-terminal.ts'
import { testBuild } from '../../helpers/test-build.ts'

const home = temporaryHome()
const config = join(home.path, 'blotter.json')

beforeAll(() => {
  const instrument = {
    instrument: 'SIM-A',
    source: 'simulation',
    symbol: 'SIM-A',
    intervals: ['1s'],
    record: ['bar', 'tick'],
  }
  const source = { kind: 'simulated', name: 'simulation', printsPerSecond: 500, speed: 1 }
  writeFileSync(config, JSON.stringify({ sources: [source], instruments: [instrument], publish: { port: 5680 } }))
})
afterAll(() => home.remove())

/** What lies in the data folder: prints by their key, bars by their time. */
async function stored() {
  const store = await openStore({
    home: home.path,
    workerUrl: pathToFileURL(join(await testBuild(), 'main', 'store-worker.js')),
  })
  const ticks = await store.market.read('tick', 'SIM-A', null, null)
  const bars = await store.bars.read('SIM-A', '1s', null, null)
  const { notices } = store
  await store.close()
  const prints = new Map(Array.from(ticks.time, (time, row) => [`${time} ${ticks.id[row]}`, ticks.price[row]]))
  return {
    count: ticks.length,
    prints,
    bars: new Map(Array.from(bars.time, (time, row) => [time, bars.close[row]])),
    notices,
  }
}

describe('a blotter in a process of its own', () => {
  test('killed at any moment has lost nothing that was stored, doubled nothing, and goes on', async () => {
    let before = {
      count: 0,
      prints: new Map<string, number | undefined>(),
      bars: new Map<number, number | undefined>(),
    }
    // The last one sees at least two whole seconds, their grace and their writing
    for (const moment of [900, 1_700, 5_200]) {
      const running = await startTerminal(['blotter', '--config', config], { home: home.path })
      await expect.poll(() => running.stderr(), { timeout: 20_000 }).toContain('collecting')
      await new Promise((done) => setTimeout(done, moment))
      running.child.kill('SIGKILL')
      await running.ended
      const now = await stored()
      expect(now.notices).toEqual([])
      expect(now.prints.size).toBe(now.count)
      for (const [key, price] of before.prints) expect(now.prints.get(key)).toBe(price)
      for (const [time, close] of before.bars) expect(now.bars.get(time)).toBe(close)
      before = now
    }
    expect(before.count).toBeGreaterThan(1_000)
    expect(before.bars.size).toBeGreaterThan(1)
  }, 60_000)

  test('says what it is doing, refuses a file that is none with the place, and has the folder to itself', async () => {
    const running = await startTerminal(['blotter', '--json'], { home: home.path })
    await expect.poll(() => running.stderr(), { timeout: 20_000 }).toContain('collecting')
    const second = await terminal(['blotter'], { home: home.path })
    expect(second.code).toBe(1)
    await expect
      .poll(async () => (await terminal(['blotter', 'status', '--json'], { home: home.path })).stdout, {
        timeout: 20_000,
      })
      .toContain('"state":"live"')
    const heard = await terminal(['blotter', 'listen', '--port', '5680', '--seconds', '2'], { home: home.path })
    const kinds = heard.stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { kind: string }).kind)
    expect([...new Set(kinds)].sort()).toEqual(['bar', 'quote', 'tick'])
    running.child.kill('SIGINT')
    const { code, stdout } = await running.ended
    expect([code, JSON.parse(stdout).sources[0].name]).toEqual([0, 'simulation'])
    writeFileSync(
      join(home.path, 'wrong.json'),
      '{"sources":[],"instruments":[{"instrument":"A","source":"none","symbol":"A"}]}',
    )
    const wrong = await terminal(['blotter', '--config', 'wrong.json'], { home: home.path })
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('there is no source none')])
  }, 60_000)
})
