import { metricEntries } from '../metric-catalogue.ts'
import type { TearSheet } from '../sheet/tear-sheet.ts'
import { growthCharts, rollingCharts, spreadCharts } from './html-charts.ts'
import { pageStyle } from './html-style.ts'
import { breakdownTables, drawdownTable, metricTables, tripTable, yearTable } from './html-tables.ts'
import { embeddedJson, escaped, tone } from './html-text.ts'
import { isoDay, isoTime } from './iso-time.ts'
import { decimal, percent, unitText } from './number-text.ts'
import { wordsOf } from './words.ts'

interface PageOptions {
  readonly capsule: unknown
  readonly language: 'en' | 'zh'
  /** For paper: fewer round trips. */
  readonly print: boolean
}

type Words = ReturnType<typeof wordsOf>

const keyFigures = [
  ...['total-return', 'cagr', 'max-drawdown', 'sharpe', 'sortino', 'calmar'],
  ...['net-profit', 'trades', 'win-rate', 'profit-factor', 'expectancy', 'fees'],
  ...[
    'volatility',
    'exposure-time',
    'probabilistic-sharpe',
    'mean-profit-p',
    'break-even-cost',
    'min-track-record-years',
  ],
] as const
const signed: ReadonlySet<string> = new Set(['total-return', 'cagr', 'net-profit', 'expectancy'])

/** The report as one page that needs nothing else: style and pictures are in it, and so is the capsule. No script runs. */
export function htmlPage(sheet: TearSheet, { capsule, language, print }: PageOptions): string {
  const t = wordsOf(language)
  const entries = metricEntries()
  const title = `${sheet.run.strategy} · ${sheet.instruments.join(', ')}`
  const body = [
    header(sheet, t),
    findingList(sheet, t, language),
    figureGrid(sheet, t, language),
    growthCharts(sheet, t),
    yearTable(sheet, t),
    drawdownTable(sheet, t),
    breakdownTables(sheet, t),
    rollingCharts(sheet, t),
    spreadCharts(sheet, t),
    metricTables(sheet, entries, { t, language }),
    tripTable(sheet, t, print),
    footer(sheet, t, language),
  ]
  const policy = `default-src 'none'; style-src 'unsafe-inline'`
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="generator" content="Tickwright">
<title>${escaped(title)}</title>
<style>${pageStyle(language)}</style>
</head>
<body>
${body.join('\n')}
<script type="application/json" id="capsule">${embeddedJson(capsule)}</script>
</body>
</html>
`
}

function header({ run, instruments, basis, benchmark, zone }: TearSheet, t: Words): string {
  const params = Object.entries(run.params).map(([name, value]) => `${name} ${String(value)}`)
  const facts: readonly (readonly [string, string])[] = [
    [t('period'), `${isoDay(run.from)} – ${isoDay(run.to)}`],
    [t('instruments'), `${instruments.join(', ')} · ${run.interval}`],
    [t('params'), params.join(', ') || t('none')],
    [t('cash'), `${decimal(run.cash)} ${run.currency}`],
    [t('commission'), run.commission === 'none' ? t('none') : run.commission],
    [t('slippage'), run.slippage === 'none' ? t('none') : run.slippage],
    [t('fillPolicy'), run.fillPolicy],
    [t('profile'), run.profile],
    [t('benchmark'), benchmark ?? t('none')],
    [t('made'), `${isoDay(run.createdAt)} · ${zone}`],
    [t('run'), run.id],
    [t('seed'), String(run.seed)],
    [t('engine'), run.engineBuild],
    [t('result'), (run.resultHash ?? '–').slice(0, 16)],
    ...(run.note === '' ? [] : [[t('note'), run.note] as const]),
  ]
  const items = facts.map(([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`)
  const scale = t('basis', { periods: basis.periodsPerYear, rate: percent(basis.riskFree) })
  return `<header><h1>${escaped(run.strategy.replace(/\.ts$/, ''))}</h1><p class="faint">${escaped(t('report'))} · ${escaped(instruments.join(', '))} · ${escaped(scale)}</p><dl class="facts">${items.join('')}</dl></header>`
}

function findingList({ findings }: TearSheet, t: Words, language: 'en' | 'zh'): string {
  if (findings.length === 0) return ''
  const items = findings.map(
    ({ tone: look, text, test }) =>
      `<li class="${look}">${escaped(text[language])}<small>${escaped(test[language])}</small></li>`,
  )
  return `<section><h2>${escaped(t('findings'))}</h2><ul class="findings">${items.join('')}</ul></section>`
}

function figureGrid({ metrics }: TearSheet, t: Words, language: 'en' | 'zh'): string {
  const entries = new Map(metricEntries().map((entry) => [entry.id, entry]))
  const figures = keyFigures.map((id) => {
    const entry = entries.get(id)
    if (entry === undefined) return ''
    const value = metrics[id] ?? null
    const look = signed.has(id) ? tone(value) : ''
    return `<div title="${escaped(entry.formula)}"><span>${escaped(entry.title[language])}</span><strong class="${look}">${escaped(unitText(value, entry.unit))}</strong></div>`
  })
  return `<section><h2>${escaped(t('keyFigures'))}</h2><div class="figures">${figures.join('')}</div></section>`
}

function footer({ rows, run }: TearSheet, t: Words, language: 'en' | 'zh'): string {
  const counts = Object.fromEntries(Object.entries(rows).map(([name, value]) => [name, decimal(value, 0)]))
  const colours = language === 'zh' ? { profit: t('red'), loss: t('green') } : { profit: t('green'), loss: t('red') }
  return `<footer><p>${escaped(t('rows', counts))}. ${escaped(t('colours', colours))} ${escaped(isoTime(run.createdAt))}</p><p>${escaped(t('capsule').replace('RUN', run.id))}</p></footer>`
}
