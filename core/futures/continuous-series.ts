import { type BarSeries, createBarSeries } from '../domain/bar-series.ts'
import { DomainError } from '../domain/errors.ts'
import { lowerBound, upperBound } from '../lib/columns.ts'
import { type Adjustment, adjustPrices, type Roll } from './back-adjust.ts'
import { type ContractChain, checkChain, type FuturesContract } from './contract-chain.ts'
import { isRollDue, type RollRule } from './roll-rule.ts'
import { weighRolls } from './weigh-rolls.ts'

/** One series over many contracts. */
export interface ContinuousSeries {
  readonly bars: BarSeries
  /** Position in the chain of the contract that gave each row. */
  readonly contract: Int32Array
  readonly rolls: readonly Roll[]
}

/** In place of an adjustment: contracts go over into each other within so many bars (a perpetual series). */
export interface WeighedRolls {
  readonly over: number
}

interface Row {
  readonly contract: number
  readonly bar: number
}

/**
 * The continuous series of a chain. The gap of a roll is taken at the last bar that both contracts have before it.
 * Throws `futures.no-contracts`, `futures.order`, `futures.no-overlap` (adjusting two contracts that have no bar in
 * common) and `futures.ratio` (a price of zero or less, which no ratio fits).
 */
export function continuousSeries(
  chain: ContractChain,
  rule: RollRule,
  adjustment: Adjustment | WeighedRolls,
): ContinuousSeries {
  checkChain(chain)
  const rows: Row[] = []
  const rolls: Roll[] = []
  let at = 0
  let bar = -1
  for (;;) {
    const current = chain[at] as FuturesContract
    const next = chain[at + 1]
    const time = current.bars.time[bar + 1]
    if (next !== undefined && leaves({ current, next, bar }, rule, time)) {
      const ended = current.bars.closeTime[bar] ?? Number.NEGATIVE_INFINITY
      rolls.push(
        rollBetween(current, next, {
          row: rows.length,
          ended,
          needed: typeof adjustment === 'string' && adjustment !== 'none',
        }),
      )
      bar = upperBound(next.bars.closeTime, lastStamp(chain, rows)) - 1
      at++
    } else if (time === undefined) break
    else rows.push({ contract: at, bar: ++bar })
  }
  // A contract that gave no row makes no roll of its own: what follows it is reached from what came before.
  const bars = join(chain, rows)
  const contract = Int32Array.from(rows, (row) => row.contract)
  if (typeof adjustment === 'object') weighRolls(bars, contract, rolls, { chain, over: adjustment.over })
  else adjustPrices([bars.open, bars.high, bars.low, bars.close], rolls, adjustment)
  return { bars, contract, rolls }
}

function leaves(
  { current, next, bar }: { readonly current: FuturesContract; readonly next: FuturesContract; readonly bar: number },
  rule: RollRule,
  time: number | undefined,
): boolean {
  if (time === undefined) return true
  const known = current.bars.closeTime[bar] ?? Number.NEGATIVE_INFINITY
  const nextBar = upperBound(next.bars.closeTime, known) - 1
  // Nothing to roll to yet.
  if (next.bars.length === 0 || (next.bars.time[0] as number) > time) return false
  return isRollDue(rule, { current, next, bar, nextBar }, time)
}

function lastStamp(chain: ContractChain, rows: readonly Row[]): number {
  const last = rows.at(-1)
  return last === undefined ? Number.NEGATIVE_INFINITY : (chain[last.contract]?.bars.closeTime[last.bar] as number)
}

function rollBetween(
  current: FuturesContract,
  next: FuturesContract,
  { row, ended, needed }: { readonly row: number; readonly ended: number; readonly needed: boolean },
): Roll {
  const { closeTime } = current.bars
  for (let bar = upperBound(closeTime, ended) - 1; bar >= 0; bar--) {
    const time = closeTime[bar] as number
    const other = lowerBound(next.bars.closeTime, time)
    if (next.bars.closeTime[other] !== time) continue
    const [oldPrice, newPrice] = [current.bars.close[bar] as number, next.bars.close[other] as number]
    return { from: current.code, to: next.code, row, time, oldPrice, newPrice }
  }
  if (needed && row > 0) throw new DomainError('futures.no-overlap', { from: current.code, to: next.code })
  return { from: current.code, to: next.code, row, time: ended, oldPrice: Number.NaN, newPrice: Number.NaN }
}

function join(chain: ContractChain, rows: readonly Row[]): BarSeries {
  const bars = createBarSeries(rows.length)
  const names = ['time', 'closeTime', 'open', 'high', 'low', 'close', 'volume', 'openInterest'] as const
  for (const name of names)
    for (const [row, { contract, bar }] of rows.entries()) bars[name][row] = chain[contract]?.bars[name][bar] as number
  return bars
}
