import type { BilingualText } from '../bilingual-text.ts'
import { civilDate, civilTime } from '../civil-date.ts'
import type { MetricOf } from '../metric.ts'
import type { ReturnFacts } from '../return-facts.ts'
import { maximum, minimum } from '../statistics.ts'

type Extreme = (values: Float64Array) => number

/** Best or worst calendar month, quarter or year. */
function extreme(
  id: string,
  title: BilingualText,
  [months, pick, word]: readonly [1 | 12, Extreme, 'max' | 'min'],
): MetricOf<'returns'> {
  const period = months === 1 ? { en: 'calendar month', zh: '自然月' } : { en: 'calendar year', zh: '自然年' }
  const rank = word === 'max' ? { en: 'highest', zh: '最高' } : { en: 'lowest', zh: '最低' }
  return {
    id,
    title,
    group: 'return',
    formula: `${word}(compound return of a ${period.en})`,
    about: {
      en: `The ${rank.en} compound return of a ${period.en}, begun ones included.`,
      zh: `${period.zh}复合收益率的${rank.zh}值，含不完整周期。`,
    },
    unit: 'ratio',
    source: `quantstats ${word === 'max' ? 'best' : 'worst'}(aggregate="${months === 1 ? 'ME' : 'YE'}")`,
    undefinedFor: ['no-return'],
    needs: 'returns',
    compute: (facts) => pick(facts.compounded(months)),
  }
}

/** Growth over the last months, by the calendar. */
function lastMonths(id: string, months: number, title: BilingualText): MetricOf<'returns'> {
  const years = months / 12
  const yearly = years > 1
  return {
    id,
    title,
    group: 'return',
    formula: yearly
      ? `Π(1 + r)^(1 / ${years}) − 1 over the last ${months} months`
      : `Π(1 + r) − 1 over the last ${months} months`,
    about: yearly
      ? { en: `Compound growth a year over the last ${years} years.`, zh: `最近${years}年的年复合增长率。` }
      : { en: `Return since the same day ${months} months ago.`, zh: `自${months}个月前同一天以来的收益率。` },
    unit: 'ratio',
    source: 'quantstats reports, by the calendar; there a series that is shorter is not refused',
    undefinedFor: ['too-short'],
    needs: 'returns',
    compute: (facts) => facts.growthSince(facts.monthsBack(months)) ** (yearly ? 1 / years : 1) - 1,
  }
}

/** Growth since the start of the month or year in which the series ends; its own start if that is later. */
function sinceStart(facts: ReturnFacts, start: (year: number, month: number) => number): number {
  const last = facts.time.at(-1)
  if (last === undefined) return Number.NaN
  const { year, month } = civilDate(last)
  const moment = start(year, month) - 1
  return (moment < (facts.time[0] as number) ? facts.growth : facts.growthSince(moment)) - 1
}

/** Share of calendar blocks with a return above 0 among those that are not 0. */
function winShare(id: string, months: 1 | 3 | 12, title: BilingualText): MetricOf<'returns'> {
  return {
    id,
    title,
    group: 'return',
    formula: 'blocks with a return > 0 / blocks with a return ≠ 0',
    about: { en: 'How many of them ended above 0.', zh: '收益为正的占比。' },
    unit: 'ratio',
    source: `quantstats win_rate(aggregate="${{ 1: 'ME', 3: 'QE', 12: 'YE' }[months]}")`,
    undefinedFor: ['no-return'],
    needs: 'returns',
    compute: (facts) => {
      const moved = facts.compounded(months).filter((value) => value !== 0)
      return moved.filter((value) => value > 0).length / moved.length
    },
  }
}

/** Returns by the calendar (UTC): blocks and the last stretches of time. */
export const calendarReturns: readonly MetricOf<'returns'>[] = [
  extreme('best-month', { en: 'Best month', zh: '最佳月份' }, [1, maximum, 'max']),
  extreme('worst-month', { en: 'Worst month', zh: '最差月份' }, [1, minimum, 'min']),
  extreme('best-year', { en: 'Best year', zh: '最佳年份' }, [12, maximum, 'max']),
  extreme('worst-year', { en: 'Worst year', zh: '最差年份' }, [12, minimum, 'min']),
  winShare('win-months', 1, { en: 'Winning months', zh: '盈利月占比' }),
  winShare('win-quarters', 3, { en: 'Winning quarters', zh: '盈利季占比' }),
  winShare('win-years', 12, { en: 'Winning years', zh: '盈利年占比' }),
  {
    id: 'return-mtd',
    title: { en: 'Month to date', zh: '本月至今' },
    group: 'return',
    formula: 'Π(1 + r) − 1 since the first of the last month',
    about: { en: 'Return of the month in which the series ends.', zh: '序列最后一个自然月的收益率。' },
    unit: 'ratio',
    source: 'quantstats reports, MTD',
    undefinedFor: ['no-return'],
    needs: 'returns',
    compute: (facts) => sinceStart(facts, (year, month) => civilTime(year, month)),
  },
  lastMonths('return-3m', 3, { en: 'Last 3 months', zh: '近3个月' }),
  lastMonths('return-6m', 6, { en: 'Last 6 months', zh: '近6个月' }),
  {
    id: 'return-ytd',
    title: { en: 'Year to date', zh: '今年至今' },
    group: 'return',
    formula: 'Π(1 + r) − 1 since 1 January of the last year',
    about: { en: 'Return of the year in which the series ends.', zh: '序列最后一个自然年的收益率。' },
    unit: 'ratio',
    source: 'quantstats reports, YTD',
    undefinedFor: ['no-return'],
    needs: 'returns',
    compute: (facts) => sinceStart(facts, (year) => civilTime(year, 1)),
  },
  lastMonths('return-1y', 12, { en: 'Last year', zh: '近1年' }),
  lastMonths('return-3y', 36, { en: 'Last 3 years, a year', zh: '近3年（年化）' }),
  lastMonths('return-5y', 60, { en: 'Last 5 years, a year', zh: '近5年（年化）' }),
  lastMonths('return-10y', 120, { en: 'Last 10 years, a year', zh: '近10年（年化）' }),
]
