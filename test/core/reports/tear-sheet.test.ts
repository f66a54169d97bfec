import { describe, expect, it } from 'vitest'
import { exportSheet, sheetFileName } from '../../../core/reports/exports/export-sheet.ts'
import { tearSheet } from '../../../core/reports/sheet/tear-sheet.ts'
import { inputOf, type Trip, texts } from './sheet-input.ts'

const mixed: readonly Trip[] = Array.from({ length: 60 }, (_, at) => ({
  day: at * 8,
  pnl: at % 3 === 0 ? -40 : 30,
  side: at % 4 === 0 ? (-1 as const) : (1 as const),
  tag: at % 2 === 0 ? 'breakout' : '',
  symbol: at % 5 === 0 ? 1 : 0,
  reason: at % 3 === 0 ? 'stop' : 'target',
}))
const sheet = tearSheet(inputOf(mixed))
const groupsBy = (by: string) => sheet.breakdowns.find((one) => one.by === by)?.groups ?? []

describe('the closed trades, broken down', () => {
  it.each(['tag', 'exit', 'symbol', 'hour', 'weekday', 'month', 'year'])('by %s: every trade is in one group', (by) => {
    const groups = groupsBy(by)
    expect(groups.reduce((sum, { trades }) => sum + trades, 0)).toBe(60)
    expect(groups.reduce((sum, { net }) => sum + net, 0)).toBeCloseTo(40 * 30 - 20 * 40, 9)
  })
  it('long and short', () => {
    expect(sheet.sides.map(({ key, trades }) => [key, trades])).toEqual([
      ['all', 60],
      ['long', 45],
      ['short', 15],
    ])
  })
  it('hours are those of the exchange', () => expect(groupsBy('hour').map(({ key }) => key)).toEqual(['09']))
  it('exits are named by their reason', () => {
    expect(groupsBy('exit').map(({ key, trades }) => [key, trades])).toEqual([
      ['target', 40],
      ['stop', 20],
    ])
  })
  it('weekdays begin with Monday', () => expect(groupsBy('weekday')[0]?.key).toBe('monday'))
  it('an open trade is in none', () => {
    const open = tearSheet(inputOf([...mixed, { day: 490, pnl: 500, open: true }]))
    expect(open.sides[0]?.trades).toBe(60)
    expect(open.rows.trades).toBe(60)
  })
})

describe('metrics of the sheet', () => {
  it('cost: fees, slippage with the contract’s size, break-even', () => {
    const traded = 120 * 10 * 100
    expect(sheet.metrics.fees).toBe(60)
    expect(sheet.metrics['slippage-cost']).toBeCloseTo(96 * 0.1 + 24 * 0.1 * 50, 9)
    expect(sheet.metrics['traded-value']).toBeCloseTo((traded * 96) / 120 + ((traded * 24) / 120) * 50, 6)
  })
  it('trades: long win rate, excursions as ratios of the entry', () => {
    expect(sheet.metrics['trades-short']).toBe(15)
    expect(sheet.metrics['average-mae']).toBeCloseTo(0.02, 12)
    expect(sheet.metrics['holding-average-winner']).toBe(1)
  })
  it('the same run draws the same paths, another seed others', () => {
    expect(tearSheet(inputOf(mixed)).monteCarlo).toEqual(sheet.monteCarlo)
    const input = inputOf(mixed)
    expect(tearSheet({ ...input, run: { ...input.run, seed: 8 } }).monteCarlo).not.toEqual(sheet.monteCarlo)
  })
  it('months of all years compound to the total return', () => {
    const growth = sheet.years
      .flatMap(({ months }) => months)
      .reduce<number>((all, value) => all * (1 + (value ?? 0)), 1)
    expect(growth - 1).toBeCloseTo(sheet.metrics['total-return'] ?? Number.NaN, 12)
  })
  it('the deepest drawdown of the table is the largest of the returns', () => {
    expect(sheet.drawdowns[0]?.depth).toBeCloseTo(-(sheet.metrics['max-drawdown-return'] ?? Number.NaN), 12)
    const depths = sheet.drawdowns.map(({ depth }) => depth)
    expect(depths).toEqual([...depths].sort((a, b) => b - a))
  })
  it('every return that is not 0 is in one bin of the distribution', () => {
    // The first day of the wobble ends where it began.
    expect(sheet.distribution.counts.reduce((sum, count) => sum + count, 0)).toBe(sheet.rows.returns - 1)
  })
  it('money that was paid in is not profit', () => {
    const input = inputOf(mixed)
    const flows = new Float64Array(500)
    flows[100] = 5_000
    const equity = (input.equity.columns.equity as Float64Array).map((value, day) =>
      day >= 100 ? value + 5_000 : value,
    )
    const paid = tearSheet({
      ...input,
      equity: { ...input.equity, columns: { ...input.equity.columns, equity, flows } },
    })
    expect(paid.metrics['net-profit']).toBeCloseTo(sheet.metrics['net-profit'] ?? Number.NaN, 9)
    expect(paid.metrics['max-drawdown-money']).toBeCloseTo(sheet.metrics['max-drawdown-money'] ?? Number.NaN, 9)
  })
})

