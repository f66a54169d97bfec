import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Takes } from '../../core/contract/contract.ts'
import { isDomainError } from '../../core/domain/errors.ts'
import { aService, crossConfig, type RunningService } from '../helpers/a-service.ts'
import { failureOf, saidInBothLanguages } from '../helpers/sentences.ts'
import { strategyText } from '../helpers/strategies.ts'

let running: RunningService
beforeAll(async () => {
  running = await aService()
})
afterAll(() => running.close())

type Config = Partial<Takes<'backtest.start'>>

/** Code of a failure, after proving its sentences whole; the English sentence for a closer look. */
async function told(promise: Promise<unknown>): Promise<{ code: string; data: Record<string, unknown>; said: string }> {
  const failure = await failureOf(promise)
  if (!isDomainError(failure)) throw failure
  return { code: failure.code, data: failure.data, said: saidInBothLanguages(failure) }
}

async function runsStored(): Promise<number> {
  return (await running.call('run.list', { search: '', limit: 1, offset: 0 })).total
}

describe('a strategy that cannot start', () => {
  test.each<[string, string, string, RegExp]>([
    [
      'a type error',
      '  onBar() {\n    this.log(1).length\n    const units: number = "two"\n  }',
      'strategy.types',
      /bad\.ts, line 5, /,
    ],
    ['a misspelt member', '  onBar() {\n    this.bye(1)\n  }', 'strategy.types', /bad\.ts, line 5, .*bye/],
    ['a syntax error', '  onBar( {\n  }', 'strategy.syntax', /bad\.ts, line \d+, column \d+: /],
    ['text that is no program', '  %%%', 'strategy.syntax', /bad\.ts, line 4, /],
  ])('%s is told with file, line and column, and no run is stored', async (_, body, code, said) => {
    const before = await runsStored()
    const strategy = await running.strategy('bad.ts', strategyText(body))
    const found = await told(running.backtest({ strategy }))
    expect(found).toMatchObject({ code, said: expect.stringMatching(said) })
    expect(await runsStored()).toBe(before)
  })

  test.each<[string, string, string, RegExp]>([
    ['a package', "import _ from 'lodash'\nexport default _", 'strategy.import', /line 1: “lodash”/],
    [
      'Node',
      "\nimport { readFileSync } from 'node:fs'\nexport default readFileSync",
      'strategy.import',
      /line 2: “node:fs”/,
    ],
    [
      'a module that is not there',
      "import { x } from './nowhere.ts'\nexport default x",
      'strategy.import',
      /“\.\/nowhere\.ts”/,
    ],
    ['a file without a class', 'export const nothing = 1', 'strategy.shape', /no default export/],
    ['a class of another kind', 'export default class A {}', 'strategy.shape', /does not extend Strategy/],
    [
      'a default outside its limits',
      "import { param, Strategy } from 'tickwright'\nexport default class A extends Strategy {\n  static params = { n: param.int(5, { min: 6 }) }\n}",
      'strategy.shape',
      /“n” lies outside/,
    ],
    ['an empty file', '', 'strategy.shape', /no default export/],
    [
      'an async onBar',
      strategyText('  async onBar() {\n    await null\n    this.log(1)\n  }'),
      'strategy.shape',
      /bad\.ts: onBar must not be async/,
    ],
    [
      'an exception at top level',
      "import { Strategy } from 'tickwright'\n\nthrow new Error('not today')\nexport default class A extends Strategy {}",
      'strategy.exception',
      /bad\.ts, line 3: .*not today/,
    ],
    [
      'an endless loop at top level',
      "import { Strategy } from 'tickwright'\nfor (;;) {}\nexport default class A extends Strategy {}",
      'strategy.endless',
      /bad\.ts: nothing was finished for 2 s/,
    ],
  ])('%s is told', async (_, text, code, said) => {
    const strategy = await running.strategy('bad.ts', text)
    expect(await told(running.backtest({ strategy }))).toMatchObject({ code, said: expect.stringMatching(said) })
  })

  test('the check that an editor asks for says the same as problems with their place', async () => {
    const strategy = await running.strategy('bad.ts', strategyText('  onBar() {\n    this.bye(1)\n  }'))
    const { problems } = await running.call('strategy.check', { strategy })
    expect(problems).toEqual([expect.objectContaining({ file: 'bad.ts', line: 5, column: 10, severity: 'error' })])
    await running.strategy('bad.ts', strategyText('  onBar( {'))
    const broken = await running.call('strategy.check', { strategy })
    expect(broken.problems).toEqual([expect.objectContaining({ file: 'bad.ts', severity: 'error' })])
  })
})

