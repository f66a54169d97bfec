import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isDomainError } from '../../core/domain/errors.ts'
import { aService, crossConfig, fillHome, type RunningService, temporaryHome } from '../helpers/a-service.ts'
import { failureOf, saidInBothLanguages } from '../helpers/sentences.ts'
import { strategyText } from '../helpers/strategies.ts'

const threads = vi.hoisted(() => new Map<string, Worker[]>())

/** Notes every worker thread under its name, so that a test can end one from outside. */
vi.mock('node:worker_threads', async (original) => {
  const real = await original<typeof import('node:worker_threads')>()
  class NotedWorker extends real.Worker {
    constructor(...args: ConstructorParameters<typeof real.Worker>) {
      super(...args)
      const name = args[1]?.name ?? ''
      threads.set(name, [...(threads.get(name) ?? []), this])
    }
  }
  return { ...real, default: { ...real, Worker: NotedWorker }, Worker: NotedWorker }
})

/** Ends all threads of a kind, as a crash would. */
const kill = (name: string) => Promise.all((threads.get(name) ?? []).map((thread) => thread.terminate()))

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })

let home: ReturnType<typeof temporaryHome>
let running: RunningService | undefined
beforeEach(async () => {
  threads.clear()
  home = temporaryHome()
  await fillHome(home.path)
})
afterEach(async () => {
  await running?.close()
  running = undefined
  home.remove()
})

async function start(): Promise<RunningService> {
  running = await aService({ home: home.path })
  return running
}

async function told(promise: Promise<unknown>) {
  const failure = await failureOf(promise)
  if (!isDomainError(failure)) throw failure
  return { code: failure.code, data: failure.data, said: saidInBothLanguages(failure) }
}

function longCsv(path: string, rows: number): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const stamp = new Date(Date.UTC(2020, 0, 1) + at * 60_000).toISOString().slice(0, 16).replace('T', ' ')
    const price = (at * 7919) % 10_007
    return `${stamp},${price + 1}.25,${price + 3}.5,${price}.125,${price + 2}.75,${(at * 104_729) % 99_991}`
  })
  writeFileSync(path, `Date,Open,High,Low,Close,Volume\n${lines.join('\n')}\n`)
  return path
}

async function startImport(service: RunningService, path: string): Promise<string> {
  const { reply } = await service.call('import.inspect', { path, recipe: null })
  const instrument = { ...reply.suggestedInstrument, id: 'LONG', symbol: 'LONG' }
  return (await service.call('import.start', { path, recipe: reply.recipe, instrument })).job
}

const instruments = async (service: RunningService) =>
  (await service.call('instrument.list', {})).instruments.map(({ id }) => id)

describe('a thread that is lost', () => {
  test('under a backtest fails that run and says so; the next run works', async () => {
    const service = await start()
    const strategy = await service.strategy(
      'slow.ts',
      strategyText('  sum = 0\n  onBar() { for (let k = 0; k < 20000; k++) this.sum += k }'),
    )
    const over = { ...crossConfig, strategy, instruments: ['SIM-COIN'], interval: '1m' }
    const { run, job } = await service.call('backtest.start', over)
    await service.until('job.changed', (one) => one.id === job && one.done > 0)
    await kill('engine')
    expect(await told(service.ended(job))).toMatchObject({
      code: 'worker.lost',
      said: expect.stringMatching(/restarted/),
    })
    const { summary } = await service.call('run.get', { run })
    expect(summary).toMatchObject({ state: 'failed', error: { code: 'worker.lost' } })
    expect((await service.backtest()).summary.state).toBe('done')
  })

  test('under an import stores nothing and says so; the next import works', async () => {
    const service = await start()
    const path = longCsv(join(home.path, 'long.csv'), 200_000)
    const job = await startImport(service, path)
    await service.until('job.changed', (one) => one.id === job && one.done > 0)
    await kill('import')
    expect((await told(service.ended(job))).code).toBe('worker.lost')
    expect(await instruments(service)).not.toContain('LONG')
    await service.ended(await startImport(service, path))
    expect(await instruments(service)).toContain('LONG')
  })

  test('under the compiler fails the check and says so; the next check works', async () => {
    const service = await start()
    // A text that nobody has checked yet: what is known is answered before it could be lost
    const strategy = await service.strategy('unknown.ts', strategyText('  onBar() {}'))
    const checking = service.call('strategy.check', { strategy })
    const found = told(checking)
    await vi.waitUntil(() => threads.has('compile'))
    await kill('compile')
    expect((await found).code).toBe('worker.lost')
    expect((await service.call('strategy.check', { strategy })).problems).toEqual([])
  })

  test('under the store is replaced: what was stored is there, and the state is told', async () => {
    const service = await start()
    const { summary } = await service.backtest()
    await kill('store')
    await service.until('service.changed', ({ store }) => store === 'recovering')
    await service.until('service.changed', ({ store }) => store === 'ready')
    expect((await service.call('run.get', { run: summary.id })).summary).toEqual(summary)
    expect((await service.call('app.info', {})).store).toBe('ready')
    expect((await service.backtest()).summary.state).toBe('done')
  })
})

