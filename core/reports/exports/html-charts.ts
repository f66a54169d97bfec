import type { TearSheet } from '../sheet/tear-sheet.ts'
import { escaped } from './html-text.ts'
import { decimal, percent, plain } from './number-text.ts'
import { bandChart, barChart, lineChart, scatterChart } from './svg-chart.ts'
import type { wordsOf } from './words.ts'

type Words = ReturnType<typeof wordsOf>

const axisPercent = (value: number) => percent(value, Math.abs(value) < 0.1 ? 1 : 0)

function section(title: string, body: string, about = ''): string {
  if (body === '') return ''
  return `<section><h2>${escaped(title)}</h2>${about === '' ? '' : `<p class="faint">${escaped(about)}</p>`}${body}</section>`
}

/** Growth with the benchmark beside it, and the depth below the highest point. */
export function growthCharts({ daily, benchmark, run }: TearSheet, t: Words): string {
  const { time, lines } = daily
  const other = lines.benchmark
  const growth = lineChart(
    time,
    [
      ...(other === undefined ? [] : [{ values: other, look: 'other' }]),
      { values: lines.wealth ?? [], look: 'accent' },
    ],
    { format: (value) => decimal(value, 2), label: escaped(t('equity')), height: 220 },
  )
  const falls = (lines.drawdown ?? []).map((depth) => (depth === null ? null : -depth))
  const fall = lineChart(time, [{ values: falls, look: 'lossline', fill: true }], {
    format: axisPercent,
    label: escaped(t('drawdown')),
    height: 110,
  })
  const key =
    benchmark === null
      ? ''
      : `<p class="key faint"><i class="accent"></i>${escaped(run.strategy)}<i class="other"></i>${escaped(benchmark)}</p>`
  return section(
    t('equity'),
    `${key}<figure>${growth}</figure><h3>${escaped(t('drawdown'))}</h3><figure>${fall}</figure>`,
  )
}

/** Sharpe ratio, volatility and beta of the last days at each day. */
export function rollingCharts({ rolling }: TearSheet, t: Words): string {
  const formats: Readonly<Record<string, (value: number) => string>> = {
    sharpe: plain,
    volatility: axisPercent,
    beta: plain,
  }
  const charts = Object.entries(rolling.lines).map(([name, values]) => {
    const chart = lineChart(rolling.time, [{ values, look: 'accent' }], {
      format: formats[name] ?? plain,
      label: escaped(t(name)),
      height: 110,
    })
    return chart === '' ? '' : `<h3>${escaped(t(name))}</h3><figure>${chart}</figure>`
  })
  return section(t('rolling', { window: rolling.window }), charts.join(''))
}

/** How returns are spread, what they could have become, and how far trades moved. */
export function spreadCharts({ distribution, monteCarlo, trips }: TearSheet, t: Words): string {
  const bars = barChart(distribution, { format: axisPercent, label: escaped(t('distribution')) })
  const bands = bandChart(
    monteCarlo.progress,
    monteCarlo.bands.map(({ growth }) => growth),
    { format: (value) => decimal(value, 2), label: escaped(t('monteCarlo', { paths: monteCarlo.paths })) },
  )
  const points = scatterChart(excursionPoints(trips), { format: axisPercent, label: escaped(t('excursions')) })
  return [
    section(t('distribution'), bars === '' ? '' : `<figure>${bars}</figure>`),
    section(
      t('monteCarlo', { paths: monteCarlo.paths }),
      bands === '' ? '' : `<figure>${bands}</figure>`,
      t('monteCarloAbout'),
    ),
    section(t('excursions'), points === '' ? '' : `<figure>${points}</figure>`),
  ].join('')
}

/** Excursions as ratios of the entry price, coloured by the result. */
function excursionPoints({ columns }: TearSheet['trips']) {
  const { mae = [], mfe = [], entryPrice = [], pnl = [] } = columns
  return mae.flatMap((against, at) => {
    const [favour, entry, result] = [mfe[at], entryPrice[at], pnl[at]]
    if (against === null || favour === null || favour === undefined || !entry) return []
    const look = (result ?? 0) > 0 ? 'profit' : 'loss'
    return [{ x: against / Math.abs(entry), y: favour / Math.abs(entry), look }]
  })
}
