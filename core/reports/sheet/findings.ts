import type { BilingualText } from '../bilingual-text.ts'
import { civilDate, weekday } from '../civil-date.ts'
import { studentCdf } from '../distributions.ts'
import type { MetricValues } from '../metrics.ts'
import { mean, sampleDeviation } from '../statistics.ts'
import { type Breakdown, closedRows, type TradeGroup } from './breakdowns.ts'
import { columnOf, type SheetInput } from './sheet-input.ts'

/** One plain sentence about the result, and the test behind it. */
export interface Finding {
  readonly id: string
  /** `warn`: a reason to doubt the result. */
  readonly tone: 'warn' | 'note'
  readonly text: BilingualText
  readonly test: BilingualText
}

interface Findings {
  readonly input: SheetInput
  readonly metrics: MetricValues
  readonly sides: readonly TradeGroup[]
  readonly breakdowns: readonly Breakdown[]
}

/** What a careful reader would say of the figures. Silent where there is nothing to say. */
export function findings(known: Findings): readonly Finding[] {
  const rules = [
    fewTrades,
    chance,
    trackRecord,
    topTrades,
    oneMonth,
    oneSymbol,
    weekdayEffect,
    oneSide,
    costs,
    openDrawdown,
  ]
  return rules.flatMap((rule) => rule(known) ?? [])
}

const percent = (ratio: number, digits = 0) => `${(ratio * 100).toFixed(digits)} %`
const count = (value: number) => String(Math.round(value))

function fewTrades({ metrics }: Findings): Finding | undefined {
  const { trades } = metrics
  if (trades === null || trades === undefined || trades >= 30) return undefined
  return {
    id: 'few-trades',
    tone: 'warn',
    text: {
      en: `Only ${trades} trades were closed: every figure of trades is a guess.`,
      zh: `仅有${trades}笔已平仓交易，所有交易指标都只是粗略估计。`,
    },
    test: { en: 'closed trades < 30', zh: '已平仓交易 < 30' },
  }
}

function chance({ metrics }: Findings): Finding | undefined {
  const p = metrics['mean-profit-p']
  if (p === null || p === undefined) return undefined
  const test = { en: 'two-sided t test of the mean result at 5 %', zh: '平均收益双侧t检验，5%水平' }
  const share = p < 0.0001 ? '0.01' : (p * 100).toFixed(2)
  if (p > 0.05) {
    return {
      id: 'chance',
      tone: 'warn',
      text: {
        en: `Chance alone would give a mean result this far from 0 in ${share} % of cases.`,
        zh: `仅凭偶然，平均收益偏离0达到此程度的概率为${share}%。`,
      },
      test,
    }
  }
  const sign = (metrics.expectancy ?? 0) > 0 ? { en: 'above', zh: '高于' } : { en: 'below', zh: '低于' }
  return {
    id: 'not-chance',
    tone: 'note',
    text: {
      en: `The mean result is ${sign.en} 0 by more than chance (p ${share} %).`,
      zh: `平均收益显著${sign.zh}0（p = ${share}%）。`,
    },
    test,
  }
}

function trackRecord({ metrics }: Findings): Finding | undefined {
  const needed = metrics['min-track-record-years']
  const psr = metrics['probabilistic-sharpe']
  if (needed === null || needed === undefined || psr === null || psr === undefined || psr >= 0.95) return undefined
  return {
    id: 'track-record',
    tone: 'warn',
    text: {
      en: `The record is too short for its Sharpe ratio: ${needed.toFixed(1)} years are needed to call it above 0.`,
      zh: `业绩记录长度不足：需要${needed.toFixed(1)}年才能认定夏普比率大于0。`,
    },
    test: {
      en: 'minimum track record at 95 % (Bailey & López de Prado)',
      zh: '95%置信度的最短业绩记录（Bailey与López de Prado）',
    },
  }
}

