import { describe, expect, it } from 'vitest'
import {
  keyNames,
  keyProblem,
  readTradingKeys,
  standardKeys,
  tradingActOf,
  useTradingKeys,
} from '../../../renderer/state/trading-keys.ts'

describe('the trading keys', () => {
  it('are the stored ones, and the standard ones where something in them is no key or two are the same', () => {
    const own = { buy: 'F1', sell: 'F2', flatten: 'q' }
    expect(readTradingKeys(own)).toEqual(own)
    for (const wrong of [null, 3, {}, { ...own, buy: '' }, { ...own, buy: 'F2' }, { ...own, sell: 'Escape' }])
      expect(readTradingKeys(wrong)).toBe(standardKeys)
  })

  it('mean what they were chosen for, whatever the shift key', () => {
    useTradingKeys.setState({ buy: 'k', sell: 'F2', flatten: 'q' })
    expect(['k', 'K', 'F2', 'q', 'b'].map((key) => tradingActOf({ key }))).toEqual([
      ...['buy', 'buy', 'sell', 'flatten', undefined],
    ])
    expect(keyNames(useTradingKeys.getState())).toEqual({ buy: 'K', sell: 'F2', flatten: 'Q' })
    useTradingKeys.setState(standardKeys)
  })

  it('cannot be keys that mean something else, nor another one of them', () => {
    expect(keyProblem(standardKeys, 'buy', 'c')).toBe('reserved')
    expect(keyProblem(standardKeys, 'buy', 's')).toBe('taken')
    expect(keyProblem(standardKeys, 'buy', 'b')).toBeNull()
    expect(keyProblem(standardKeys, 'buy', 'F1')).toBeNull()
  })
})
