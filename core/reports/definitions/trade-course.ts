import type { BilingualText } from '../bilingual-text.ts'
import type { MetricOf } from '../metric.ts'
import { longestStreak, maximum, mean, minimum } from '../statistics.ts'
import type { OrderCounts, TradeFacts } from '../trade-facts.ts'

const daysPerYear = 365.25

/** Closed trades by the calendar. */
function pace(id: string, perYear: number, title: BilingualText, period: string): MetricOf<'trades'> {
  return {
    id,
    title,
    group: 'trades',
    formula: `closed trades / ${period} from the first bar to the last`,
    about: { en: 'How often a trade is closed, by the calendar.', zh: '按日历时间计算的平仓频率。' },
    unit: 'number',
    source: 'definition',
    undefinedFor: ['one-moment'],
    needs: 'trades',
    compute: ({ count, years }) => (years > 0 ? count / (years * perYear) : Number.NaN),
  }
}

type Pick = readonly ['shortest' | 'average' | 'longest', (values: Float64Array) => number]
const picks: readonly Pick[] = [
  ['shortest', minimum],
  ['average', mean],
  ['longest', maximum],
]
const pickWords = {
  shortest: { en: 'Shortest', zh: '最短' },
  average: { en: 'Average', zh: '平均' },
  longest: { en: 'Longest', zh: '最长' },
} as const

/** Shortest, average or longest time from entry to exit of winners or losers. */
function holding(outcome: 1 | -1, [word, pick]: Pick): MetricOf<'trades'> {
  const who = outcome === 1 ? { en: 'winner', zh: '盈利交易' } : { en: 'loser', zh: '亏损交易' }
  return {
    id: `holding-${word}-${who.en}`,
    title: { en: `${pickWords[word].en} ${who.en}`, zh: `${who.zh}${pickWords[word].zh}持仓` },
    group: 'trades',
    formula: `${{ shortest: 'min', average: 'mean', longest: 'max' }[word]}(exit time − entry time) of ${who.en}s, days`,
    about: {
      en: `${pickWords[word].en} time from entry to exit of the ${who.en}s.`,
      zh: `${who.zh}从开仓到平仓的${pickWords[word].zh}时间。`,
    },
    unit: 'days',
    source: 'freqtrade and Jesse reports',
    undefinedFor: [outcome === 1 ? 'no-winner' : 'no-loser', 'not-recorded'],
    needs: 'trades',
    compute: (facts) => pick(facts.holdingDays(outcome)),
  }
}

/** Orders of a kind that came to nothing. */
function orderCount(
  id: string,
  title: BilingualText,
  about: BilingualText,
  name: keyof OrderCounts,
): MetricOf<'trades'> {
  return {
    id,
    title,
    group: 'trades',
    formula: 'number of such orders',
    about,
    unit: 'count',
    source: 'freqtrade reports',
    undefinedFor: ['not-recorded'],
    needs: 'trades',
    compute: ({ orders }) => orders?.[name] ?? Number.NaN,
  }
}

/** A move within trades, as a ratio of the entry price. */
function course(
  id: string,
  title: BilingualText,
  about: BilingualText,
  [formula, compute]: readonly [string, (facts: TradeFacts) => number],
): MetricOf<'trades'> {
  return {
    id,
    title,
    group: 'trades',
    formula,
    about,
    unit: 'ratio',
    source: 'J. Sweeney, Maximum Adverse Excursion; NinjaTrader report',
    undefinedFor: ['no-trade', 'not-recorded'],
    needs: 'trades',
    compute,
  }
}

