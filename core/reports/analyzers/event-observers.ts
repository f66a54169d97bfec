import { type AnalyzedRun, undefinedColumn } from './analyzed-run.ts'
import { dataParam, defineObserver, flagParam, numberParam } from './definition.ts'

interface BuySell {
  readonly barplot: boolean
  readonly bardist: number
  readonly data: number
}

export const buySell = defineObserver<BuySell>({
  id: 'buy-sell',
  title: { en: 'Buys and sells', zh: '买卖点' },
  about: {
    en: 'Average price bought and sold at in a bar, or marks below and above the bar.',
    zh: '一根K线内的平均买入与卖出价，或在K线上下方的标记。',
  },
  formula: 'mean of the orders’ average prices; with barplot low · (1 − bardist), high · (1 + bardist)',
  source: 'backtrader BuySell (OB-06)',
  aliases: { backtrader: ['BuySell'] },
  params: {
    barplot: flagParam(false, { en: 'Marks beside the bar instead of prices.', zh: '在K线旁作标记，而非价格。' }),
    bardist: numberParam(0.015, { en: 'Distance of the marks, ratio of the price.', zh: '标记与价格的距离比例。' }),
    data: { ...dataParam, default: 0 },
  },
  pane: 'price',
  compute: (run, params) => buySellRows(run, params),
})

/** What upstream tells of orders: once per fill with the order's average price so far, again when a rest is given up. */
function toldPrices({ fills, brokenOff }: AnalyzedRun, data: number): [row: number, side: number, price: number][] {
  const filled = new Map<number, { size: number; price: number }>()
  const told: [number, number, number][] = []
  for (let at = 0; at < fills.row.length; at++) {
    if (fills.instrument[at] !== data) continue
    const order = fills.order[at] as number
    const size = fills.size[at] as number
    const before = filled.get(order) ?? { size: 0, price: 0 }
    const total = before.size + size
    const price = (before.size * before.price + size * (fills.price[at] as number)) / total
    filled.set(order, { size: total, price })
    told.push([fills.row[at] as number, Math.sign(size), price])
  }
  for (let at = 0; at < brokenOff.row.length; at++) {
    const price = filled.get(brokenOff.order[at] as number)?.price
    if (price !== undefined) told.push([brokenOff.row[at] as number, Math.sign(brokenOff.size[at] as number), price])
  }
  return told
}

function buySellRows(run: AnalyzedRun, { barplot, bardist, data }: BuySell) {
  const sums = { buy: new Float64Array(run.time.length), sell: new Float64Array(run.time.length) }
  const counts = { buy: new Float64Array(run.time.length), sell: new Float64Array(run.time.length) }
  for (const [row, side, price] of toldPrices(run, data)) {
    const name = side > 0 ? 'buy' : 'sell'
    sums[name][row] = (sums[name][row] as number) + price
    counts[name][row] = (counts[name][row] as number) + 1
  }
  const prices = run.instruments[data]?.prices
  const marks = { buy: prices?.low, sell: prices?.high }
  const line = (name: 'buy' | 'sell', distance: number) =>
    sums[name].map((sum, row) => {
      if (counts[name][row] === 0) return Number.NaN
      return barplot ? (marks[name]?.[row] ?? Number.NaN) * distance : sum / (counts[name][row] as number)
    })
  return { buy: line('buy', 1 - bardist), sell: line('sell', 1 + bardist) }
}

export const trades = defineObserver<{ readonly pnlcomm: boolean }>({
  id: 'trades',
  title: { en: 'Results of trades', zh: '交易盈亏' },
  about: { en: 'Result of the trade that was closed in the bar.', zh: '在该K线平仓的交易盈亏。' },
  formula: 'pnlplus: result ≥ 0; pnlminus: result < 0; the last one of a bar',
  source: 'backtrader Trades (OB-07)',
  aliases: { backtrader: ['Trades'] },
  params: { pnlcomm: flagParam(true, { en: 'After fees.', zh: '扣除费用后。' }) },
  pane: 'own',
  compute(run, { pnlcomm }) {
    const lines = { pnlplus: undefinedColumn(run), pnlminus: undefinedColumn(run) }
    const { closeRow, pnl, gross } = run.trades
    for (let at = 0; at < closeRow.length; at++) {
      const row = closeRow[at] as number
      if (Number.isNaN(row)) continue
      const result = (pnlcomm ? pnl : gross)[at] as number
      lines[result >= 0 ? 'pnlplus' : 'pnlminus'][row] = result
    }
    return lines
  },
})

export const dataTrades = defineObserver<{ readonly usenames: boolean }>({
  id: 'data-trades',
  title: { en: 'Results by instrument', zh: '各品种交易盈亏' },
  about: {
    en: 'Gross result of the trade that was closed in the bar, per instrument.',
    zh: '按品种给出该K线平仓交易的毛盈亏。',
  },
  formula: 'result before fees; the last one of a bar',
  source: 'backtrader DataTrades (OB-08)',
  aliases: { backtrader: ['DataTrades'] },
  params: { usenames: flagParam(true, { en: 'Lines bear the instruments’ names.', zh: '以品种名命名各线。' }) },
  pane: 'own',
  compute(run, { usenames }) {
    const lines = run.instruments.map(() => undefinedColumn(run))
    const { closeRow, instrument, gross } = run.trades
    for (let at = 0; at < closeRow.length; at++) {
      const row = closeRow[at] as number
      const line = lines[instrument[at] as number]
      if (line !== undefined && !Number.isNaN(row)) line[row] = gross[at] as number
    }
    return Object.fromEntries(
      lines.map((line, index) => [(usenames && run.instruments[index]?.name) || `data${index}`, line]),
    )
  },
})
