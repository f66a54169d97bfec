import type { MetricEntry } from '../metric-catalogue.ts'
import type { TradeGroup } from '../sheet/breakdowns.ts'
import type { TearSheet } from '../sheet/tear-sheet.ts'
import { escaped, row, table, tone } from './html-text.ts'
import { isoDay, isoTime } from './iso-time.ts'
import { decimal, percent, plain, unitText } from './number-text.ts'
import type { wordsOf } from './words.ts'

type Words = ReturnType<typeof wordsOf>
const shownTrips = 500

/** Month by month, tinted by size. */
export function yearTable({ years, benchmark }: TearSheet, t: Words): string {
  if (years.length === 0) return ''
  const largest = Math.max(0.02, ...years.flatMap(({ months }) => months.map((value) => Math.abs(value ?? 0))))
  const cell = (value: number | null) => {
    if (value === null) return '<td></td>'
    const strength = Math.round(Math.min(1, Math.abs(value) / largest) * 34)
    const colour = value >= 0 ? '--profit' : '--loss'
    return `<td style="background:color-mix(in srgb,var(${colour}) ${strength}%,transparent)">${decimal(value * 100, 1)}</td>`
  }
  const rows = years.map(({ year, months, total, benchmark: other }) => {
    const sum = `<td class="${tone(total)}"><strong>${decimal(total * 100, 1)}</strong></td>`
    const beside = benchmark === null ? '' : `<td>${other === null ? '–' : decimal(other * 100, 1)}</td>`
    return `<tr><td>${year}</td>${months.map(cell).join('')}${sum}${beside}</tr>`
  })
  const head = [t('year'), ...Array.from({ length: 12 }, (_, month) => String(month + 1)), t('total')]
  return `<section><h2>${escaped(t('years'))}, %</h2>${table(benchmark === null ? head : [...head, benchmark], rows)}</section>`
}

function groupTable(groups: readonly TradeGroup[], first: string, t: Words, name: (key: string) => string): string {
  const head = [
    first,
    ...['trades', 'winRate', 'net', 'average', 'profitFactor', 'largestLoss', 'averageBars'].map((key) => t(key)),
  ]
  const rows = groups.map((group) =>
    row([
      name(group.key),
      decimal(group.trades, 0),
      percent(group.winRate, 1),
      { text: decimal(group.net), look: tone(group.net) },
      { text: decimal(group.average), look: tone(group.average) },
      plain(group.profitFactor),
      decimal(group.largestLoss),
      plain(group.averageBars),
    ]),
  )
  return table(head, rows)
}

/** Long and short, and the trades by each kind that has more than one group. */
export function breakdownTables({ sides, breakdowns }: TearSheet, t: Words): string {
  if ((sides[0]?.trades ?? 0) === 0) return ''
  const own = `<section><h2>${escaped(t('sides'))}</h2>${groupTable(sides, t('side'), t, (key) => t(key))}</section>`
  const others = breakdowns
    .filter(({ groups }) => groups.length > 1)
    .map(({ by, groups }) => {
      const name = (key: string) => (by === 'symbol' || by === 'tag' ? key || t('untagged') : t(key))
      return `<section><h2>${escaped(t(`by.${by}`))}</h2>${groupTable(groups, '', t, name)}</section>`
    })
  return own + others.join('')
}

export function drawdownTable({ drawdowns }: TearSheet, t: Words): string {
  if (drawdowns.length === 0) return ''
  const day = (time: number | null, none: string) => (time === null ? none : isoDay(time))
  const rows = drawdowns.map((one) =>
    row([
      day(one.peak, '–'),
      day(one.valley, '–'),
      day(one.recovery, t('notRecovered')),
      { text: percent(-one.depth), look: 'loss' },
      decimal(one.days, 0),
      decimal(one.recoveryDays, 0),
    ]),
  )
  const head = ['peak', 'valley', 'recovery', 'depth', 'days', 'recoveryDays'].map((key) => t(key))
  return `<section><h2>${escaped(t('drawdowns'))}</h2>${table(head, rows)}</section>`
}

/** Every metric by group, two columns; formulas and sources below. */
export function metricTables(
  { metrics }: TearSheet,
  entries: readonly MetricEntry[],
  look: { t: Words; language: 'en' | 'zh' },
): string {
  const { t, language } = look
  const groups = [...new Set(entries.map(({ group }) => group))]
  const parts = groups.map((group) => {
    const own = entries.filter((entry) => entry.group === group)
    if (own.every(({ id }) => (metrics[id] ?? null) === null)) return ''
    const line = ({ id, title, unit, formula }: MetricEntry) =>
      `<tr title="${escaped(formula)}"><td class="text">${escaped(title[language])}</td><td>${escaped(unitText(metrics[id], unit))}</td></tr>`
    const half = Math.ceil(own.length / 2)
    const column = (some: readonly MetricEntry[]) => `<table><tbody>${some.map(line).join('')}</tbody></table>`
    return `<h3>${escaped(t(`group.${group}`))}</h3><div class="pair">${column(own.slice(0, half))}${column(own.slice(half))}</div>`
  })
  const definitions = entries.map(
    ({ title, formula, source, edgeCases }) =>
      `<tr><td class="text">${escaped(title[language])}</td><td class="text"><code>${escaped(formula)}</code><br><span class="faint">${escaped([source, edgeCases[language]].filter(Boolean).join('. '))}</span></td></tr>`,
  )
  return `<section class="long"><h2>${escaped(t('metrics'))}</h2>${parts.join('')}<details><summary>${escaped(t('definition'))}</summary><table><tbody>${definitions.join('')}</tbody></table></details></section>`
}

/** The newest round trips. */
export function tripTable({ trips }: TearSheet, t: Words, print: boolean): string {
  const from = Math.max(0, trips.symbol.length - (print ? 100 : shownTrips))
  const at = (name: string, index: number) => trips.columns[name]?.[index] ?? null
  const moment = (time: number | null) => (time === null ? '–' : isoTime(time).slice(0, 16).replace('T', ' '))
  const rows = trips.symbol.slice(from).map((symbol, offset) => {
    const index = from + offset
    const pnl = at('pnl', index)
    return row([
      symbol,
      t((at('side', index) ?? 0) > 0 ? 'long' : 'short'),
      moment(at('entryTime', index)),
      plain(at('entryPrice', index)),
      moment(at('exitTime', index)),
      plain(at('exitPrice', index)),
      plain(at('quantity', index)),
      { text: decimal(pnl), look: tone(pnl) },
      decimal(at('bars', index), 0),
    ])
  })
  if (rows.length === 0) return ''
  const shown = rows.length < trips.total ? `, ${t('tripsShown', { shown: rows.length, total: trips.total })}` : ''
  const head = ['symbol', 'side', 'entry', '', 'exit', '', 'quantity', 'pnl', 'bars'].map((key) =>
    key === '' ? '' : t(key),
  )
  return `<section class="long"><h2>${escaped(t('trips') + shown)} (UTC)</h2>${table(head, rows)}</section>`
}