/** What happened between entry and exit, and the orders that never became a trade. */
export const tradeCourse: readonly MetricOf<'trades'>[] = [
  {
    id: 'consecutive-wins',
    title: { en: 'Wins in a row', zh: '最长连胜' },
    group: 'trades',
    formula: 'longest unbroken run of winning trades',
    about: { en: 'The most winning trades in a row.', zh: '连续盈利交易的最大数量。' },
    unit: 'count',
    source: 'backtrader TradeAnalyzer streak.won.longest (there results of 0 count as won)',
    undefinedFor: ['no-trade'],
    needs: 'trades',
    compute: ({ results }) => (results.length === 0 ? Number.NaN : longestStreak(results, (value) => value > 0)),
  },
  {
    id: 'consecutive-losses',
    title: { en: 'Losses in a row', zh: '最长连亏' },
    group: 'trades',
    formula: 'longest unbroken run of losing trades',
    about: { en: 'The most losing trades in a row.', zh: '连续亏损交易的最大数量。' },
    unit: 'count',
    source: 'backtrader TradeAnalyzer streak.lost.longest',
    aliases: { backtrader: ['TradeAnalyzer.streak.lost.longest'] },
    undefinedFor: ['no-trade'],
    needs: 'trades',
    compute: ({ results }) => (results.length === 0 ? Number.NaN : longestStreak(results, (value) => value < 0)),
  },
  pace('trades-per-day', daysPerYear, { en: 'Trades per day', zh: '日均交易次数' }, 'days'),
  pace('trades-per-week', daysPerYear / 7, { en: 'Trades per week', zh: '周均交易次数' }, 'weeks'),
  pace('trades-per-month', 12, { en: 'Trades per month', zh: '月均交易次数' }, 'months'),
  ...picks.map((pick) => holding(1, pick)),
  ...picks.map((pick) => holding(-1, pick)),
  course(
    'average-mae',
    { en: 'Average adverse excursion', zh: '平均最大不利变动' },
    { en: 'How far trades went against the entry, on average.', zh: '交易相对开仓价的最大不利变动的平均值。' },
    ['mean(MAE / entry price)', (facts) => mean(facts.excursions('mae'))],
  ),
  course(
    'largest-mae',
    { en: 'Largest adverse excursion', zh: '最大不利变动' },
    { en: 'How far a trade went against its entry at worst.', zh: '单笔交易相对开仓价的最大不利变动。' },
    ['max(MAE / entry price)', (facts) => maximum(facts.excursions('mae'))],
  ),
  course(
    'average-mfe',
    { en: 'Average favourable excursion', zh: '平均最大有利变动' },
    { en: 'How far trades went for the entry, on average.', zh: '交易相对开仓价的最大有利变动的平均值。' },
    ['mean(MFE / entry price)', (facts) => mean(facts.excursions('mfe'))],
  ),
  course(
    'largest-mfe',
    { en: 'Largest favourable excursion', zh: '最大有利变动' },
    { en: 'How far a trade went for its entry at best.', zh: '单笔交易相对开仓价的最大有利变动。' },
    ['max(MFE / entry price)', (facts) => maximum(facts.excursions('mfe'))],
  ),
  course(
    'end-trade-drawdown',
    { en: 'Average end-of-trade drawdown', zh: '平均交易末回撤' },
    {
      en: 'What was given back from a trade’s best moment to its exit, on average.',
      zh: '从交易最佳时点到平仓所回吐的平均幅度。',
    },
    ['mean((MFE − move from entry to exit) / entry price)', (facts) => mean(facts.givenBack)],
  ),
  orderCount(
    'rejected-orders',
    { en: 'Rejected orders', zh: '被拒订单' },
    { en: 'Orders that the broker or a rule refused.', zh: '被经纪商或规则拒绝的订单。' },
    'rejected',
  ),
  orderCount(
    'expired-entries',
    { en: 'Expired entries', zh: '过期的开仓订单' },
    { en: 'Orders that would have opened a position and expired.', zh: '到期未成交的开仓订单。' },
    'expiredEntries',
  ),
  orderCount(
    'expired-exits',
    { en: 'Expired exits', zh: '过期的平仓订单' },
    { en: 'Orders that would have closed a position and expired.', zh: '到期未成交的平仓订单。' },
    'expiredExits',
  ),
  orderCount(
    'cancelled-entries',
    { en: 'Cancelled entries', zh: '撤销的开仓订单' },
    { en: 'Orders that would have opened a position and were cancelled.', zh: '已撤销的开仓订单。' },
    'cancelledEntries',
  ),
]
