import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clusterMarks, countMarks, indexTrades, tradeOfRow, tradesIn } from '../../../renderer/chart/trade-marks.ts'
import { barsOf, type TestTrade, tradeTable } from './series.ts'

const length = 400
const bars = barsOf(Array.from({ length }, (_, i) => 1000 + ((i * 7) % 31)))
const trade = fc
  .record({
    entry: fc.integer({ min: 0, max: length - 1 }),
    held: fc.option(fc.integer({ min: 0, max: 60 })),
    side: fc.constantFrom<1 | -1>(1, -1),
    pnl: fc.integer({ min: -500, max: 500 }),
  })
  .map(({ entry, held, side, pnl }): TestTrade => {
    return { entry, exit: held === null ? null : Math.min(length - 1, entry + held), side, pnl }
  })
const someTrades = fc.array(trade, { maxLength: 120 })
const period = fc.tuple(fc.integer({ min: 0, max: length }), fc.integer({ min: 0, max: length })).map(([a, b]) => {
  return { from: Math.min(a, b), to: Math.max(a, b) }
})

/** Counting one by one. */
function counted(trades: readonly TestTrade[], from: number, to: number) {
  const within = (bar: number | null) => bar !== null && bar >= from && bar < to
  const exits = trades.filter(({ exit }) => within(exit))
  const entries = trades.filter(({ entry }) => within(entry))
  return {
    entries: entries.length,
    longEntries: entries.filter(({ side }) => side === 1).length,
    exits: exits.length,
    wins: exits.filter(({ pnl }) => pnl > 0).length,
    losses: exits.filter(({ pnl }) => pnl < 0).length,
    pnl: exits.reduce((sum, { pnl }) => sum + pnl, 0),
  }
}

describe('marks of trades', () => {
  test('counts of any period are those of counting every trade', () => {
    fc.assert(
      fc.property(someTrades, period, (trades, { from, to }) => {
        const marks = indexTrades(tradeTable(bars, trades), bars)
        expect(countMarks(marks, from, to)).toEqual(counted(trades, from, to))
      }),
    )
  })

  test('clusters of any size together have every entry, exit, win and loss once', () => {
    fc.assert(
      fc.property(someTrades, fc.integer({ min: 1, max: 128 }), (trades, size) => {
        const clusters = clusterMarks(indexTrades(tradeTable(bars, trades), bars), 0, length, size)
        const sum = (name: 'entries' | 'longEntries' | 'exits' | 'wins' | 'losses' | 'pnl') =>
          clusters.reduce((total, cluster) => total + cluster[name], 0)
        const all = counted(trades, 0, length)
        for (const name of ['entries', 'longEntries', 'exits', 'wins', 'losses', 'pnl'] as const)
          expect(sum(name)).toBe(all[name])
      }),
    )
  })

  test('a cluster has the same counts wherever the screen is', () => {
    fc.assert(
      fc.property(someTrades, period, (trades, { from, to }) => {
        const marks = indexTrades(tradeTable(bars, trades), bars)
        const all = clusterMarks(marks, 0, length, 32)
        for (const cluster of clusterMarks(marks, from, to, 32)) expect(all).toContainEqual(cluster)
      }),
    )
  })

  test('every trade that lives during a period is found, in order of entry', () => {
    fc.assert(
      fc.property(someTrades, period, (trades, { from, to }) => {
        const marks = indexTrades(tradeTable(bars, trades), bars)
        const lives = ({ entry, exit }: TestTrade) => entry < to && (exit === null || exit >= from || entry >= from)
        const found = tradesIn(marks, from, to).map((position) => marks.row[position])
        const expected = trades.flatMap((one, row) => (lives(one) ? [row] : []))
        expect([...found].sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(expected)
        const entries = found.map((row) => trades[row ?? -1]?.entry ?? 0)
        expect(entries).toEqual([...entries].sort((a, b) => a - b))
      }),
    )
  })

  test('a fill within a bar stands on that bar', () => {
    const table = tradeTable(bars, [{ entry: 5, exit: 9, side: 1, pnl: 1 }])
    table.columns.entryTime[0] = (bars.time[5] ?? 0) + 59_999
    expect(indexTrades(table, bars).entryBar[0]).toBe(5)
  })

  test('trades of another instrument and trades before the first bar are left out', () => {
    const table = tradeTable(bars, [
      { entry: 5, exit: 9, side: 1, pnl: 1 },
      { entry: 6, exit: 8, side: 1, pnl: 1 },
      { entry: 7, exit: 8, side: 1, pnl: 1 },
    ])
    table.columns.instrument[0] = 1
    table.columns.entryTime[1] = (bars.time[0] ?? 0) - 1
    const marks = indexTrades(table, bars)
    expect([...marks.row]).toEqual([2])
    expect(tradeOfRow(marks, 2)).toBe(0)
    expect(tradeOfRow(marks, 0)).toBe(-1)
  })
})
