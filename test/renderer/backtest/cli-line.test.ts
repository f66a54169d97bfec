import { describe, expect, it } from 'vitest'
import { backtestVerb } from '../../../core/node/cli/verbs/backtest.ts'
import { backtestLine, shellWord } from '../../../renderer/state/cli-line.ts'
import type { BacktestConfig } from '../../../renderer/state/run-types.ts'

const plain: BacktestConfig = {
  strategy: { kind: 'saved', name: 'sma-cross.ts' },
  params: {},
  instruments: ['SPX'],
  interval: '1d',
  from: null,
  to: null,
  cash: 100_000,
  commission: { kind: 'none' },
  slippage: { kind: 'none' },
  profile: 'default',
  fillPolicy: 'pessimistic',
  seed: 1,
}

describe('the terminal line of a backtest', () => {
  it('leaves out what the terminal does by itself', () => {
    expect(backtestLine(plain)).toBe('tickwright backtest sma-cross.ts --data SPX --interval 1d --cash 100000')
  })

  it('carries costs and broker settings as the terminal reads them', () => {
    const line = backtestLine({
      ...plain,
      commission: { kind: 'percent', rate: 0.001, leverage: 2, interest: 0.03, interestLong: true },
      slippage: { kind: 'percent', ratio: 0.0005, atOpen: false, outside: true },
      fillPolicy: 'tick',
      broker: { lots: 'whole', exits: 'once', delayBars: 1, filler: { kind: 'bar-percent', percent: 10 } },
      marketFiles: [{ instrument: 'SPX', kind: 'tick', path: '/data/ticks.csv' }],
    })
    expect(line).toContain('--commission percent:0.001 --leverage 2 --interest 0.03 --interest-long')
    expect(line).toContain('--slippage percent:0.0005,no-open,outside')
    expect(line).toContain('--broker delayBars=1 --broker \'filler={"kind":"bar-percent","percent":10}\'')
    expect(line).toContain('--fill-policy tick')
    expect(line).toContain('--ticks SPX=/data/ticks.csv')
    expect(line).not.toContain('lots')
  })

  it('carries everything that was chosen', () => {
    const line = backtestLine({
      ...plain,
      params: { fast: 10, name: 'two words', long: true },
      instruments: ['SPX', 'SIM-AAA'],
      from: Date.UTC(2010, 0, 4),
      to: Date.UTC(2012, 0, 4, 9, 30),
      commission: { kind: 'futures', perContract: 2, margin: 2000, multiplier: 10 },
      slippage: { kind: 'fixed', points: 0.25 },
      fillPolicy: 'optimistic',
      seed: 7,
    })
    expect(line).toBe(
      "tickwright backtest sma-cross.ts --data SPX --data SIM-AAA --interval 1d --from 2010-01-04 --to 2012-01-04T09:30:00.000Z --cash 100000 --commission futures:2,2000,10 --slippage fixed:0.25 --fill-policy optimistic --seed 7 --param fast=10 --param 'name=two words' --param long=true",
    )
  })

  it('does not repeat the fill policy that a profile brings along', () => {
    const line = backtestLine({ ...plain, profile: 'backtrader', fillPolicy: 'backtrader' })
    expect(line).toContain('--profile backtrader')
    expect(line).not.toContain('--fill-policy')
  })

  it('uses only options that the terminal knows', () => {
    const line = backtestLine({
      ...plain,
      params: { fast: 1 },
      from: 0,
      to: 1,
      commission: { kind: 'percent', rate: 0.001 },
      slippage: { kind: 'percent', ratio: 0.0005 },
      profile: 'backtrader',
      fillPolicy: 'pessimistic',
      seed: 2,
    })
    const options = [...line.matchAll(/ --([a-z-]+)/g)].map(([, name]) => name)
    expect(options.length).toBe(11)
    for (const name of options) expect(Object.keys(backtestVerb.options)).toContain(name)
  })

  it('quotes a word so that a shell reads it back', () => {
    expect(shellWord('plain-1.ts')).toBe('plain-1.ts')
    expect(shellWord("it's $HOME")).toBe("'it'\\''s $HOME'")
  })
})
