import { describe, expect, it } from 'vitest'
import { backtestConfigSchema } from '../../../core/contract/schemas.ts'
import { configOf, defaultSetup, readSetup, setupFrom, setupProblems } from '../../../renderer/state/backtest-config.ts'

const chosen = {
  strategy: 'sma-cross.ts',
  instruments: ['SPX'],
  params: { fast: 10 },
  coverage: [],
  zone: 'America/New_York',
}

describe('the configuration of a backtest', () => {
  it('becomes what the service takes', () => {
    const config = configOf(defaultSetup, chosen)
    expect(backtestConfigSchema.parse(config)).toEqual(config)
    expect(config).toMatchObject({ instruments: ['SPX'], params: { fast: 10 }, from: null, to: null })
  })

  it('comes back from a stored run as it was', () => {
    const config = {
      ...configOf(defaultSetup, chosen),
      // Midnights of the exchange.
      from: Date.UTC(2010, 0, 4, 5),
      to: Date.UTC(2011, 6, 4, 4),
      commission: { kind: 'percent', rate: 0.002 } as const,
    }
    const setup = setupFrom(config, defaultSetup, chosen.zone)
    expect(configOf(setup, { ...chosen, params: setup.params['sma-cross.ts'] ?? {} })).toEqual(config)
  })

  it('survives a restart through JSON', () => {
    const setup = {
      ...defaultSetup,
      cash: 5000,
      slippage: { kind: 'fixed', points: 0.5 } as const,
      instruments: ['SPX'],
    }
    expect(readSetup(JSON.parse(JSON.stringify(setup)))).toEqual(setup)
  })

  it('falls back to the default where the stored one is malformed', () => {
    expect(readSetup('nonsense')).toEqual(defaultSetup)
    expect(
      readSetup({ cash: null, commission: { kind: 'futures', margin: 'much' }, period: { preset: 'never' } }),
    ).toEqual({
      ...defaultSetup,
      commission: { kind: 'futures', perContract: 2, margin: 2000, multiplier: 10 },
    })
  })

  it('says what cannot be run before the service is asked', () => {
    const nothing = { strategy: null, instruments: [] }
    expect(setupProblems(defaultSetup, nothing)).toEqual(['strategy', 'instruments'])
    const bad = {
      ...defaultSetup,
      cash: Number.NaN,
      commission: { kind: 'futures', perContract: 1, margin: 0, multiplier: 1 } as const,
      slippage: { kind: 'percent', ratio: -0.1 } as const,
      seed: 1.5,
      period: { preset: 'custom', from: 2, to: 1 } as const,
    }
    expect(setupProblems(bad, chosen)).toEqual(['period', 'cash', 'commission', 'slippage', 'seed'])
    expect(setupProblems(defaultSetup, chosen)).toEqual([])
  })
})