test('a second service on one data folder is refused with the process of the first; a terminal beside it works', async () => {
  const service = await start()
  const second = await told(aService({ home: home.path }))
  expect(second).toMatchObject({ code: 'service.running', data: { pid: process.pid } })
  expect(second.said).toMatch(new RegExp(`process ${process.pid}`))
  const terminal = await aService({ home: home.path, role: 'terminal' })
  const { summary } = await terminal.backtest()
  await terminal.close()
  expect((await service.call('run.get', { run: summary.id })).summary).toEqual(summary)
})

describe('a damaged file', () => {
  test('of bars is put aside: the app opens, runs are there, and the data can be imported again', async () => {
    const first = await start()
    const { summary } = await first.backtest()
    await first.close()
    writeFileSync(join(home.path, 'bars.db'), Buffer.alloc(200_000, 'not a database '))
    for (const log of ['bars.db-wal', 'bars.db-shm']) rmSync(join(home.path, log), { force: true })
    const service = await start()
    expect(readdirSync(home.path).some((name) => name.startsWith('bars.db.corrupt-'))).toBe(true)
    expect((await service.call('run.get', { run: summary.id })).summary).toEqual(summary)
    expect((await told(service.backtest())).code).toBe('data.missing')
    const job = await startImport(service, longCsv(join(home.path, 'long.csv'), 2_000))
    await service.ended(job)
    expect(await instruments(service)).toContain('LONG')
  })

  test('of the ledger is put aside: the app opens with the bars that are there', async () => {
    await (await start()).close()
    writeFileSync(join(home.path, 'ledger.db'), Buffer.alloc(80_000, 'garbage '))
    for (const log of ['ledger.db-wal', 'ledger.db-shm']) rmSync(join(home.path, log), { force: true })
    const service = await start()
    expect(existsSync(join(home.path, 'ledger.db.corrupt-1'))).toBe(true)
    expect((await service.call('run.list', { search: '', limit: 1, offset: 0 })).total).toBe(0)
    expect((await service.call('instrument.list', {})).coverage.map(({ instrument }) => instrument)).toContain('SPX')
  })

  test('of the ledger under a terminal is told in words, and nothing is moved', async () => {
    writeFileSync(join(home.path, 'ledger.db'), Buffer.alloc(80_000, 'garbage '))
    const found = await told(aService({ home: home.path, role: 'terminal' }))
    expect(found).toMatchObject({ code: 'store.corrupt', said: expect.stringMatching(/ledger\.db is damaged/) })
    expect(existsSync(join(home.path, 'ledger.db.corrupt-1'))).toBe(false)
  })
})

/** Needs root; without it the store's own tests prove the same with a page limit. */
function mount(path: string, size: string): boolean {
  mkdirSync(path, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const probe = temporaryHome()
const mayMount = process.getuid?.() === 0 && mount(probe.path, '64k')
if (mayMount) execFileSync('umount', [probe.path])
probe.remove()

describe.runIf(mayMount)('a full disk', () => {
  let disk: string
  let service: RunningService
  beforeEach(async () => {
    disk = join(home.path, 'disk')
    mount(disk, '6m')
    await fillHome(disk)
    service = await aService({ home: disk })
    await quiet()
  })
  afterEach(async () => {
    await service.close()
    execFileSync('umount', [disk])
  })

  const roomLeft = () => Number(execFileSync('df', ['--output=avail', '-B1', disk]).toString().split('\n')[1])

  /** A service that starts still opens its files. */
  async function quiet(): Promise<void> {
    let room = Number.NaN
    for (let same = 0; same < 3; ) {
      await new Promise((wait) => setTimeout(wait, 100))
      const now = roomLeft()
      same = now === room ? same + 1 : 0
      room = now
    }
  }

  /** Leaves about `free` bytes. */
  function fill(free: number): string {
    const path = join(disk, 'ballast')
    writeFileSync(path, Buffer.alloc(Math.max(0, roomLeft() - free)))
    return path
  }

  test('during an import is told, nothing of the file is stored, and it works when there is room', async () => {
    const path = longCsv(join(home.path, 'long.csv'), 60_000)
    const before = await service.call('instrument.list', {})
    const ballast = fill(120_000)
    const found = await told(service.ended(await startImport(service, path)))
    expect(found).toMatchObject({
      code: 'store.full',
      said: expect.stringMatching(/nothing was stored.*Free some space/),
    })
    expect(await service.call('instrument.list', {})).toEqual(before)
    rmSync(ballast)
    await service.ended(await startImport(service, path))
    expect(await instruments(service)).toContain('LONG')
  })

  test('at the end of a run fails that run as a whole and is told; runs stored before stay, and later ones work', async () => {
    const { summary } = await service.backtest()
    const noisy =
      "  onBar(i: any) { for (let k = 0; k < 40; k++) this.record('r' + k, Math.sin(i.close[0] * (k + 1) + i.barCount)) }"
    const strategy = await service.strategy('noisy.ts', strategyText(noisy.replace('i.close[0]', 'i.last')))
    const { run, job } = await service.call('backtest.start', { ...crossConfig, strategy })
    const ballast = fill(150_000)
    expect(await told(service.ended(job))).toMatchObject({ code: 'store.full' })
    const failed = await service.call('run.get', { run })
    expect(['failed', 'running']).toContain(failed.summary.state)
    expect((await service.call('run.fills', { run })).reply.rows).toBe(0)
    expect((await service.call('run.get', { run: summary.id })).summary).toEqual(summary)
    rmSync(ballast)
    expect((await service.backtest({ strategy })).summary.state).toBe('done')
  })
})
