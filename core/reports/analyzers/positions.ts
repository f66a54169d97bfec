import { type AnalyzedRun, accountSeries, type FillColumns } from './analyzed-run.ts'
import { type Analysis, defineAnalyzer, flagParam, fundParam, periodParams } from './definition.ts'
import { changeHolding, type Holding } from './holding.ts'
import { byPeriod, dateText, stampText } from './periods.ts'
import { returnsByPeriod, simpleReturn } from './running-returns.ts'
import type { TimeFrame } from './time-frames.ts'

const withinDay: ReadonlySet<TimeFrame> = new Set(['Ticks', 'MicroSeconds', 'Seconds', 'Minutes'])

export const grossLeverage = defineAnalyzer<{ readonly fund: boolean | null }>({
  id: 'gross-leverage',
  title: { en: 'Invested share', zh: '投入比例' },
  about: {
    en: 'Part of the account that is not cash, bar by bar.',
    zh: '逐根K线统计账户中非现金部分所占比例。',
  },
  formula: '(value − cash) / value',
  source: 'backtrader GrossLeverage (A-05)',
  aliases: { backtrader: ['GrossLeverage'] },
  perBar: true,
  params: { fund: fundParam },
  compute: (run, { fund }) => leverageRows(run, fund),
})

function leverageRows(run: AnalyzedRun, fund: boolean | null): Record<string, number> {
  const { values } = accountSeries(run, fund)
  const rows: Record<string, number> = {}
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number
    rows[stampText(run.time[row] as number)] = (value - (run.cash[row] as number)) / value
  }
  return rows
}

interface PositionsValue {
  readonly headers: boolean
  readonly cash: boolean
}

export const positionsValue = defineAnalyzer<PositionsValue>({
  id: 'positions-value',
  title: { en: 'Value of the positions', zh: '持仓价值' },
  about: { en: 'What each position is worth, bar by bar.', zh: '逐根K线的各持仓价值。' },
  formula: 'stocks: size · close (negative when short); futures: margin of the position',
  source: 'backtrader PositionsValue (A-09)',
  aliases: { backtrader: ['PositionsValue'] },
  perBar: true,
  params: {
    headers: flagParam(false, { en: 'Begin with the names of the columns.', zh: '首行为列名。' }),
    cash: flagParam(false, { en: 'End each row with the cash.', zh: '每行末尾附现金。' }),
  },
  compute: (run, params) => positionRows(run, params),
})

function positionRows({ instruments, time, cashAfter: money }: AnalyzedRun, { headers, cash }: PositionsValue) {
  const names = [...instruments.map(({ name }, index) => name || `Data${index}`), ...(cash ? ['cash'] : [])]
  const rows: Record<string, Analysis> = headers ? { Datetime: names } : {}
  const label = instruments.some(({ timeframe }) => withinDay.has(timeframe)) ? stampText : dateText
  for (let row = 0; row < time.length; row++) {
    const values = instruments.map(({ positionValue }) => positionValue[row] as number)
    if (cash) values.push(money[row] as number)
    rows[label(time[row] as number)] = values
  }
  return rows
}

interface Transactions {
  readonly headers: boolean
  readonly netted: boolean | null
}

export const transactions = defineAnalyzer<Transactions>({
  id: 'transactions',
  title: { en: 'Transactions', zh: '成交记录' },
  about: {
    en: 'What was bought and sold, bar by bar: amount, price, number and name of the instrument, cash moved.',
    zh: '逐根K线的买卖：数量、价格、品种序号与名称、现金变动。',
  },
  formula: 'value = −amount · price',
  source: 'backtrader Transactions (A-16)',
  aliases: { backtrader: ['Transactions'] },
  params: {
    headers: flagParam(false, { en: 'Begin with the names of the columns.', zh: '首行为列名。' }),
    netted: flagParam(null, {
      en: 'One row per instrument and bar; what cancels out is lost. Empty: only in profile backtrader (X-12).',
      zh: '每根K线每品种一行，买卖相抵者不再出现。留空则仅在backtrader模式下如此（X-12）。',
    }),
  },
  compute: (run, params) => transactionRows(run, params),
})

function transactionRows(run: AnalyzedRun, { headers, netted }: Transactions): Record<string, Analysis> {
  const { fills, instruments, time, upstream } = run
  const rows: Record<string, Analysis> = headers ? { date: [['amount', 'price', 'sid', 'symbol', 'value']] } : {}
  const count = fills.row.length
  for (let from = 0; from < count; ) {
    const row = fills.row[from] as number
    let to = from + 1
    while (to < count && fills.row[to] === row) to++
    const changes =
      (netted ?? upstream) ? nettedChanges(fills, from, to, instruments.length) : eachFill(fills, from, to)
    const entries = changes.map(({ size, price, instrument }) => {
      const name = instruments[instrument]?.name ?? ''
      return [size, price, instrument, name, -size * price]
    })
    if (entries.length > 0) rows[stampText(time[row] as number)] = entries
    from = to
  }
  return rows
}

interface Change extends Holding {
  readonly instrument: number
}

function eachFill(fills: FillColumns, from: number, to: number): Change[] {
  const changes: Change[] = []
  for (let at = from; at < to; at++) {
    const instrument = fills.instrument[at] as number
    changes.push({ instrument, size: fills.size[at] as number, price: fills.price[at] as number })
  }
  return changes
}

/** The fills of a bar as a position of their own per instrument; none where it is flat again. */
function nettedChanges(fills: FillColumns, from: number, to: number, instruments: number): Change[] {
  const nets: Change[] = Array.from({ length: instruments }, (_, instrument) => ({ instrument, size: 0, price: 0 }))
  for (const { instrument, size, price } of eachFill(fills, from, to)) {
    changeHolding(nets[instrument] as Change, size, price)
  }
  return nets.filter(({ size }) => size !== 0)
}

interface PyFolio {
  readonly timeframe: TimeFrame
  readonly compression: number
  readonly items: boolean
}

export const pyfolio = defineAnalyzer<PyFolio>({
  id: 'pyfolio',
  title: { en: 'Tables for pyfolio', zh: 'pyfolio数据表' },
  about: {
    en: 'Returns, positions, transactions and leverage in the shape that pyfolio reads.',
    zh: '以pyfolio可读的形式给出收益、持仓、成交与杠杆。',
  },
  formula: 'time-return, positions-value, transactions and gross-leverage together',
  source: 'backtrader PyFolio (A-10)',
  aliases: { backtrader: ['PyFolio'] },
  perBar: true,
  params: {
    ...periodParams('Days', 1),
    items: flagParam(false, {
      en: 'As get_pf_items hands them over: in profile backtrader the positions lose all but the last instrument (X-12).',
      zh: '与get_pf_items一致：backtrader模式下持仓仅保留最后一个品种（X-12）。',
    }),
  },
  compute(run, { timeframe, compression, items }) {
    const account = { timeframe, compression, data: null, firstopen: true, fund: null }
    const { periods, values } = returnsByPeriod(run, account, simpleReturn)
    const positions = positionRows(run, { headers: true, cash: true })
    return {
      returns: byPeriod(periods, values),
      positions: items && run.upstream ? lastTwo(positions) : positions,
      transactions: transactionRows(run, { headers: true, netted: null }),
      gross_lev: leverageRows(run, null),
    }
  },
})

/** Upstream hands pyfolio the last instrument and the cash only. */
function lastTwo(rows: Readonly<Record<string, Analysis>>): Analysis {
  return Object.fromEntries(Object.entries(rows).map(([key, row]) => [key, (row as readonly Analysis[]).slice(-2)]))
}