describe('a benchmark beside the run', () => {
  const input = inputOf(mixed)
  const own = input.equity.columns.equity as Float64Array
  const same = own.map((value, day) => value / (day === 0 ? 10_000 : (own[day - 1] as number)) - 1)
  const beside = tearSheet({
    ...input,
    benchmark: { name: 'itself', series: { time: input.equity.columns.time as Float64Array, value: same } },
  })
  it('that is the run itself: beta 1, correlation 1, nothing over it', () => {
    expect(beside.metrics.beta).toBeCloseTo(1, 12)
    expect(beside.metrics.correlation).toBeCloseTo(1, 12)
    expect(beside.metrics['benchmark-excess']).toBeCloseTo(0, 12)
    expect(beside.rolling.lines.beta?.at(-1)).toBeCloseTo(1, 12)
    expect(beside.daily.lines.benchmark).toEqual(beside.daily.lines.wealth)
    expect(beside.years[0]?.benchmark).toBeCloseTo(beside.years[0]?.total ?? Number.NaN, 12)
  })
  it('and without one its figures are undefined', () => expect(sheet.metrics.beta).toBeNull())
})

describe('findings', () => {
  const ids = (trips: readonly Trip[]) => tearSheet(inputOf(trips)).findings.map(({ id }) => id)
  const even: readonly Trip[] = Array.from({ length: 60 }, (_, at) => ({ day: at * 8, pnl: at % 4 === 0 ? -9 : 11 }))
  it('few trades', () => expect(ids(even.slice(0, 12))).toContain('few-trades'))
  it('dependence on a handful of trades', () => {
    expect(ids(even)).not.toContain('top-trades')
    expect(ids(even.map((trip, at) => (at < 2 ? { ...trip, pnl: 5_000 } : trip)))).toContain('top-trades')
  })
  it('one symbol makes the profit', () => {
    expect(ids(even.map((trip, at) => ({ ...trip, symbol: at % 2, pnl: at % 2 === 0 ? 30 : -1 })))).toContain(
      'one-symbol',
    )
  })
  it('one side gives back what the other earns', () => {
    const sided = even.map((trip, at) => ({
      ...trip,
      side: at % 2 === 0 ? (1 as const) : (-1 as const),
      pnl: at % 2 === 0 ? 30 : -10,
    }))
    expect(ids(sided)).toContain('one-side')
  })
  it('a weekday that differs', () => {
    const trips = Array.from({ length: 100 }, (_, at) => ({ day: at * 4 + (at % 2), pnl: ((at * 7) % 5) - 2 }))
    const mondays = trips.map((trip) => (trip.day % 7 === 0 ? { ...trip, pnl: 40 + (trip.day % 3) } : trip))
    expect(ids(trips)).not.toContain('weekday')
    expect(ids(mondays)).toContain('weekday')
  })
  it('chance, both ways', () => {
    expect(ids(even)).toContain('not-chance')
    expect(ids(even.map((trip, at) => ({ ...trip, pnl: at % 2 === 0 ? 10 : -10 })))).toContain('chance')
  })
  it('are silent and nothing breaks when there was no trade', () => {
    const empty = tearSheet(inputOf([]))
    expect(empty.metrics['win-rate']).toBeNull()
    expect(empty.sides[0]).toMatchObject({ trades: 0, winRate: null, net: 0 })
    expect(empty.trips.total).toBe(0)
  })
})

describe('exports', () => {
  const tables = inputOf(mixed.map((trip, at) => (at === 1 ? { ...trip, tag: texts.tag[2] as string } : trip)))
  const own = tearSheet(tables)
  const capsule = { version: 1, sources: { 'cross.ts': 'const a = "</script>"' } }
  const made = (format: 'html' | 'csv' | 'json', language: 'en' | 'zh' = 'en') =>
    exportSheet({ sheet: own, tables, capsule, language }, format)

  it('HTML needs nothing from elsewhere and runs nothing', () => {
    const html = made('html').files[''] ?? ''
    expect(html).toContain(`default-src 'none'`)
    expect(html).not.toMatch(/(src|href)=|@import|url\(/)
    expect(html.match(/<script/g)).toHaveLength(1)
    expect(html).toContain('&#60;script&#62;alert(1)')
    expect(html).toContain('a &#60;b&#62; note')
  })
  it('HTML carries the capsule, whatever the code contains', () => {
    const text = /<script type="application\/json" id="capsule">(.*?)<\/script>/s.exec(
      made('html').files[''] ?? '',
    )?.[1]
    expect(JSON.parse(text ?? '')).toEqual(capsule)
  })
  it('HTML draws its charts and speaks Chinese', () => {
    const html = made('html', 'zh').files[''] ?? ''
    expect(html.match(/<svg/g)?.length).toBeGreaterThanOrEqual(6)
    expect(html).toContain('回测报告')
    expect(html).not.toMatch(/NaN|undefined|Infinity/)
  })
  it('JSON is the document with the capsule', () => {
    expect(JSON.parse(made('json').files[''] ?? '')).toEqual(JSON.parse(JSON.stringify({ ...own, capsule })))
  })
  it('CSV has the tables whole, codes as texts, times in ISO 8601', () => {
    const { files } = made('csv')
    const lines = (files['trades.csv'] ?? '').trimEnd().split('\r\n')
    expect(lines).toHaveLength(61)
    expect(lines[1]).toMatch(/^BBB,-1,2022-01-03T14:00:00Z,2022-01-04T14:00:00Z,/)
    expect(files['metrics.csv']).toContain('\r\nsharpe,Sharpe ratio,ratio,')
    expect(Object.keys(files)).toContain('equity.csv')
  })
  it('are named after strategy, data, day and run', () => {
    expect(sheetFileName(own, 'csv')).toBe('cross-AAA-BBB-2022-01-03-run-1.zip')
  })
})
