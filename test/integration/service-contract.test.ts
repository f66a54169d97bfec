import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RequestName, requestNames, type Takes } from '../../core/contract/contract.ts'
import { methodName, requestNameList } from '../../core/contract/request-names.ts'
import { callVerb } from '../../core/node/cli/verbs/call.ts'
import { openApiDocument } from '../../core/node/http/open-api.ts'
import { aService, crossConfig, type RunningService } from '../helpers/a-service.ts'
import {
  emptyArchive,
  joinContracts,
  keepAccounts,
  keepBackup,
  tellOthers,
  tradeLive,
  watchPrices,
} from '../helpers/contract-scenes.ts'
import { root } from '../helpers/test-build.ts'

let running: RunningService
beforeAll(async () => {
  running = await aService()
})
afterAll(() => running.close())

describe('every request of the contract', () => {
  test('has a handler, a method of the preload, an IPC channel, an address and a word of the terminal', async () => {
    const sorted = [...requestNames].sort()
    expect(Object.keys(running.service.workstation.handlers).sort()).toEqual(sorted)
    expect([...requestNameList].sort()).toEqual(sorted)
    expect(new Set(requestNames.map(methodName)).size).toBe(requestNames.length)
    expect(Object.keys((openApiDocument('1') as { paths: object }).paths).sort()).toEqual(
      sorted.map((name) => `/api/${name}`),
    )
    expect((await wordsOfTheTerminal()).sort()).toEqual(sorted)
    const [ipc, preload] = ['electron/main/ipc.ts', 'electron/preload/index.ts'].map((path) =>
      readFileSync(join(root, path), 'utf8'),
    )
    expect(ipc).toMatch(/for \(const name of requestNames\) \{\s*ipcMain\.handle\(`tickwright:\$\{name\}`/)
    expect(preload).toMatch(/requestNameList\.map\(\(name\) =>[\s\S]*methodName\(name\)[\s\S]*`tickwright:\$\{name\}`/)
  })

  test('answers with what its schema says', async () => {
    const called = new Set<RequestName>()
    const call: RunningService['call'] = (name, takes) => {
      called.add(name)
      return running.call(name, takes)
    }
    const path = join(running.home, 'prices.csv')
    writeFileSync(path, 'Date,Open,High,Low,Close\n2020-01-02,1,2,1,2\n2020-01-03,2,3,1,2\n2020-01-06,2,3,1,3\n')
    const ended = async (job: string) => void (await running.ended(job))

    expect((await call('app.info', {})).store).toBe('ready')
    await call('settings.set', { key: 'theme', value: { name: 'dark' } })
    expect(await call('settings.get', { key: 'theme' })).toEqual({ value: { name: 'dark' } })
    expect(await call('settings.get', { key: 'none' })).toEqual({ value: null })

    const { reply } = await call('import.inspect', { path, recipe: null })
    const instrument = { ...reply.suggestedInstrument, id: 'ROUND' }
    const started = await call('import.start', { path, recipe: reply.recipe, instrument })
    await ended(started.job)
    expect(await call('import.result', started)).toMatchObject({ added: 3 })
    await call('instrument.update', { instrument: { ...instrument, name: 'Renamed 改名' } })
    const { instruments } = await call('instrument.list', {})
    expect(instruments.find(({ id }) => id === 'ROUND')?.name).toBe('Renamed 改名')
    const period = { instrument: 'SPX', from: null, to: null }
    const bars = await call('bars.read', { ...period, interval: '1d', maxBars: 300 })
    expect(bars.reply).toMatchObject({ sourceInterval: '1d', available: 5105 })
    expect(bars.reply.bars).toBeLessThanOrEqual(300)
    const catalogue = (await call('indicator.list', {})).indicators
    for (const { id } of catalogue) {
      const takes: Takes<'indicator.compute'> = { id, params: {}, ...period, interval: '1w' }
      const { reply: found, columns } = await call('indicator.compute', takes)
      expect(Object.keys(columns)).toEqual(['time', ...found.outputs])
    }
    await readMarket(call, ended)
    await collectMarket(call)
    await chooseStore(call)
    await keepBackup(call, ended)
    await emptyArchive(call, ended)
    await call('instrument.delete', { instrument: 'ROUND' })

    await call('strategy.create', {
      name: 'mine.ts',
      template: (await call('strategy.list', {})).templates[0]?.id ?? '',
    })
    const { code } = await call('strategy.read', { name: 'mine.ts' })
    await call('strategy.save', { name: 'mine.ts', code: `${code}\n` })
    await call('strategy.rename', { name: 'mine.ts', to: 'ours.ts' })
    const checked = await call('strategy.check', { strategy: { kind: 'saved', name: 'ours.ts' } })
    expect(checked.problems).toEqual([])
    expect(checked.params.length).toBeGreaterThan(0)
    await call('strategy.delete', { name: 'ours.ts' })
    expect((await call('strategy.api', {})).declarations).toContain('class Strategy')

    const first = await call('backtest.start', crossConfig)
    await ended(first.job)
    const second = await call('backtest.start', { ...crossConfig, cash: 1_000 })
    await ended(second.job)
    const { run } = first
    await call('job.cancel', { job: first.job })
    await expect(call('job.pause', { job: first.job, paused: true })).rejects.toMatchObject({
      code: 'job.not-pausable',
    })
    expect((await call('job.list', {})).jobs.length).toBeGreaterThan(2)
    expect((await call('run.list', { search: '', limit: 10, offset: 0 })).total).toBe(2)
    await call('run.get', { run })
    await call('run.equity', { run, maxRows: 50 })
    await call('run.trades', { run })
    await call('run.orders', { run })
    await call('run.fills', { run })
    await call('run.rolls', { run })
    await call('run.changes', { run })
    const options = { run, benchmark: 'SPX', riskFree: 0.01, periodsPerYear: 252 }
    expect((await call('run.report', options)).benchmark).toBe('SPX')
    await call('run.export', { ...options, format: 'json', language: 'zh', path: null })
    const lines = await call('run.lines', { run, instrument: 'SPX' })
    expect(lines.reply.lines.map(({ name, pane }) => [name, pane])).toEqual([
      ['fast', 'price'],
      ['slow', 'price'],
    ])
    expect(Object.keys(lines.columns)).toEqual(['time', 'line:0', 'line:1'])
    await call('run.compare', { a: run, b: second.run })
    const { analyzers, observers } = await call('analyzer.list', {})
    expect([analyzers.length, observers.length]).toEqual([17, 15])
    const asked = [{ analyzer: 'SQN', params: {} }]
    expect((await call('run.analyzers', { run, analyzers: asked })).analyses).toHaveLength(1)
    expect((await call('run.observer', { run, observer: 'DrawDown', params: {} })).reply.lines).toContain('drawdown')
    expect((await call('run.explain', { run, order: 1, fill: null })).explanation.order?.id).toBe(1)
    expect((await call('run.cause', { a: run, b: second.run })).first).not.toBeNull()
    const stress = await call('run.stress', { run })
    await ended(stress.job)
    expect((await call('run.stressed', stress)).state).toBe('done')
    const { job } = await call('run.verify', { run })
    await ended(job)
    expect((await call('run.verification', { job })).state).toBe('identical')
    await call('run.annotate', { run, note: 'kept' })
    await call('run.delete', { run: second.run })
    expect((await call('calendar.list', {})).calendars.map(({ id }) => id)).toContain('NYSE')
    const week = { calendar: 'NYSE', from: Date.UTC(2026, 10, 23), to: Date.UTC(2026, 10, 30) }
    expect((await call('calendar.days', week)).days).toHaveLength(4)
    const file = join(running.home, 'spx.parquet')
    const wanted = { instrument: 'SPX', what: { kind: 'bars', interval: '1d' }, from: null, to: null } as const
    expect((await call('data.export', { ...wanted, path: file })).rows).toBeGreaterThan(5000)
    await keepAccounts(call)
    await tellOthers(call)
    await watchPrices(call)
    await joinContracts(running, call)
    await playReplay(call, ended)
    await tradeLive({ ...running, call })
    const config: Takes<'optimise.start'>['config'] = {
      ...{
        run: crossConfig,
        where: '',
        combination: 'weighted',
        method: 'grid',
        trials: 1,
        seed: 1,
        walkForward: null,
      },
      space: { fast: { kind: 'range', from: 5, to: 7, step: 1 } },
      objectives: [{ metric: 'sharpe', goal: 'max', weight: 1 }],
    }
    expect((await call('optimise.plan', { config, workers: null, probe: false })).points).toBe(3)
    const { optimisation, job: search } = await call('optimise.start', { config, workers: 1 })
    await ended(search)
    expect((await call('optimise.list', { search: '', limit: 1, offset: 0 })).total).toBe(1)
    expect((await call('optimise.get', { optimisation })).overfitting?.ideaTrials).toBe(3)
    await call('optimise.trials', { optimisation, metrics: null })
    await call('optimise.walk', { optimisation })
    await ended((await call('optimise.openRun', { optimisation, point: 0, window: null })).job)
    await expect(call('optimise.resume', { optimisation, workers: null })).rejects.toMatchObject({
      code: 'optimisation.not-resumable',
    })
    await call('optimise.delete', { optimisation })
    const { metrics } = await call('metric.list', {})
    const { summary } = await call('run.get', { run })
    expect(metrics.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(summary.metrics)))
    for (const name of requestNames) expect([name, called.has(name)]).toEqual([name, true])
  }, 120_000)
})

/** What `tickwright call` lists. */
async function wordsOfTheTerminal(): Promise<string[]> {
  const listed: string[] = []
  const output = {
    json: true,
    answer: (document: unknown) =>
      void listed.push(...(document as { request: string }[]).map(({ request }) => request)),
    progress: () => undefined,
    note: () => undefined,
  }
  const place = { home: running.home, resources: '', outFolder: '' }
  const service = async () => running.service
  expect(
    await callVerb.run({ output, values: {}, positionals: [], service, onInterrupt: () => undefined, ...place }),
  ).toBe(0)
  return listed
}

/** Ticks from a file to the store and out again, with every request of market data. */
async function readMarket(call: RunningService['call'], ended: (job: string) => Promise<void>): Promise<void> {
  const path = join(running.home, 'prints.csv')
  writeFileSync(path, 'time,price,size\n2024-01-08T14:30:00.000Z,100,1\n2024-01-08T14:30:01.000Z,101,2\n')
  const started = await call('market.import', { path, kind: 'tick', instrument: 'ROUND', zone: null })
  await ended(started.job)
  expect(await call('market.imported', started)).toMatchObject({ added: 2 })
  expect((await call('market.coverage', {})).coverage).toHaveLength(1)
  const all = { instrument: 'ROUND', from: null, to: null }
  const limit = 10
  expect((await call('ticks.read', { ...all, limit })).reply.rows).toBe(2)
  expect((await call('quotes.read', { ...all, limit })).reply.rows).toBe(0)
  expect((await call('book.read', { instrument: 'ROUND', from: 0, to: null, limit })).reply.bids).toEqual([])
  expect((await call('market.days', { ...all, kind: 'tick' })).days).toHaveLength(1)
  expect(await call('market.repair', { instrument: 'ROUND', kind: 'tick' })).toEqual({ damaged: [] })
  expect(await call('market.delete', { instrument: 'ROUND', kind: 'tick', before: null })).toEqual({ removed: 2 })
}

/** The simulated market that a first start has, from the first print to what it left. */
async function collectMarket(call: RunningService['call']): Promise<void> {
  const { config } = await call('blotter.config', {})
  const instrument = config.instruments[0]?.instrument ?? ''
  const sources = config.sources.map((source) => ({ ...source, printsPerSecond: 200 }))
  await call('blotter.configure', { config: { ...config, sources } as typeof config })
  await call('blotter.start', {})
  const { instruments } = await call('blotter.find', { source: 'simulation', text: 'new', limit: 5 })
  expect(instruments[0]).toMatchObject({ id: 'SIM-NEW', simulated: true })
  await expect.poll(async () => (await call('blotter.watch', {})).rows[0]?.last, { timeout: 10_000 }).toBeGreaterThan(0)
  const { book } = await call('blotter.book', { instrument, levels: 5 })
  expect(book).toMatchObject({ from: 'book', isWhole: true, bids: { length: 5 }, asks: { length: 5 } })
  expect(book?.bids[0]?.[0]).toBeLessThan(book?.asks[0]?.[0] ?? 0)
  const forming = { instrument, interval: config.instruments[0]?.intervals[0] ?? '' }
  await expect
    .poll(async () => (await call('blotter.forming', forming)).bar)
    .toMatchObject({ instrument, closed: false })
  const { status } = await call('blotter.status', {})
  expect(status).toMatchObject({ running: true, sources: [{ name: 'simulation', state: 'live' }], troubles: [] })
  expect((await call('blotter.corrections', { limit: 10 })).corrections).toEqual(expect.any(Array))
  await call('blotter.stop', {})
  const period = { instrument, interval: '1m', from: status.at - 60_000, to: status.at }
  expect((await call('blotter.gaps', { ...period, leastBars: 1 })).days).not.toEqual([])
  await expect(call('blotter.backfill', { ...period, ticks: false })).rejects.toMatchObject({
    code: 'blotter.no-history',
  })
  const { reply } = await call('ticks.read', { instrument, from: null, to: null, limit: 1_000_000 })
  expect(reply.rows).toBeGreaterThan(0)
  for (const each of config.instruments) await call('instrument.delete', { instrument: each.instrument })
}

/** Copies between stores are proved in chosen-store.test.ts, on servers. */
async function chooseStore(call: RunningService['call']): Promise<void> {
  const here = { url: 'sqlite:', password: null }
  expect(await call('store.get', {})).toMatchObject({ inUse: 'sqlite:', hasPassword: false, state: 'ready' })
  expect((await call('store.test', here)).error).toBeNull()
  expect(await call('store.choose', here)).toEqual({ chosen: 'sqlite:' })
  await expect(call('store.copy', here)).rejects.toMatchObject({ code: 'store.url-invalid' })
  await expect(call('store.copied', { job: 'job-none' })).rejects.toMatchObject({ code: 'request.unknown' })
  await expect(call('app.restart', {})).rejects.toMatchObject({ code: 'app.restart-by-hand' })
}

/** A replay from beginning to end, with every request it has. */
async function playReplay(call: RunningService['call'], ended: (job: string) => Promise<void>): Promise<void> {
  const { strategy: _, params: __, instruments: ___, seed: ____, ...settings } = crossConfig
  const { reply } = await call('replay.open', { config: { ...settings, instrument: 'SPX' }, before: 10 })
  const { replay } = reply
  const nothing = { stopEntry: null, trailBy: null, target: null, stop: null, valid: null }
  const { orders } = await call('replay.order', { replay, side: 'buy', quantity: 1, limit: 1, ...nothing })
  const order = orders[0]?.id ?? 0
  await call('replay.move', { replay, order, price: 2 })
  await call('replay.cancel', { replay, order })
  await call('replay.step', { replay, bars: 2, until: null, stopsAtEvents: true })
  await call('replay.flatten', { replay })
  await call('replay.get', { replay, before: 0 })
  expect((await call('replay.table', { replay, table: 'orders' })).reply.rows).toBe(1)
  await ended((await call('replay.save', { replay, note: '' })).job)
  expect((await call('replay.list', {})).replays.length).toBe(1)
  await call('replay.close', { replay })
}
