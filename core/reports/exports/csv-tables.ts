import { metricEntries } from '../metric-catalogue.ts'
import { columnOf, type SheetInput, type SheetTable } from '../sheet/sheet-input.ts'
import type { TearSheet } from '../sheet/tear-sheet.ts'
import { isoTime } from './iso-time.ts'

type Cell = string | number | null | undefined

/** The report as CSV tables by file name: UTC times in ISO 8601, ratios 1 = 100 %, what is undefined is empty. */
export function csvTables(sheet: TearSheet, input: SheetInput): Record<string, string> {
  return {
    'run.csv': runTable(sheet),
    'metrics.csv': metricTable(sheet),
    'findings.csv': csv(
      ['id', 'tone', 'text', 'test'],
      sheet.findings.map(({ id, tone, text, test }) => [id, tone, text.en, test.en]),
    ),
    'breakdowns.csv': breakdownTable(sheet),
    'drawdowns.csv': csv(
      ['peak', 'valley', 'recovery', 'depth', 'days', 'recoveryDays'],
      sheet.drawdowns.map((row) => [
        time(row.peak),
        time(row.valley),
        time(row.recovery),
        row.depth,
        row.days,
        row.recoveryDays,
      ]),
    ),
    'months.csv': csv(
      ['year', ...Array.from({ length: 12 }, (_, month) => String(month + 1)), 'total', 'benchmark'],
      sheet.years.map(({ year, months, total, benchmark }) => [year, ...months, total, benchmark]),
    ),
    'rolling.csv': lineTable(sheet.rolling),
    'daily.csv': lineTable(sheet.daily),
    'distribution.csv': csv(
      ['from', 'to', 'count'],
      sheet.distribution.counts.map((count, bin) => {
        const from = sheet.distribution.from + bin * sheet.distribution.width
        return [from, from + sheet.distribution.width, count]
      }),
    ),
    'equity.csv': plainTable(input.equity),
    'trades.csv': plainTable(input.trades),
    'orders.csv': plainTable(input.orders),
    'fills.csv': plainTable(input.fills),
  }
}

function runTable({ run, instruments, zone, basis, benchmark, rows }: TearSheet): string {
  const { params, createdAt, from, to, ...plain } = run
  const facts: (readonly [string, Cell])[] = [
    ...Object.entries(plain),
    ['createdAt', time(createdAt)],
    ['from', time(from)],
    ['to', time(to)],
    ['instruments', instruments.join(' ')],
    ['zone', zone],
    ['benchmark', benchmark],
    ...Object.entries(basis),
    ...Object.entries(rows).map(([name, count]) => [`rows.${name}`, count] as const),
    ...Object.entries(params).map(([name, value]) => [`params.${name}`, String(value)] as const),
  ]
  return csv(['name', 'value'], facts)
}

function metricTable({ metrics }: TearSheet): string {
  return csv(
    ['id', 'title', 'group', 'value', 'unit', 'formula', 'source'],
    metricEntries().map(({ id, title, group, unit, formula, source }) => {
      const value = metrics[id] ?? null
      return [id, title.en, group, unit === 'date' ? time(value) : value, unit, formula, source]
    }),
  )
}

function breakdownTable({ sides, breakdowns }: TearSheet): string {
  const names = [
    'trades',
    'winRate',
    'net',
    'average',
    'profitFactor',
    'largestWin',
    'largestLoss',
    'averageBars',
    'fees',
  ] as const
  const all = [{ by: 'side', groups: sides }, ...breakdowns]
  return csv(
    ['by', 'key', ...names],
    all.flatMap(({ by, groups }) => groups.map((group) => [by, group.key, ...names.map((name) => group[name])])),
  )
}

function lineTable({ time: times, lines }: TearSheet['daily']): string {
  const names = Object.keys(lines)
  return csv(
    ['time', ...names],
    times.map((at, row) => [time(at), ...names.map((name) => lines[name]?.[row])]),
  )
}

/** A table of the run as it is stored: codes as their texts, times in ISO 8601. */
function plainTable(table: SheetTable): string {
  const names = Object.keys(table.columns)
  const read = names.map((name) => {
    const column = columnOf(table, name)
    const texts = table.texts[name]
    if (texts !== undefined) return (row: number) => texts[column[row] as number] ?? ''
    return /(^t|T)ime$/.test(name) ? (row: number) => time(column[row] ?? null) : (row: number) => column[row]
  })
  return csv(
    names,
    Array.from({ length: table.rows }, (_, row) => read.map((cell) => cell(row))),
  )
}

const time = (value: number | null) => (value === null || !Number.isFinite(value) ? null : isoTime(value))

function csv(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `${[head, ...rows].map((row) => row.map(cellText).join(',')).join('\r\n')}\r\n`
}

function cellText(value: Cell): string {
  if (value === null || value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return ''
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
