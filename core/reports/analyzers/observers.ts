import { accountSeries, undefinedColumn } from './analyzed-run.ts'
import {
  type AnalyzerParam,
  dataParam,
  defineObserver,
  flagParam,
  fundParam,
  type ObserverDefinition,
  periodParams,
  prenextParam,
} from './definition.ts'
import { drawDownRows } from './drawdowns.ts'
import { buySell, dataTrades, trades } from './event-observers.ts'
import { rollingLogReturn, runningReturns, simpleReturn } from './running-returns.ts'
import type { TimeFrame } from './time-frames.ts'

type Fund = { readonly fund: boolean | null }
type Nothing = Record<never, never>

const cash = defineObserver<Nothing>({
  id: 'cash',
  title: { en: 'Cash', zh: '现金' },
  about: { en: 'Cash of the account.', zh: '账户现金。' },
  formula: 'cash',
  source: 'backtrader Cash (OB-01)',
  aliases: { backtrader: ['Cash'] },
  params: {},
  pane: 'own',
  compute: (run) => ({ cash: run.cashAfter }),
})

const value = defineObserver<Fund>({
  id: 'value',
  title: { en: 'Value', zh: '账户价值' },
  about: { en: 'Value of the account, or of a fund share.', zh: '账户价值或基金份额净值。' },
  formula: 'cash + positions',
  source: 'backtrader Value (OB-02)',
  aliases: { backtrader: ['Value'] },
  params: { fund: fundParam },
  pane: 'own',
  compute: (run, { fund }) => ({ value: accountSeries(run, fund).values }),
})

const broker = defineObserver<Fund>({
  id: 'broker',
  title: { en: 'Cash and value', zh: '现金与价值' },
  about: { en: 'Cash and value of the account; of a fund only the share.', zh: '账户现金与价值；基金模式下仅净值。' },
  formula: 'cash; cash + positions',
  source: 'backtrader Broker (OB-03)',
  aliases: { backtrader: ['Broker', 'CashValue'] },
  params: { fund: fundParam },
  pane: 'own',
  compute(run, { fund }) {
    const { values } = accountSeries(run, fund)
    // The cash of the account and the value of one share do not belong on one scale
    return { cash: (fund ?? run.fund.on) ? undefinedColumn(run) : run.cashAfter, value: values }
  },
})

const fundValue = defineObserver<Nothing>({
  id: 'fund-value',
  title: { en: 'Fund share value', zh: '基金净值' },
  about: { en: 'Value of one share: deposits do not move it.', zh: '每份净值：出入金不影响其数值。' },
  formula: 'value / shares',
  source: 'backtrader FundValue (OB-04)',
  aliases: { backtrader: ['FundValue', 'FundShareValue', 'FundVal'] },
  params: {},
  pane: 'own',
  compute: (run) => ({ fundval: run.fund.value }),
})

const fundShares = defineObserver<Nothing>({
  id: 'fund-shares',
  title: { en: 'Fund shares', zh: '基金份额' },
  about: { en: 'Shares issued: deposits add some at the value of the day.', zh: '已发行份额：入金按当日净值增发。' },
  formula: 'shares',
  source: 'backtrader FundShares (OB-05)',
  aliases: { backtrader: ['FundShares'] },
  params: {},
  pane: 'own',
  compute: (run) => ({ fundshares: run.fund.shares }),
})

/** The three drawdown observers: upstream's older one computes the same figures by itself. */
function drawDownObserver(
  described: Pick<ObserverDefinition, 'id' | 'title' | 'about' | 'source' | 'aliases'>,
  lines: readonly (keyof ReturnType<typeof drawDownRows>)[],
): ObserverDefinition {
  return defineObserver<Fund>({
    ...described,
    formula: '100 · (peak − value) / peak; bars since the peak',
    params: { fund: fundParam },
    pane: 'own',
    compute(run, { fund }) {
      const rows = drawDownRows(run, fund)
      return Object.fromEntries(lines.map((line) => [line, rows[line]]))
    },
  })
}

const drawDown = drawDownObserver(
  {
    id: 'drawdown',
    title: { en: 'Drawdown', zh: '回撤' },
    about: { en: 'Fall from the peak in percent, now and at its worst so far.', zh: '当前与迄今最大的回撤百分比。' },
    source: 'backtrader DrawDown (OB-09)',
    aliases: { backtrader: ['DrawDown'] },
  },
  ['drawdown', 'maxdrawdown'],
)

