import { expect, test } from 'vitest'
import { listLines } from '../../../core/engine/kernel.ts'
import { workloadInstrument } from '../../bench/workloads.ts'
import { barsOf } from '../../helpers/bars-of.ts'
import { loadStrategy } from '../../helpers/load-strategy.ts'

const code = `
import { ownIndicator, rsi, sma, Strategy, zigzag } from 'tickwright'
const level = ownIndicator({ name: 'level', outputs: { value: 0 }, pane: 'price', perBar: () => (x) => x })
export default class Shown extends Strategy {
  onStart() {
    this.each((i) => {
      i.use('fast', sma(i.close, 2))
      i.use('before', sma(i.close, 2).ago(1))
      i.use('gap', i.close.minus(sma(i.close, 2)))
      i.use('rsi', rsi(i.close, 2))
      i.use('turn', zigzag(i, 5).peak)
      i.use('level', level(i).value)
    })
  }
  onBar() { throw new Error('nothing is simulated') }
}`

test('a strategy’s lines are told with where and how a chart draws them, without a run', async () => {
  const bars = barsOf([100, 102, 101, 104, 103].map((c) => [c, c, c, c] as const))
  const found = listLines(
    {
      ...{ strategyExports: await loadStrategy(code), params: {}, cash: 1_000, seed: 1 },
      instruments: [{ record: workloadInstrument('AAA'), bars, interval: '1d' }],
      ...{ commission: { kind: 'none' }, slippage: { kind: 'none' }, profile: 'default', fillPolicy: 'pessimistic' },
    },
    0,
  )
  expect(found.map(({ name, title, pane, draw }) => [name, title, pane, draw])).toEqual([
    ['fast', 'sma(close, 2)', 'price', 'line'],
    ['before', 'ago(sma(close, 2), 1)', 'price', 'line'],
    ['gap', 'minus(close, sma(close, 2))', 'own', 'line'],
    ['rsi', 'rsi(close, 2, smma, 1, 100, 50)', 'own', 'line'],
    ['turn', 'zigzag(high, low, 5).peak', 'price', 'points'],
    ['level', 'level(close)', 'price', 'line'],
  ])
  expect([...(found[0]?.values ?? [])]).toEqual([Number.NaN, 101, 101.5, 102.5, 103.5])
})
