import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WireColumns } from '../../../core/contract/define.ts'
import { type Curve, Plot } from '../../chart/plot/plot.tsx'
import { answered, useRequest } from '../../state/use-request.ts'
import { dateTime } from '../../ui/date-time.ts'
import { decimal } from '../../ui/format.ts'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { figure, wordText } from './analysis-rows.ts'
import type { ParamChoice } from './analyzer-params.tsx'
import { useThinned, type View } from './use-equity.ts'

interface ObserverViewProps {
  readonly run: string
  readonly observer: string
  readonly params: ParamChoice
  readonly zone: string
  readonly precision: 'day' | 'minute'
}

/** Below this part of the bars a series is a list of events, and a curve through them would say nothing. */
const sparse = 0.5

/** An observer's lines: curves, or a table of the bars in which something happened. */
export function ObserverView({ run, observer, params, zone, precision }: ObserverViewProps) {
  const { t } = useTranslation('report')
  const { answer, reload } = useRequest('run.observer', { run, observer, params })
  const held = answered(answer)
  if (answer.state === 'failed') return <Failure error={answer.error} onRetry={reload} />
  if (held === undefined) return <Loading />
  const { lines, rows } = held.reply
  const events = eventRows(held.columns, lines)
  if (events.length === 0) return <Empty title={t('analyzers.nothing')} />
  if (events.length < rows * sparse)
    return <Events events={events} columns={held.columns} lines={lines} zone={zone} precision={precision} />
  return <Curves columns={held.columns} lines={lines} zone={zone} />
}

/** Bars in which a line has a value. */
function eventRows(columns: WireColumns, lines: readonly string[]): number[] {
  const found: number[] = []
  for (let row = 0; row < (columns.time?.length ?? 0); row++)
    if (lines.some((line) => !Number.isNaN(columns[line]?.[row] ?? Number.NaN))) found.push(row)
  return found
}

interface LinesProps {
  readonly columns: WireColumns
  readonly lines: readonly string[]
  readonly zone: string
}

function Curves({ columns, lines, zone }: LinesProps) {
  const { t } = useTranslation('report')
  const [view, setView] = useState<View | null>(null)
  const curves = useMemo(() => ({ columns, isWhole: true }), [columns])
  const data = useThinned(curves, lines, view)
  const drawn = useMemo<Curve[]>(
    () =>
      lines.map((label, index) => ({
        label,
        colour: `series-${(index % 6) + 1}`,
        format: (value) => decimal(value, 4),
      })),
    [lines],
  )
  return (
    <div className="report-observer">
      <p className="report-legend">
        {lines.map((line, index) => (
          <span key={line} style={{ color: `var(--series-${(index % 6) + 1})` }}>
            {wordText(t, line)}
          </span>
        ))}
      </p>
      <div className="report-observer-plot">
        <Plot label={lines.join(', ')} curves={drawn} data={data} zone={zone} view={view} onView={setView} />
      </div>
    </div>
  )
}

interface EventsProps extends LinesProps {
  readonly events: readonly number[]
  readonly precision: 'day' | 'minute'
}

function Events({ events, columns, lines, zone, precision }: EventsProps) {
  const { t } = useTranslation('report')
  const shown = useMemo<Column[]>(() => {
    const at = (line: string, row: number) => columns[line]?.[events[row] ?? -1] ?? Number.NaN
    const cells = lines.map((line): Column => {
      const value = (row: number) => (Number.isNaN(at(line, row)) ? null : at(line, row))
      return {
        id: line,
        title: wordText(t, line),
        width: '1fr',
        minWidth: 90,
        align: 'right',
        text: (row) => figure(value(row)),
        value,
      }
    })
    const time = (row: number) => at('time', row)
    return [
      { id: 'time', title: t('time'), width: 150, text: (row) => dateTime(time(row), zone, precision), value: time },
      ...cells,
    ]
  }, [events, columns, lines, zone, precision, t])
  return <Table label={t('analyzers.figures')} rows={events.length} columns={shown} />
}
