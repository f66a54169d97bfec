import { describe, expect, test } from 'vitest'
import { continuousSeries } from '../../../core/futures/continuous-series.ts'
import type { ContractChain } from '../../../core/futures/contract-chain.ts'
import { stitchPrices } from '../../../core/futures/multiple-prices.ts'
import type { RollRule } from '../../../core/futures/roll-rule.ts'
import { chain, rollOver } from '../../../core/futures/upstream-roll-over.ts'
import { barsOf, type Candle } from '../../helpers/bars-of.ts'
import { codeOf } from '../../helpers/code-of.ts'

const dayMs = 86_400_000
const start = Date.UTC(2024, 0, 1)

/** A contract with flat bars at these closes from day `from` on; volumes count down from 100 or up from 0. */
function contract(code: string, from: number, closes: readonly number[], volume: (bar: number) => number = () => 10) {
  const candles = closes.map((close, bar): Candle => [close, close, close, close, volume(bar)])
  return { code, expiry: start + (from + closes.length) * dayMs, bars: barsOf(candles, start + from * dayMs) }
}

/** March falls from day 0 to 4, June stands 10 above it from day 2 on. */
const two: ContractChain = [
  contract('H24', 0, [100, 101, 102, 103, 104]),
  contract('M24', 2, [112, 113, 114, 115, 116]),
]

const shown = (rule: RollRule, adjustment: 'none' | 'difference' | 'ratio' = 'none', of = two) => {
  const { bars, contract: from, rolls } = continuousSeries(of, rule, adjustment)
  return { closes: [...bars.close], from: [...from], rolls }
}

describe('a continuous series', () => {
  test('goes on to the next contract when one ends', () => {
    expect(shown({ kind: 'end' })).toMatchObject({
      closes: [100, 101, 102, 103, 104, 115, 116],
      from: [0, 0, 0, 0, 0, 1, 1],
    })
  })

  test('goes over within some bars where it is weighted, and needs nothing that comes later', () => {
    const { bars, contract: from } = continuousSeries(
      two,
      { kind: 'calendar', dates: { H24: start + 3 * dayMs } },
      { over: 3 },
    )
    // June from day 3 on: a third of it, two thirds, all
    expect([...from]).toEqual([0, 0, 0, 1, 1, 1, 1])
    const shownCloses = [...bars.close]
    expect(shownCloses.map((close) => Number(close.toFixed(9)))).toEqual([
      ...[100, 101, 102],
      ...[(113 + 2 * 103) / 3, (2 * 114 + 104) / 3].map((close) => Number(close.toFixed(9))),
      ...[115, 116],
    ])
    // Where the old one has no bar any more, the new one counts in full
    const late = continuousSeries(two, { kind: 'end' }, { over: 3 })
    expect([...late.bars.close]).toEqual([100, 101, 102, 103, 104, 115, 116])
  })

  test('rolls on the date of a calendar, and by expiry so many days before', () => {
    const calendar: RollRule = { kind: 'calendar', dates: { H24: start + 3 * dayMs } }
    expect(shown(calendar).from).toEqual([0, 0, 0, 1, 1, 1, 1])
    expect(shown({ kind: 'expiry', daysBefore: 2 }).from).toEqual([0, 0, 0, 1, 1, 1, 1])
    expect(shown({ kind: 'last-bars', bars: 1 }).from).toEqual([0, 0, 0, 0, 1, 1, 1])
  })

  test('rolls the day after the next contract has traded more', () => {
    const chainOf: ContractChain = [
      contract('H24', 0, [100, 101, 102, 103, 104], (bar) => 50 - 10 * bar),
      contract('M24', 2, [112, 113, 114, 115, 116], (bar) => 15 + 10 * bar),
    ]
    // Day 3: 20 against 25.
    expect(shown({ kind: 'volume' }, 'none', chainOf).from).toEqual([0, 0, 0, 0, 1, 1, 1])
    expect(shown({ kind: 'volume', confirm: 2 }, 'none', chainOf).from).toEqual([0, 0, 0, 0, 0, 1, 1])
  })

  test('rules can be joined, and a user can decide', () => {
    const never: RollRule = { kind: 'predicate', roll: () => false }
    const dearer: RollRule = {
      kind: 'predicate',
      roll: ({ current, next, bar, nextBar }) => (next.bars.close[nextBar] ?? 0) > (current.bars.close[bar] as number),
    }
    expect(shown({ kind: 'any', rules: [never, dearer] }).from).toEqual([0, 0, 0, 1, 1, 1, 1])
    expect(shown({ kind: 'all', rules: [never, dearer] }).from).toEqual([0, 0, 0, 0, 0, 1, 1])
  })

  test('back-adjusts by the gap of the last common bar; the last contract keeps its prices', () => {
    const { closes, rolls } = shown({ kind: 'end' }, 'difference')
    expect(closes).toEqual([110, 111, 112, 113, 114, 115, 116])
    expect(rolls).toEqual([{ from: 'H24', to: 'M24', row: 5, time: start + 5 * dayMs, oldPrice: 104, newPrice: 114 }])
    expect(shown({ kind: 'end' }, 'ratio').closes[0]).toBeCloseTo((100 * 114) / 104, 12)
  })

  test('gaps of several rolls add up', () => {
    const three = [...two, contract('U24', 5, [130, 131, 132])]
    // M24 ends at 116 on day 6, U24 then stands at 131.
    expect(shown({ kind: 'end' }, 'difference', three).closes).toEqual([125, 126, 127, 128, 129, 130, 131, 132])
  })

  test('no contract, a wrong order, no common bar and a ratio of negative prices are told', () => {
    expect(codeOf(() => shown({ kind: 'end' }, 'none', []))).toBe('futures.no-contracts')
    expect(codeOf(() => shown({ kind: 'end' }, 'none', two.toReversed()))).toBe('futures.order')
    const apart = [contract('H24', 0, [1, 2]), contract('M24', 5, [3, 4])]
    expect(codeOf(() => shown({ kind: 'end' }, 'difference', apart))).toBe('futures.no-overlap')
    expect(shown({ kind: 'end' }, 'none', apart).closes).toEqual([1, 2, 3, 4])
    const negative = [contract('K20', 0, [10, -37]), contract('M20', 0, [20, 21, 22])]
    expect(codeOf(() => shown({ kind: 'end' }, 'ratio', negative))).toBe('futures.ratio')
    expect(shown({ kind: 'end' }, 'difference', negative).closes).toEqual([68, 21, 22])
  })
})

