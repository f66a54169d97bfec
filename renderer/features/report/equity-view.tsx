import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Curve, Plot } from '../../chart/plot/plot.tsx'
import { Button } from '../../ui/button.tsx'
import { dateTime } from '../../ui/date-time.ts'
import { count, money, percent, ratioPercent } from '../../ui/format.ts'
import { type EquityCurves, useThinned, type View } from './use-equity.ts'

interface EquityViewProps {
  readonly curves: EquityCurves
  readonly cash: number
  readonly currency: string
  readonly zone: string
  readonly precision: 'day' | 'minute'
  /** Somebody looks closer than the thinned curve shows. */
  onZoom(): void
}

const equityNames = ['equity'] as const
const drawdownNames = ['fall'] as const

/** Equity above drawdown on one time axis: shared cursor, drag to zoom, double click to see all. */
export function EquityView({ curves, cash, currency, zone, precision, onZoom }: EquityViewProps) {
  const { t } = useTranslation('report')
  const [view, setView] = useState<View | null>(null)
  const [cursor, setCursor] = useState<number | null>(null)
  const zoom = useCallback(
    (next: View | null) => {
      setView(next)
      if (next !== null) onZoom()
    },
    [onZoom],
  )
  const withFall = useMemo(
    () => ({ ...curves, columns: { ...curves.columns, fall: negative(curves.columns.drawdown) } }),
    [curves],
  )
  const equity = useThinned(curves, equityNames, view)
  const drawdown = useThinned(withFall, drawdownNames, view)
  const equityCurves = useMemo<Curve[]>(
    () => [{ label: t('equity'), colour: 'accent', format: (value) => axisMoney(value) }],
    [t],
  )
  const drawdownCurves = useMemo<Curve[]>(
    () => [{ label: t('drawdown'), colour: 'down', fill: true, format: (value) => ratioPercent(value, 1) }],
    [t],
  )
  const time = cursor === null ? undefined : equity.time[cursor]

  return (
    <section className="report-equity" aria-label={t('equity')}>
      <header>
        <h3>{t('equity')}</h3>
        {time === undefined ? (
          <span className="report-faint">{t('zoomHint')}</span>
        ) : (
          <CursorValues
            columns={curves.columns}
            time={time}
            cash={cash}
            currency={currency}
            zone={zone}
            precision={precision}
          />
        )}
        {view !== null && (
          <Button variant="quiet" onClick={() => setView(null)}>
            {t('zoomAll')}
          </Button>
        )}
      </header>
      <div className="report-equity-plot">
        <Plot
          label={t('equity')}
          curves={equityCurves}
          data={equity}
          zone={zone}
          view={view}
          onView={zoom}
          sync="report"
          onCursor={setCursor}
          hideTime
        />
      </div>
      <div className="report-drawdown-plot">
        <Plot
          label={t('drawdown')}
          curves={drawdownCurves}
          data={drawdown}
          zone={zone}
          view={view}
          onView={zoom}
          sync="report"
        />
      </div>
    </section>
  )
}

/** Cash on an axis: cents only where they tell something. */
function axisMoney(value: number): string {
  return Number.isInteger(value) || Math.abs(value) >= 1000 ? count(value) : money(value)
}

function negative(values: Float64Array | undefined): Float64Array {
  return (values ?? new Float64Array(0)).map((value) => (value === 0 ? 0 : -value))
}

interface CursorValuesProps {
  readonly columns: EquityCurves['columns']
  readonly time: number
  readonly cash: number
  readonly currency: string
  readonly zone: string
  readonly precision: 'day' | 'minute'
}

function CursorValues({ columns, time, cash, currency, zone, precision }: CursorValuesProps) {
  const { t } = useTranslation('report')
  const row = columns.time?.indexOf(time) ?? -1
  const at = (name: string) => columns[name]?.[row]
  const equity = at('equity')
  return (
    <dl className="report-cursor">
      <dt className="report-hidden">{t('time')}</dt>
      <dd>{dateTime(time, zone, precision)}</dd>
      <dt>{t('equity')}</dt>
      <dd>
        {money(equity, currency)} ({ratioPercent(equity === undefined ? null : equity / cash - 1)})
      </dd>
      <dt>{t('drawdown')}</dt>
      <dd>{percent(at('drawdown'), 2)}</dd>
      <dt>{t('exposure')}</dt>
      <dd>{percent(at('exposure'))}</dd>
    </dl>
  )
}