describe('a strategy that fails while it runs', () => {
  const at = (body: string) => `  onBar(i: any) {\n    if (i.barCount < 40) return\n    ${body}\n  }`
  test.each<[string, string, string, RegExp]>([
    [
      'an exception in onBar',
      at("throw new TypeError('no such thing')"),
      'strategy.exception',
      /bad\.ts, line 6: TypeError: no such thing \(2000-02-29\)/,
    ],
    ['a property of nothing', at('i.nothing.price'), 'strategy.exception', /bad\.ts, line 6: .*price/],
    [
      'recursion without end',
      at('const down = (): number => down() + 1; down()'),
      'strategy.exception',
      /bad\.ts, line 6: RangeError/,
    ],
    [
      'an exception in onStart',
      "  onStart() {\n    throw new Error('early')\n  }",
      'strategy.exception',
      /bad\.ts, line 5: Error: early\. /,
    ],
    ['an order of no quantity', at('i.buy(0)'), 'order.invalid', /bad\.ts, line 6: .*quantity above 0, was 0/],
    [
      'an order before the first bar',
      '  onStart() {\n    this.instruments[0]?.buy(1)\n  }',
      'order.invalid',
      /line 5: .*before the first bar/,
    ],
    ['a price that is none', at('i.buy(1).limit(Number.NaN)'), 'order.invalid', /line 6: .*limit cannot be NaN/],
    ['a look into the future', at('i.close.at(-1)'), 'strategy.look-ahead', /bad\.ts, line 6: .*future/],
    ['a look before the first bar', at('i.close.at(40)'), 'strategy.history', /bad\.ts, line 6: close has 40 values/],
    [
      'an indicator parameter out of range',
      '  onStart() {\n    this.each((i) => sma(i.close, 0))\n  }',
      'param.invalid',
      /bad\.ts, line 5: .*“period” cannot be 0: .*whole number/,
    ],
    [
      'an instrument that is not in the run',
      "  onStart() {\n    this.instrument('DAX')\n  }",
      'instrument.unknown',
      /bad\.ts, line 5: .*“DAX”/,
    ],
    ['a thrown text', at("throw 'plain words'"), 'strategy.exception', /plain words/],
  ])('%s stops the run at the line of the user, and the run says so', async (_, body, code, said) => {
    const strategy = await running.strategy('bad.ts', strategyText(body))
    const found = await told(running.backtest({ strategy }))
    expect(found).toMatchObject({ code, said: expect.stringMatching(said) })
    const [last] = (await running.call('run.list', { search: 'bad.ts', limit: 1, offset: 0 })).runs
    expect(last).toMatchObject({ state: 'failed', error: { code, data: found.data } })
    await expect(running.call('run.get', { run: last?.id ?? '' })).resolves.toMatchObject({
      summary: { state: 'failed' },
    })
  })

  test('what it logged before is kept with the failed run', async () => {
    const body =
      "  onBar(i: any) {\n    this.log('bar', i.barCount)\n    if (i.barCount === 3) throw new Error('third')\n  }"
    const strategy = await running.strategy('bad.ts', strategyText(body))
    await expect(running.backtest({ strategy })).rejects.toMatchObject({ code: 'strategy.exception' })
    const [last] = (await running.call('run.list', { search: 'bad.ts', limit: 1, offset: 0 })).runs
    const { log } = await running.call('run.get', { run: last?.id ?? '' })
    expect(log.map(({ text }) => text)).toEqual(['bar 1', 'bar 2', 'bar 3'])
  })

  test('an endless loop in onBar is stopped after ten silent seconds, and the next backtest works', async () => {
    const body = '  onBar(i: any) { while (i.barCount >= 50) i.barCount }'
    const strategy = await running.strategy('bad.ts', strategyText(body))
    const found = await told(running.backtest({ strategy }))
    expect(found).toMatchObject({ code: 'strategy.endless', data: { file: 'bad.ts', bars: 49, seconds: 10 } })
    expect(found.said).toMatch(/bad\.ts: .* 10 s after 49 bars/)
    expect((await running.backtest()).summary.state).toBe('done')
  })
})