function topTrades({ input, sides }: Findings): Finding | undefined {
  const net = sides[0]?.net ?? 0
  const pnl = columnOf(input.trades, 'pnl')
  const results = closedRows(input).map((row) => pnl[row] as number)
  if (!(net > 0) || results.length <= 10) return undefined
  const best = results
    .sort((a, b) => b - a)
    .slice(0, 5)
    .reduce((total, value) => total + value, 0)
  if (best < net / 2) return undefined
  const share = percent(best / net)
  return {
    id: 'top-trades',
    tone: 'warn',
    text: {
      en: `The five best trades made ${share} of the profit${best >= net ? ': without them the run loses' : ''}.`,
      zh: `最好的五笔交易贡献了${share}的利润${best >= net ? '：没有它们就会亏损' : ''}。`,
    },
    test: { en: 'five best results ≥ half of the net result', zh: '最好五笔收益 ≥ 净收益的一半' },
  }
}

/** Calendar months of the exits: the largest against the whole. */
function oneMonth({ input, sides }: Findings): Finding | undefined {
  const net = sides[0]?.net ?? 0
  if (!(net > 0)) return undefined
  const [pnl, exit] = [columnOf(input.trades, 'pnl'), columnOf(input.trades, 'exitTime')]
  const months = new Map<string, number>()
  for (const row of closedRows(input)) {
    const month = monthName(input.wallClock(exit[row] as number))
    months.set(month, (months.get(month) ?? 0) + (pnl[row] as number))
  }
  const [name, value] = [...months].sort((a, b) => b[1] - a[1])[0] ?? ['', 0]
  if (months.size < 6 || value < net / 2) return undefined
  return {
    id: 'one-month',
    tone: 'warn',
    text: {
      en: `One month, ${name}, made ${percent(value / net)} of the profit.`,
      zh: `仅${name}一个月就贡献了${percent(value / net)}的利润。`,
    },
    test: { en: 'best month of exits ≥ half of the net result', zh: '最佳月份 ≥ 净收益的一半' },
  }
}

/** `2024-03`. */
function monthName(time: number): string {
  const { year, month } = civilDate(time)
  return `${year}-${String(month).padStart(2, '0')}`
}

function oneSymbol({ breakdowns: all, sides }: Findings): Finding | undefined {
  const net = sides[0]?.net ?? 0
  const groups = all.find(({ by }) => by === 'symbol')?.groups ?? []
  const best = groups[0]
  if (best === undefined || groups.length < 2 || !(net > 0) || best.net < net * 0.75) return undefined
  return {
    id: 'one-symbol',
    tone: 'warn',
    text: {
      en: `${best.key} made ${percent(best.net / net)} of the profit.`,
      zh: `${best.key}贡献了${percent(best.net / net)}的利润。`,
    },
    test: { en: 'best symbol ≥ three quarters of the net result', zh: '最佳品种 ≥ 净收益的四分之三' },
  }
}

const dayNames: Readonly<Record<string, BilingualText>> = {
  monday: { en: 'Mondays', zh: '周一' },
  tuesday: { en: 'Tuesdays', zh: '周二' },
  wednesday: { en: 'Wednesdays', zh: '周三' },
  thursday: { en: 'Thursdays', zh: '周四' },
  friday: { en: 'Fridays', zh: '周五' },
  saturday: { en: 'Saturdays', zh: '周六' },
  sunday: { en: 'Sundays', zh: '周日' },
}

/** A weekday of entry whose trades differ from all others: Welch’s test, corrected for the number of weekdays. */
function weekdayEffect({ input, breakdowns: all }: Findings): Finding | undefined {
  const groups = all.find(({ by }) => by === 'weekday')?.groups ?? []
  const [pnl, entry] = [columnOf(input.trades, 'pnl'), columnOf(input.trades, 'entryTime')]
  const rows = closedRows(input)
  const day = (row: number) => weekday(input.wallClock(entry[row] as number))
  const order = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
  const found = groups
    .map(({ key }) => {
      const own = Float64Array.from(
        rows.filter((row) => order[day(row)] === key),
        (row) => pnl[row] as number,
      )
      const rest = Float64Array.from(
        rows.filter((row) => order[day(row)] !== key),
        (row) => pnl[row] as number,
      )
      return {
        key,
        better: mean(own) > mean(rest),
        p: own.length < 10 || rest.length < 10 ? 1 : welch(own, rest) * groups.length,
      }
    })
    .sort((a, b) => a.p - b.p)[0]
  if (found === undefined || !(found.p < 0.05)) return undefined
  const name = dayNames[found.key] ?? { en: found.key, zh: found.key }
  return {
    id: 'weekday',
    tone: 'note',
    text: {
      en: `Trades entered on ${name.en} did ${found.better ? 'better' : 'worse'} than the others (p ${percent(found.p, 1)}).`,
      zh: `${name.zh}开仓的交易${found.better ? '好于' : '差于'}其他交易（p = ${percent(found.p, 1)}）。`,
    },
    test: {
      en: 'Welch’s t test against all other weekdays, Bonferroni',
      zh: '与其他工作日的Welch t检验，Bonferroni修正',
    },
  }
}