const drawDownLength = drawDownObserver(
  {
    id: 'drawdown-length',
    title: { en: 'Length of the drawdown', zh: '回撤持续时间' },
    about: { en: 'Bars since the peak, now and at most so far.', zh: '距前高的K线数，当前与迄今最长。' },
    source: 'backtrader DrawDownLength (OB-10)',
    aliases: { backtrader: ['DrawDownLength'] },
  },
  ['len', 'maxlen'],
)

const drawDownOld = drawDownObserver(
  {
    id: 'drawdown-old',
    title: { en: 'Drawdown, older form', zh: '回撤（旧版）' },
    about: { en: 'The same figures as the drawdown; kept for its name.', zh: '与回撤相同，仅保留名称。' },
    source: 'backtrader DrawDown_Old (OB-11)',
    aliases: { backtrader: ['DrawDown_Old'] },
  },
  ['drawdown', 'maxdrawdown'],
)

interface PeriodReturns extends Fund {
  readonly timeframe: TimeFrame | null
  readonly compression: number | null
}

const periodReturnParams = { ...periodParams(null, null), fund: fundParam }

const timeReturn = defineObserver<PeriodReturns>({
  id: 'time-return',
  title: { en: 'Return of the period', zh: '本期收益率' },
  about: { en: 'Return since the last period’s end.', zh: '自上期末以来的收益率。' },
  formula: 'value / value at the end of the period before − 1',
  source: 'backtrader TimeReturn (OB-12)',
  aliases: { backtrader: ['TimeReturn'] },
  params: periodReturnParams,
  pane: 'own',
  compute: (run, params) => ({
    timereturn: runningReturns(run, { ...params, data: null, firstopen: true }, simpleReturn).values,
  }),
})

interface Benchmark extends PeriodReturns {
  readonly data: number
  readonly _doprenext: boolean
  readonly firstopen: boolean
}

const benchmark = defineObserver<Benchmark>({
  id: 'benchmark',
  title: { en: 'Against a benchmark', zh: '与基准比较' },
  about: {
    en: 'Return of the period of the account and of an instrument’s price, from the first decision on.',
    zh: '自首次决策起，账户与基准品种价格的本期收益率。',
  },
  formula: 'value / value at the end of the period before − 1, for both',
  source: 'backtrader Benchmark (OB-13)',
  aliases: { backtrader: ['Benchmark'] },
  params: {
    ...periodReturnParams,
    data: { ...dataParam, default: 0 } satisfies AnalyzerParam,
    _doprenext: prenextParam(false),
    firstopen: flagParam(false, { en: 'Measure the price from its opening price.', zh: '价格从开盘价算起。' }),
  },
  pane: 'own',
  compute: (run, { data, ...of }) => ({
    timereturn: runningReturns(run, { ...of, data: null }, simpleReturn).values,
    benchmark: runningReturns(run, { ...of, data }, simpleReturn).values,
  }),
})

/** Log returns of the first instruments' prices. */
function logReturns(count: 1 | 2, described: Pick<ObserverDefinition, 'id' | 'title' | 'source' | 'aliases'>) {
  return defineObserver<PeriodReturns>({
    ...described,
    about: {
      en: 'Log return of the period of the price of the first instrument (of the first two).',
      zh: '首个（或前两个）品种价格的本期对数收益率。',
    },
    formula: 'ln(close / close at the end of the period before)',
    params: periodReturnParams,
    pane: 'own',
    compute(run, params) {
      const line = (data: number) => runningReturns(run, { ...params, data, firstopen: true }, rollingLogReturn).values
      return Object.fromEntries(Array.from({ length: count }, (_, data) => [`logret${data + 1}`, line(data)]))
    },
  })
}

const logReturns1 = logReturns(1, {
  id: 'log-returns',
  title: { en: 'Log return of the price', zh: '价格对数收益率' },
  source: 'backtrader LogReturns (OB-14)',
  aliases: { backtrader: ['LogReturns'] },
})

const logReturns2 = logReturns(2, {
  id: 'log-returns-2',
  title: { en: 'Log returns of two prices', zh: '两品种价格对数收益率' },
  source: 'backtrader LogReturns2 (OB-15)',
  aliases: { backtrader: ['LogReturns2'] },
})

/** Every observer of the reference (01 section 10). */
export const observerCatalogue: readonly ObserverDefinition[] = [
  ...[cash, value, broker, fundValue, fundShares, buySell, trades, dataTrades],
  ...[drawDown, drawDownLength, drawDownOld, timeReturn, benchmark, logReturns1, logReturns2],
]