describe('a configuration that cannot run', () => {
  test.each<[string, Config, string, RegExp]>([
    ['an instrument that is not there', { instruments: ['DAX'] }, 'instrument.unknown', /“DAX”.*import/],
    ['a period before the data', { to: Date.UTC(1990, 0, 1) }, 'period.empty', /SPX has no bars/],
    ['a period whose end is before its beginning', { from: 9e11, to: 8e11 }, 'period.empty', /Widen/],
    ['an interval finer than what is stored', { interval: '1m' }, 'interval.unavailable', /SPX .* 1m: only 1d/],
    ['a parameter that is not declared', { params: { fsat: 3 } }, 'param.unknown', /“fsat”.*fast, slow/],
    ['a parameter below its limit', { params: { fast: 1 } }, 'param.invalid', /“fast” cannot be 1: it must be ≥ 2/],
    ['a parameter that is not whole', { params: { fast: 2.5 } }, 'param.invalid', /a whole number/],
    [
      'a strategy that is not there',
      { strategy: { kind: 'saved', name: 'gone.ts' } },
      'strategy.unknown',
      /“gone\.ts”/,
    ],
    [
      'a file that is not there',
      { strategy: { kind: 'file', path: '/nowhere/a.ts' } },
      'strategy.unknown',
      /\/nowhere\/a\.ts/,
    ],
    ['no cash', { cash: 0 }, 'request.invalid', /backtest\.start.*cash/],
    ['no instrument', { instruments: [] }, 'request.invalid', /instruments/],
  ])('%s is told, and no run is stored', async (_, config, code, said) => {
    const before = await runsStored()
    expect(await told(running.backtest(config))).toMatchObject({ code, said: expect.stringMatching(said) })
    expect(await runsStored()).toBe(before)
  })

  test('an instrument without bars says that bars are missing', async () => {
    const { instruments } = await running.call('instrument.list', {})
    const path = join(running.home, 'two.csv')
    writeFileSync(path, 'Date,Open,High,Low,Close\n2020-01-02,1,2,1,2\n2020-01-03,2,3,1,2\n')
    const inspected = await running.call('import.inspect', { path, recipe: null })
    const instrument = { ...inspected.reply.suggestedInstrument, id: 'EMPTY' }
    const { job } = await running.call('import.start', { path, recipe: inspected.reply.recipe, instrument })
    await running.ended(job)
    expect((await running.call('instrument.list', {})).instruments).toHaveLength(instruments.length + 1)
    await running.call('instrument.delete', { instrument: 'EMPTY' })
    expect(await told(running.backtest({ instruments: ['EMPTY'] }))).toMatchObject({ code: 'instrument.unknown' })
  })

  test('what does not exist is unknown, whatever asks for it', async () => {
    const asked = [
      running.call('run.get', { run: 'run-0' }),
      running.call('run.equity', { run: 'run-0', maxRows: 0 }),
      running.call('run.delete', { run: 'run-0' }),
      running.call('run.annotate', { run: 'run-0', note: '' }),
      running.call('run.verify', { run: 'run-0' }),
      running.call('run.verification', { job: 'job-0' }),
      running.call('job.cancel', { job: 'job-0' }),
      running.call('import.result', { job: 'job-0' }),
      running.call('instrument.delete', { instrument: 'DAX' }),
      running.call('strategy.read', { name: 'gone.ts' }),
      running.call('strategy.create', { name: 'new.ts', template: 'gone' }),
      running.call('indicator.compute', {
        id: 'gone',
        params: {},
        instrument: 'SPX',
        interval: '1d',
        from: null,
        to: null,
      }),
    ]
    const codes = await Promise.all(asked.map(async (promise) => (await told(promise)).code))
    expect(codes.every((code) => code.endsWith('.unknown'))).toBe(true)
  })

  test('whatever is sent beside the contract is refused with the field', async () => {
    for (const takes of [
      { ...crossConfig, extra: 1 },
      { ...crossConfig, cash: Number.POSITIVE_INFINITY },
      null,
      [],
      'x',
      3,
    ]) {
      expect((await told(running.call('backtest.start', takes as never))).code).toBe('request.invalid')
    }
    const strange = { ...crossConfig, instruments: ['../../etc'] }
    expect((await told(running.call('backtest.start', strange))).said).toMatch(/instruments\.0/)
  })
})
