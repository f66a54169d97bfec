import type { CSSProperties } from 'react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { missing, ratioPercent } from '../../ui/format.ts'
import { type MonthRow, monthTable, tint } from './month-table.ts'
import type { EquityCurves } from './use-equity.ts'

interface MonthViewProps {
  readonly curves: EquityCurves
  readonly cash: number
  readonly zone: string
}

/** Monthly returns by year, tinted by size in the regional colours; figures stay readable on every tint. */
export function MonthView({ curves, cash, zone }: MonthViewProps) {
  const { t, i18n } = useTranslation('report')
  const { columns, isWhole } = curves
  const rows = useMemo(
    () =>
      isWhole ? monthTable(columns.time ?? new Float64Array(0), columns.equity ?? new Float64Array(0), cash, zone) : [],
    [columns, isWhole, cash, zone],
  )
  const names = useMemo(() => monthNames(i18n.language), [i18n.language])
  if (!isWhole) return <p className="report-faint report-pad">{t('wholeCurve')}</p>
  return (
    <div className="report-months">
      <table>
        <caption className="report-hidden">{t('months')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('year')}</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">{t('wholeYear')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <YearRow key={row.year} row={row} rows={rows} names={names} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function YearRow({ row, rows, names }: { row: MonthRow; rows: readonly MonthRow[]; names: readonly string[] }) {
  return (
    <tr>
      <th scope="row">{row.year}</th>
      {row.months.map((value, month) => (
        <td
          key={names[month]}
          className={direction(value)}
          style={{ '--tint': `${Math.round(tint(value, rows) * 42)}%` } as CSSProperties}
        >
          {Number.isFinite(value) ? ratioPercent(value, 1).replace('%', '') : missing}
        </td>
      ))}
      <td className={`report-months-total ${direction(row.total) ?? ''}`}>{ratioPercent(row.total, 1)}</td>
    </tr>
  )
}

function direction(value: number): string | undefined {
  if (!(value > 0) && !(value < 0)) return undefined
  return value > 0 ? 'is-up' : 'is-down'
}

function monthNames(language: string): string[] {
  const format = new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' })
  return Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2020, month, 1)))
}
