import { describe, expect, it } from 'vitest'
import { brokerFrom } from '../../../core/node/cli/broker-options.ts'
import { strategySettings } from '../../../core/node/cli/strategy-options.ts'
import type { VerbContext } from '../../../core/node/cli/verb.ts'
import {
  type BacktestSetup,
  configOf,
  defaultSetup,
  readSetup,
  setupFrom,
  setupProblems,
} from '../../../renderer/state/backtest-config.ts'
import { readLines } from '../../../renderer/state/broker-lines.ts'
import { backtestLine } from '../../../renderer/state/cli-line.ts'
import { series } from '../../helpers/catalogue.ts'

const chosen = { strategy: 'cross.ts', instruments: ['SPX'], params: {}, coverage: [series('SPX', '1d')], zone: 'UTC' }

const full: BacktestSetup = {
  ...defaultSetup,
  broker: { fund: { start: 50 }, shortCash: false, checkSubmit: false },
  lists: {
    commissions: 'SPX=futures:2,1000,50\nAAPL=fixed:0.005',
    cashFlows: '2020-03-01=-500\n\n 2020-04-01T12:30:00Z=250.5 ',
    history: '2020-03-02,SPX,100,3090.23',
  },
  sizer: { kind: 'risk', ratio: 0.01 },
  hours: { start: 34_200_000, end: 57_600_000 },
}

describe('size, session and account of a backtest', () => {
  it('become what the service is sent', () => {
    const config = configOf(full, chosen)
    expect(config.broker).toEqual({
      ...full.broker,
      commissions: {
        SPX: { kind: 'futures', perContract: 2, margin: 1000, multiplier: 50 },
        AAPL: { kind: 'fixed', perUnit: 0.005 },
      },
      cashFlows: [
        { time: Date.UTC(2020, 2, 1), amount: -500 },
        { time: Date.UTC(2020, 3, 1, 12, 30), amount: 250.5 },
      ],
      history: [{ time: Date.UTC(2020, 2, 2), instrument: 'SPX', size: 100, price: 3090.23 }],
    })
    expect([config.sizer, config.hours]).toEqual([full.sizer, full.hours])
    expect(configOf(defaultSetup, chosen)).not.toHaveProperty('broker')
  })

  it('are the same when a stored run is repeated, and after a restart', () => {
    const config = configOf(full, chosen)
    expect(configOf(setupFrom(config, defaultSetup, 'UTC'), chosen)).toEqual(config)
    expect(configOf(readSetup(JSON.parse(JSON.stringify(full))), chosen)).toEqual(config)
  })

  it('are in the line for the terminal, which reads them back as they are', () => {
    const line = backtestLine(configOf(full, chosen))
    const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
    const after = (name: string) => words.flatMap((word, index) => (word === name ? [words[index + 1]] : []))
    const context = {
      values: { broker: after('--broker'), sizer: after('--sizer')[0], session: after('--session')[0] },
    }
    expect(brokerFrom(context as unknown as VerbContext)).toEqual(configOf(full, chosen).broker)
    expect(strategySettings(context as unknown as VerbContext)).toEqual({ sizer: full.sizer, hours: full.hours })
  })

  it('with a line that cannot be read keep the run from starting, and name the line', () => {
    const wrong = { ...full, lists: { ...full.lists, cashFlows: '2020-03-01=-500\n2020-02-31=ten' } }
    expect(setupProblems(wrong, { strategy: 'cross.ts', instruments: ['SPX'] })).toEqual(['lists'])
    expect(readLines('cashFlows', wrong.lists.cashFlows).badLine).toBe(2)
    expect(readLines('commissions', 'SPX=percent:x').badLine).toBe(1)
    expect(readLines('history', '2020-03-02,SPX,100').badLine).toBe(1)
    expect(setupProblems(full, { strategy: 'cross.ts', instruments: ['SPX'] })).toEqual([])
  })
})
