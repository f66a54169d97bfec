// @vitest-environment happy-dom
import { act } from 'react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Gives } from '../../../core/contract/contract.ts'
import { ReportPanel } from '../../../renderer/features/report/report-panel.tsx'
import { useStore } from '../../../renderer/state/store.ts'
import { instrument } from '../../helpers/catalogue.ts'
import { type FakeBridge, fakeBridge } from '../../helpers/fake-bridge.ts'
import { find, press, render, resetWindow, settle } from '../../helpers/render.tsx'
import { runSummary } from '../runs/run-fixtures.ts'

// happy-dom has no canvas to draw on.
vi.mock('../../../renderer/chart/plot/plot.tsx', () => ({ Plot: () => null }))

const day = (text: string) => Date.parse(`${text}T05:00:00Z`)
const summary = runSummary({
  metrics: { 'total-return': 0.0842, sharpe: null },
  counts: { bars: 3, orders: 2, fills: 2, trades: 2 },
})
const detail: Gives<'run.get'> = {
  summary,
  capsule: {
    version: 1,
    engineBuild: 'build',
    config: summary.config,
    entry: 'sma-cross.ts',
    sources: { 'sma-cross.ts': 'code' },
    codeHash: 'c0de',
    data: [
      {
        instrument: 'SPX',
        interval: '1d',
        sourceInterval: '1d',
        bars: 3,
        from: day('2020-01-02'),
        to: day('2020-01-05'),
        hash: 'abcdef0123456789',
      },
    ],
    instruments: [instrument('SPX', { simulated: true })],
    resultHash: 'beef',
  },
  log: [],
  recorded: [],
}
const trades = {
  instrument: Float64Array.of(0, 0),
  side: Float64Array.of(1, -1),
  entryTime: Float64Array.of(day('2020-01-02'), day('2020-01-03')),
  exitTime: Float64Array.of(day('2020-01-03'), Number.NaN),
  entryPrice: Float64Array.of(100, 110),
  exitPrice: Float64Array.of(110, Number.NaN),
  quantity: Float64Array.of(10, 10),
  pnl: Float64Array.of(98, Number.NaN),
  fees: Float64Array.of(2, 1),
  bars: Float64Array.of(1, 1),
  mae: Float64Array.of(0, 1),
  mfe: Float64Array.of(10, 2),
  open: Float64Array.of(0, 1),
}
let fake: FakeBridge

beforeEach(() => {
  resetWindow()
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { value: 400, configurable: true })
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { value: 900, configurable: true })
  fake = fakeBridge({
    'run.get': () => detail,
    'run.equity': () => ({
      reply: { rows: 2, columns: ['time', 'equity', 'drawdown'] },
      columns: {
        time: Float64Array.of(day('2020-01-02'), day('2020-01-03')),
        equity: Float64Array.of(summary.config.cash, summary.config.cash * 1.0842),
        drawdown: Float64Array.of(0, 0),
      },
    }),
    'run.trades': () => ({ reply: { rows: 2, texts: { instrument: ['SPX'] } }, columns: trades }),
    'metric.list': () => ({
      metrics: (['total-return', 'sharpe'] as const).map((id) => ({
        id,
        title: { en: id === 'sharpe' ? 'Sharpe ratio' : 'Total return', zh: id },
        formula: 'last / first - 1',
        about: { en: 'What it means.', zh: '' },
        unit: id === 'sharpe' ? ('number' as const) : ('ratio' as const),
        source: 'a book',
        group: 'ratio' as const,
        edgeCases: { en: '', zh: '' },
        needs: 'returns' as const,
        aliases: { empyrical: [], quantstats: [], backtrader: [] },
      })),
    }),
  })
})

async function open(): Promise<void> {
  useStore.setState({ run: summary.id })
  await render(<ReportPanel />)
  await settle()
  await settle()
}

async function openTab(title: string): Promise<void> {
  const tab = [...document.querySelectorAll('[role=tab]')].find((one) => one.textContent?.startsWith(title))
  if (tab === undefined) throw new Error(`no tab ${title}`)
  await act(async () => {
    tab.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, button: 0 }))
  })
  await settle()
  await settle()
}

describe('the report of a run', () => {
  it('asks for a run when none is selected', async () => {
    await render(<ReportPanel />)
    expect(document.body.textContent).toContain('No run selected')
    expect(fake.callsOf('run.get')).toEqual([])
  })

  it('says which data it was made from and that the prices are simulated', async () => {
    await open()
    const header = find('.report-header').textContent ?? ''
    expect(header).toContain('SPX 1d 2020-01-02 – 2020-01-04')
    expect(header).toContain('abcdef0123')
    expect(header).toContain('SIM')
  })

  it('shows each figure with its definition, and – where it is undefined', async () => {
    await open()
    const figures = [...document.querySelectorAll<HTMLElement>('.report-figure')]
    expect(figures.map((figure) => figure.textContent)).toEqual(['Total return+8.42%', 'Sharpe ratio–'])
    expect(figures[0]?.title).toBe('What it means.\nlast / first - 1')
    expect(figures[0]?.querySelector('strong')?.className).toBe('tone-profit')
  })

  it('lists the trades and takes the chart to the one that is selected', async () => {
    await open()
    await openTab('Trades')
    const rows = [...document.querySelectorAll('.tw-row')].map((row) => row.textContent ?? '')
    expect(rows).toHaveLength(2)
    expect(rows[0]).toContain('+98.00')
    expect(rows[1]).toContain('open')
    await press(find('[role=grid]'), 'ArrowDown')
    expect(useStore.getState()).toMatchObject({
      focus: { instrument: 'SPX', time: day('2020-01-02'), exitTime: day('2020-01-03'), tradeIndex: 0 },
      panelRequest: { panel: 'chart' },
    })
  })

  it('draws a thinned curve and fetches all of its rows only for what needs them', async () => {
    await open()
    expect(fake.callsOf('run.equity')).toEqual([{ run: summary.id, maxRows: 4000 }])
    await openTab('Months')
    expect(fake.callsOf('run.equity').at(-1)).toEqual({ run: summary.id, maxRows: 0 })
  })

  it('gives the month its return', async () => {
    await open()
    await openTab('Months')
    const cells = [...document.querySelectorAll('.report-months td')].map((cell) => cell.textContent)
    expect(cells[0]).toBe('+8.4')
    expect(cells[1]).toBe('–')
    expect(cells[12]).toBe('+8.4%')
  })
})