describe('prices of the held and the next contract', () => {
  test('are stitched at the last row that has both', () => {
    const { adjusted, rolls } = stitchPrices(
      {
        time: Float64Array.of(1, 2, 3, 4),
        price: Float64Array.of(10, 11, 20, 21),
        forward: Float64Array.of(19, Number.NaN, 30, 31),
        contract: ['A', 'A', 'B', 'B'],
      },
      'difference',
    )
    expect([...adjusted]).toEqual([19, 20, 20, 21])
    expect(rolls).toMatchObject([{ from: 'A', to: 'B', row: 2, oldPrice: 10, newPrice: 19 }])
  })
})

describe('backtrader’s feeds', () => {
  const from = ({ contract: at }: { readonly contract: Int32Array }) => [...at]

  test('RollOver delivers the new contract’s bar in place of the one that was asked about', () => {
    const rows = rollOver(two, { checkDate: (stamp) => stamp >= start + 4 * dayMs })
    expect(from(rows)).toEqual([0, 0, 0, 1, 1, 1, 1])
    expect([...rows.bar]).toEqual([0, 1, 2, 1, 2, 3, 4])
  })

  test('RollOver waits for its condition', () => {
    const rows = rollOver(two, { checkDate: () => true, checkCondition: (_, __, { nextBar }) => nextBar === 2 })
    expect(from(rows)).toEqual([0, 0, 0, 0, 1, 1, 1])
  })

  test('RollOver loses a bar of a contract that had already gone past the old one’s end', () => {
    const gap = [contract('H24', 0, [1, 2]), contract('M24', 3, [3, 4])]
    expect([...rollOver(gap, {}).bar]).toEqual([0, 1, 1])
  })

  test('Chainer leaves out days that it has delivered', () => {
    expect([...chain(two).bar]).toEqual([0, 1, 2, 3, 4, 3, 4])
  })
})
