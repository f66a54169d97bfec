import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { channels } from '../../core/contract/channels.ts'
import * as schema from '../../core/contract/schemas.ts'
import { aService, crossConfig, fillHome, temporaryHome } from '../helpers/a-service.ts'
import { startTerminal, terminal } from '../helpers/a-terminal.ts'
import { strategyText } from '../helpers/strategies.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })

const home = temporaryHome()
beforeAll(() => fillHome(home.path))
afterAll(() => home.remove())

const run = (...args: string[]) => terminal(args, { home: home.path })

/** Runs with --json: one document on stdout, nothing but notes on stderr. */
async function json<Schema extends z.ZodType>(answer: Schema, ...args: string[]): Promise<z.output<Schema>> {
  const { code, stdout, stderr } = await run(...args, '--json')
  expect({ code, stderr: stderr.replace(/^not certain: .*\n/gm, '') }).toEqual({ code: 0, stderr: '' })
  expect(stdout.trim().split('\n')).toHaveLength(1)
  return answer.parse(JSON.parse(stdout))
}

const csvRows = [
  '2020-01-02,10,12,9,11,100',
  '2020-01-03,11,13,10,12,100',
  '2020-01-06,12,14,11,13,100',
  '2020-01-07,13,15,12,14,100',
]
const csv = join(home.path, 'prices.csv')
writeFileSync(csv, `Date,Open,High,Low,Close,Volume\n${csvRows.join('\n')}\n`)

const backtestAnswer = z.strictObject({
  run: schema.runSummarySchema,
  data: z.array(schema.dataUseSchema),
  resultHash: z.string().nullable(),
})

describe('each verb with --json', () => {
  test('import, and the same again changes nothing', async () => {
    const first = await json(channels['import.result'].gives, 'import', csv, '--instrument', 'PRICES')
    expect(first).toMatchObject({
      instrument: 'PRICES',
      interval: '1d',
      added: 4,
      badRowCount: 0,
      job: { state: 'done' },
    })
    expect(await json(channels['import.result'].gives, 'import', csv, '--instrument', 'PRICES')).toMatchObject({
      added: 0,
      unchanged: 4,
    })
  })

  test('data', async () => {
    const { coverage } = await json(channels['instrument.list'].gives, 'data')
    expect(coverage.find(({ instrument }) => instrument === 'SPX')).toMatchObject({ interval: '1d', bars: 5105 })
  })

  test('backtest, run, runs and verify: the same run and the same numbers as the service gives', async () => {
    const options = [
      '--data',
      'SPX',
      '--param',
      'fast=10',
      '--param',
      'slow=30',
      '--cash',
      '100000',
      '--commission',
      'percent:0.0005',
    ]
    const answer = await json(backtestAnswer, 'backtest', 'cross.ts', ...options)
    const service = await aService()
    const inService = await service.backtest({ params: { fast: 10, slow: 30 } })
    await service.close()
    expect(answer.resultHash).toBe(inService.capsule.resultHash)
    expect(answer.run.metrics).toEqual(inService.summary.metrics)
    expect(answer.run.config).toEqual({
      ...crossConfig,
      broker: { lots: 'whole', exits: 'once' },
      params: { fast: 10, slow: 30 },
    })

    const { id } = answer.run
    const table = schema.tableSchema.extend({ columns: z.record(z.string(), z.array(schema.maybeNumberSchema)) })
    const one = await json(
      channels['run.get'].gives.extend({
        trades: table,
        fills: table,
        orders: table,
        equity: table.omit({ texts: true }),
      }),
      ...['run', id, '--trades', '--fills', '--orders', '--equity'],
    )
    expect(one.trades.rows).toBe(88)
    expect(one.equity.columns.equity).toHaveLength(5105)
    expect(
      (await json(channels['run.list'].gives, 'runs', '--search', 'cross SPX')).runs.map((each) => each.id),
    ).toContain(id)
    expect(await json(channels['run.verification'].gives, 'verify', id)).toMatchObject({ state: 'identical', run: id })
    expect((await json(channels['run.list'].gives, 'runs', '--delete', id)).runs.map((each) => each.id)).not.toContain(
      id,
    )
  })

  test('backtest over a file imports it first and runs over it', async () => {
    const strategy = join(home.path, 'buy-first.ts')
    writeFileSync(
      strategy,
      strategyText('  onBar(i: { flat: boolean; buy(n: number): unknown }) { if (i.flat) i.buy(1) }'),
    )
    const answer = await json(backtestAnswer, 'backtest', strategy, '--data', csv)
    expect(answer.run).toMatchObject({ state: 'done', counts: { bars: 4, fills: 1 }, strategyName: 'buy-first.ts' })
    expect(answer.run.config.instruments).toEqual([answer.data[0]?.instrument])
  })

  test('backtest with a sizer and session hours keeps both with the run, and verifies', async () => {
    const strategy = join(home.path, 'sized.ts')
    const body = `  onStart() { this.timer({ at: 'session-end' }, () => this.each((i) => { if (i.flat) i.buy() })) }`
    writeFileSync(strategy, strategyText(body))
    const options = ['--sizer', 'percent:50', '--session', '09:30-16:00', '--cash', '1000']
    const { run: summary } = await json(backtestAnswer, 'backtest', strategy, '--data', csv, ...options)
    expect(summary.config).toMatchObject({
      sizer: { kind: 'percent', percent: 50 },
      hours: { start: 34_200_000, end: 57_600_000 },
    })
    expect(summary.counts.fills).toBe(1)
    expect(await json(channels['run.verification'].gives, 'verify', summary.id)).toMatchObject({ state: 'identical' })
  })

  test('indicator: one value for each row of the file, null where there is none', async () => {
    const lines = z.record(z.string(), z.array(z.number().nullable()))
    const answer = z.strictObject({ id: z.string(), params: schema.paramValuesSchema, warmup: z.number(), lines })
    const found = await json(answer, 'indicator', 'sma', '--data', csv, '--params', '{"period":3}')
    expect(found).toEqual({ id: 'sma', params: { period: 3 }, warmup: 2, lines: { sma: [null, null, 12, 13] } })
    const standard = await json(answer, 'indicator', 'rsi', '--data', csv)
    expect(standard.params).toMatchObject({ period: 14 })
  })

  test('indicators', async () => {
    const entry = channels['indicator.list'].gives.shape.indicators.element.extend({ warmup: z.number() })
    const all = await json(z.array(entry), 'indicators')
    expect(all.length).toBeGreaterThanOrEqual(15)
    expect(all.find(({ id }) => id === 'macd')?.outputs.length).toBe(3)
  })

  test('call reaches a request by its name, columns included', async () => {
    const takes = { instrument: 'PRICES', interval: '1d', from: null, to: null, maxBars: 0 }
    const answer = channels['bars.read'].gives.extend({
      columns: z.record(z.string(), z.array(schema.maybeNumberSchema)),
    })
    const bars = await json(answer, 'call', 'bars.read', JSON.stringify(takes))
    expect(bars).toMatchObject({ bars: 4, available: 4, columns: { close: [11, 12, 13, 14] } })
    const list = await json(z.array(z.strictObject({ request: z.string(), about: z.string() })), 'call')
    expect(list.map(({ request }) => request)).toContain('backtest.start')
  })
})