/** Two-sided p-value of the difference of two means. */
function welch(a: Float64Array, b: Float64Array): number {
  const [va, vb] = [sampleDeviation(a) ** 2 / a.length, sampleDeviation(b) ** 2 / b.length]
  const freedom = (va + vb) ** 2 / (va ** 2 / (a.length - 1) + vb ** 2 / (b.length - 1))
  return 2 * studentCdf(-Math.abs((mean(a) - mean(b)) / Math.sqrt(va + vb)), freedom)
}

function oneSide({ sides }: Findings): Finding | undefined {
  const [, long, short] = sides
  if (long === undefined || short === undefined || long.trades < 10 || short.trades < 10) return undefined
  if (long.net > 0 === short.net > 0) return undefined
  const loser = long.net > 0 ? { en: 'short', zh: '空头' } : { en: 'long', zh: '多头' }
  return {
    id: 'one-side',
    tone: 'warn',
    text: {
      en: `The ${loser.en} trades lose what the others gain.`,
      zh: `${loser.zh}交易在亏损，抵消了另一方向的盈利。`,
    },
    test: {
      en: 'net results of long and short have different signs, ten trades or more each',
      zh: '多空净收益符号相反，且各不少于十笔',
    },
  }
}

function costs({ metrics }: Findings): Finding | undefined {
  const rate = metrics['cost-rate']
  const even = metrics['break-even-cost']
  if (
    even === null ||
    even === undefined ||
    rate === null ||
    rate === undefined ||
    !((metrics['net-profit'] ?? 0) > 0)
  ) {
    return undefined
  }
  const basisPoints = (even * 10_000).toFixed(1)
  if (rate === 0) {
    return {
      id: 'no-cost',
      tone: 'warn',
      text: {
        en: `No cost was assumed; ${basisPoints} basis points of traded value would take the whole profit.`,
        zh: `未计任何成本；成交额的${basisPoints}个基点就会耗尽全部利润。`,
      },
      test: { en: 'break-even cost', zh: '盈亏平衡成本率' },
    }
  }
  if (even / rate >= 3) return undefined
  return {
    id: 'cost',
    tone: 'warn',
    text: {
      en: `Costs ${(even / rate).toFixed(1)} times as high would take the whole profit (${basisPoints} basis points of traded value).`,
      zh: `成本升至${(even / rate).toFixed(1)}倍（成交额的${basisPoints}个基点）就会耗尽全部利润。`,
    },
    test: { en: 'break-even cost / cost of traded value < 3', zh: '盈亏平衡成本率/成本率 < 3' },
  }
}

function openDrawdown({ metrics }: Findings): Finding | undefined {
  const longest = metrics['max-drawdown-days']
  const recovered = metrics['max-drawdown-recovery']
  const depth = metrics['max-drawdown']
  if (recovered !== null || longest === null || longest === undefined || depth === null || depth === undefined)
    return undefined
  if (depth < 0.05) return undefined
  return {
    id: 'open-drawdown',
    tone: 'note',
    text: {
      en: `The largest drawdown, ${percent(depth, 1)}, had not recovered at the end; the longest lasted ${count(longest)} days.`,
      zh: `最大回撤（${percent(depth, 1)}）到期末仍未恢复；最长回撤持续${count(longest)}天。`,
    },
    test: { en: 'no row after the deepest valley reaches its peak', zh: '最低点之后没有数据回到前高' },
  }
}
