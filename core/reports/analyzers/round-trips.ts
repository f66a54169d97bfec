import type { AnalyzedRun, RoundTripColumns } from './analyzed-run.ts'
import { type Analysis, defineAnalyzer } from './definition.ts'
import { deviationOf, meanOf } from './moments.ts'

/** Rows of the closed round trips, in the order in which they were closed. */
function closedRows({ closeRow }: RoundTripColumns): number[] {
  const rows: number[] = []
  for (let row = 0; row < closeRow.length; row++) if (!Number.isNaN(closeRow[row])) rows.push(row)
  return rows
}

export const sqn = defineAnalyzer<Record<never, never>>({
  id: 'sqn',
  title: { en: 'System quality number', zh: '系统质量指数' },
  about: {
    en: 'How surely the trades win: below 1.6 hard to trade, above 3 excellent. 0 with one trade or none.',
    zh: '交易获利的可靠程度：低于1.6难以交易，高于3为优秀；不足两笔交易时为0。',
  },
  formula: '√n · mean(net result) / population deviation(net result)',
  source: 'backtrader SQN (A-14)',
  aliases: { backtrader: ['SQN', 'SystemQualityNumber'] },
  params: {},
  compute({ trades }) {
    const rows = closedRows(trades)
    const results = rows.map((row) => trades.pnl[row] as number)
    if (rows.length < 2) return { sqn: 0, trades: rows.length }
    const deviation = deviationOf(results)
    const quality = deviation === 0 ? Number.NaN : (Math.sqrt(rows.length) * meanOf(results)) / deviation
    return { sqn: quality, trades: rows.length }
  },
})

/** Upstream's stand-in for "no shortest trade": sys.maxsize. */
const noLength = 2 ** 63

/**
 * What a trade that was opened and closed in one bar does to the shortest length. Upstream forgets it in groups, and in
 * the total lets the next trade take its place.
 */
type ZeroLength = 'counts' | 'skips' | 'resets'

/** Totals of some closed trades. */
class Tally {
  count = 0
  pnl = 0
  /** Best of the winning, worst of the losing ones. */
  extreme = 0
  bars = 0
  longest = 0
  shortest = Number.POSITIVE_INFINITY
  readonly #pick: (a: number, b: number) => number
  readonly #zero: ZeroLength

  constructor(pick: (a: number, b: number) => number, zero: ZeroLength) {
    this.#pick = pick
    this.#zero = zero
  }

  add(pnl: number, bars: number): void {
    this.count++
    this.pnl += pnl
    this.extreme = this.#pick(this.extreme, pnl)
    this.bars += bars
    this.longest = Math.max(this.longest, bars)
    if (bars === 0 && this.#zero === 'skips') return
    const before = this.#zero === 'resets' ? this.shortest || Number.POSITIVE_INFINITY : this.shortest
    this.shortest = Math.min(before, bars)
  }

  money(): Analysis {
    return { total: this.pnl, average: this.pnl / (this.count || 1), max: this.extreme }
  }

  lengths(shortest: number | undefined): Analysis {
    const { bars, count, longest } = this
    const min = Number.isFinite(this.shortest) ? this.shortest : shortest
    return { total: bars, average: bars / (count || 1), max: longest, ...(min === undefined ? {} : { min }) }
  }
}

interface Streak {
  current: number
  longest: number
}

function streakOf(results: readonly boolean[], wins: boolean): Streak {
  const streak = { current: 0, longest: 0 }
  for (const won of results) {
    streak.current = won === wins ? streak.current + 1 : 0
    streak.longest = Math.max(streak.longest, streak.current)
  }
  return streak
}

/** Some trades, and the same by outcome. */
interface Group {
  readonly all: Tally
  readonly won: Tally
  readonly lost: Tally
}

function groupOf(all: ZeroLength, outcome: ZeroLength): Group {
  return { all: new Tally((a) => a, all), won: new Tally(Math.max, outcome), lost: new Tally(Math.min, outcome) }
}

/** All trades, and the same by side. */
class TradeTallies {
  readonly both: Group
  readonly long: Group
  readonly short: Group
  readonly outcomes: boolean[] = []
  gross = 0

  constructor(upstream: boolean) {
    const zero = upstream ? 'skips' : 'counts'
    this.both = groupOf(upstream ? 'resets' : 'counts', zero)
    this.long = groupOf(zero, zero)
    this.short = groupOf(zero, zero)
  }

  add(trades: RoundTripColumns, row: number): void {
    const pnl = trades.pnl[row] as number
    const bars = trades.bars[row] as number
    const won = pnl >= 0
    const side = (trades.side[row] as number) > 0 ? this.long : this.short
    this.outcomes.push(won)
    this.gross += trades.gross[row] as number
    const outcome = won ? 'won' : 'lost'
    for (const { all, [outcome]: same } of [this.both, side]) {
      all.add(pnl, bars)
      same.add(pnl, bars)
    }
  }
}

export const tradeAnalyzer = defineAnalyzer<Record<never, never>>({
  id: 'trade-analyzer',
  title: { en: 'Trades in figures', zh: '交易统计' },
  about: {
    en: 'Counts, streaks, results and lengths of the round trips, by outcome and by side.',
    zh: '往返交易的次数、连胜连败、盈亏与持有长度，按结果与方向分组。',
  },
  formula: 'won: net result ≥ 0; len: bars from the entry’s to the exit’s',
  source: 'backtrader TradeAnalyzer (A-15)',
  aliases: { backtrader: ['TradeAnalyzer'] },
  params: {},
  compute: (run) => tradeFigures(run),
})

function tradeFigures({ trades, upstream }: AnalyzedRun): Analysis {
  const total = trades.closeRow.length
  const rows = closedRows(trades)
  if (total === 0) return { total: { total } }
  if (rows.length === 0) return { total: { total, open: total } }
  const tallies = new TradeTallies(upstream)
  for (const row of rows) tallies.add(trades, row)
  const { long, short, gross, outcomes } = tallies
  const { all, won, lost } = tallies.both
  const closed = rows.length
  return {
    total: { total, open: total - closed, closed },
    streak: { won: { ...streakOf(outcomes, true) }, lost: { ...streakOf(outcomes, false) } },
    pnl: { gross: { total: gross, average: gross / closed }, net: { total: all.pnl, average: all.pnl / closed } },
    won: { total: won.count, pnl: won.money() },
    lost: { total: lost.count, pnl: lost.money() },
    long: sideFigures(long),
    short: sideFigures(short),
    len: lengthFigures(tallies, upstream),
  }
}

function sideFigures({ all, won, lost }: Group): Analysis {
  return {
    total: all.count,
    pnl: { total: all.pnl, average: all.pnl / (all.count || 1), won: won.money(), lost: lost.money() },
    won: won.count,
    lost: lost.count,
  }
}

function lengthFigures({ both: { all, won, lost }, long, short }: TradeTallies, upstream: boolean): Analysis {
  const unknown = upstream ? noLength : Number.NaN
  const side = ({ all: both, won: wins, lost: losses }: Group): Analysis => ({
    ...(both.lengths(unknown) as Record<string, Analysis>),
    won: wins.lengths(unknown),
    lost: losses.lengths(unknown),
  })
  return {
    ...(all.lengths(unknown) as Record<string, Analysis>),
    // Upstream has no shortest length of an outcome that never occurred
    won: won.lengths(upstream ? undefined : unknown),
    lost: lost.lengths(upstream ? undefined : unknown),
    long: side(long),
    short: side(short),
  }
}