describe('for people', () => {
  test('data, runs and backtest print aligned tables on stdout and nothing on stderr', async () => {
    const data = await run('data')
    expect(data).toMatchObject({ code: 0, stderr: '' })
    expect(data.stdout).toMatch(/^instrument +interval +bars +from +to +name +source\n/)
    expect(data.stdout).toMatch(/SPX +1d +5105 +2000-01-03 +2020-04-18 +S&P 500/)
    const backtest = await run('backtest', 'cross.ts', '--data', 'SPX')
    expect(backtest).toMatchObject({ code: 0, stderr: '' })
    expect(backtest.stdout).toMatch(/cross\.ts on SPX at 1d: 5105 bars, 175 fills, 88 trades/)
    expect(backtest.stdout).toMatch(/Largest drawdown +\d+\.\d\d %\n/)
    expect((await run('runs')).stdout).toMatch(/done +cross\.ts +SPX +1d +88 +-?\d/)
  })

  test('help lists every verb; a verb explains its options; both are no failure', async () => {
    const help = await run('--help')
    for (const verb of [
      'import',
      'data',
      'backtest',
      'runs',
      'run',
      'verify',
      'indicator',
      'indicators',
      'call',
      'serve',
    ])
      expect(help.stdout).toMatch(new RegExp(`^  ${verb} `, 'm'))
    expect(Math.max(...help.stdout.split('\n').map((line) => line.length))).toBeLessThan(160)
    expect(await run('backtest', '--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('--commission') })
  })

  test('an indicator leaves bad rows out when it is told to, and says how many', async () => {
    const path = join(home.path, 'gap.csv')
    writeFileSync(path, 'Date,Open,High,Low,Close\n2020-01-02,1,2,1,2\n2020-01-03,1,2,1,\n2020-01-06,1,4,1,4\n')
    const question = ['indicator', 'sma', '--data', path, '--params', '{"period":2}', '--json']
    expect(await run(...question)).toMatchObject({ code: 1, stderr: expect.stringContaining('row 3, column close') })
    const answer = await run(...question, '--skip-bad-rows')
    expect(answer).toMatchObject({ code: 0, stderr: expect.stringContaining('1 bad rows were left out') })
    expect(JSON.parse(answer.stdout).lines).toEqual({ sma: [null, 3] })
  })

  test('bad rows are told in words, in the language of the system', async () => {
    const path = join(home.path, 'bad.csv')
    writeFileSync(
      path,
      `Date,Open,High,Low,Close\n${csvRows.map((row) => row.split(',').slice(0, 5)).join('\n')}\n2020-01-08,1,2,x,1\n`,
    )
    const english = await run('import', path, '--instrument', 'BAD')
    expect(english).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/row 6, column low – this is not a number/),
    })
    const chinese = await terminal(['import', path, '--instrument', 'BAD'], {
      home: home.path,
      env: { LC_ALL: 'zh_CN.UTF-8' },
    })
    expect(chinese.stderr).toMatch(/第 6 行/)
    const skipped = await run('import', path, '--instrument', 'BAD', '--skip-bad-rows')
    expect(skipped.stdout).toMatch(/4 added.*1 bad rows\n[\s\S]*6 +low +this is not a number +x/)
  })
})

describe('exit codes', () => {
  test.each<[number, string[], RegExp]>([
    [2, [], /^$/],
    [2, ['fly'], /no verb “fly”/],
    [2, ['backtest'], /--data is missing[\s\S]*usage: tickwright backtest/],
    [2, ['runs', 'extra', 'words'], /“extra” is one word too many[\s\S]*usage: tickwright runs/],
    [2, ['analyze', 'RUN', 'nope'], /“nope” is one word too many/],
    [2, ['backtest', 'cross.ts', '--data', 'SPX', '--cash', 'much'], /--cash must be a number, was “much”/],
    [2, ['backtest', 'cross.ts', '--data', 'SPX', '--commission', 'cheap'], /--commission is none/],
    [2, ['backtest', 'cross.ts', '--data', 'SPX', '--sizer', 'big'], /--sizer is fixed:10/],
    [2, ['backtest', 'cross.ts', '--data', 'SPX', '--session', '16:00-09:30'], /--session is HH:MM-HH:MM/],
    [2, ['data', '--colour'], /Unknown option '--colour'/],
    [2, ['indicator', 'sma', '--data', 'prices.csv', '--params', '[3]'], /--params is an object/],
    [2, ['call', 'run.fly'], /no request “run\.fly”/],
    [1, ['backtest', 'gone.ts', '--data', 'SPX'], /no strategy “gone\.ts”/],
    [1, ['backtest', 'cross.ts', '--data', 'DAX'], /no instrument “DAX”/],
    [1, ['backtest', 'cross.ts', '--data', 'SPX', '--param', 'fast=1'], /“fast” cannot be 1: it must be ≥ 2/],
    [1, ['backtest', 'cross.ts', '--data', 'SPX', '--interval', '1m'], /only 1d is stored/],
    [1, ['indicator', 'sma', '--data', 'gone.csv'], /gone\.csv does not exist/],
    [1, ['indicator', 'quark', '--data', 'prices.csv'], /no indicator “quark”/],
    [1, ['verify', 'run-0'], /no run “run-0”/],
  ])('%i for %j, with the sentence on stderr and a clean stdout', async (code, args, said) => {
    const end = await run(...args)
    expect(end).toMatchObject({ code, stderr: expect.stringMatching(said) })
    if (args.length > 0) expect(end.stdout).toBe('')
    expect(end.stderr).not.toMatch(/\n {4}at |Error:/)
  })

  test('with --json a failure is a document too: its code and values', async () => {
    const end = await run('run', 'run-0', '--json')
    expect(end.code).toBe(1)
    expect(JSON.parse(end.stdout)).toEqual({ error: { code: 'run.unknown', data: { run: 'run-0' } } })
  })

  test('Ctrl-C cancels the run and leaves with 130', async () => {
    const slow = '  sum = 0\n  onBar() { for (let k = 0; k < 20000; k++) this.sum += k }'
    writeFileSync(join(home.path, 'slow.ts'), strategyText(`  onStart() { this.log('begun') }\n${slow}`))
    const args = ['backtest', 'slow.ts', '--data', 'SIM-COIN', '--json']
    const running = await startTerminal(args, { home: home.path })
    const service = await aService({ home: home.path, role: 'terminal' })
    const query = { search: 'slow.ts', limit: 1, offset: 0 }
    const isStored = async () => running.child.exitCode !== null || (await service.call('run.list', query)).total > 0
    while (!(await isStored())) await new Promise((next) => setTimeout(next, 50))
    running.child.kill('SIGINT')
    const end = await running.ended
    expect(end.code).toBe(130)
    expect(JSON.parse(end.stdout)).toEqual({ error: { code: 'cancelled', data: {} } })
    const [last] = (await service.call('run.list', query)).runs
    expect(last?.state).toBe('cancelled')
    await service.close()
  })

  test('a reader that has seen enough is no failure', async () => {
    const running = await startTerminal(['indicators', '--json'], { home: home.path })
    running.child.stdout?.destroy()
    expect((await running.ended).code).toBe(0)
    expect(running.stderr()).toBe('')
  })
})
