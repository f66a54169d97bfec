import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Curve, Plot } from '../../chart/plot/plot.tsx'
import { decimal } from '../../ui/format.ts'
import { Empty } from '../../ui/states.tsx'
import { type EquityCurves, useThinned, type View } from './use-equity.ts'

interface RecordedTabProps {
  readonly curves: EquityCurves
  readonly names: readonly string[]
  readonly zone: string
  /** Somebody looks closer than the thinned curves show. */
  onZoom(): void
}

/** Series the strategy recorded, one plot each with a shared cursor. */
export function RecordedTab({ curves, names, zone, onZoom }: RecordedTabProps) {
  const { t } = useTranslation('report')
  const [view, setView] = useState<View | null>(null)
  if (names.length === 0) return <Empty title={t('recorded.none')} text={t('recorded.how')} />
  return (
    <div className="report-recorded">
      {names.map((name, index) => (
        <RecordedPlot
          key={name}
          name={name}
          colour={`series-${(index % 6) + 1}`}
          curves={curves}
          zone={zone}
          view={view}
          onView={(next) => {
            setView(next)
            if (next !== null) onZoom()
          }}
        />
      ))}
    </div>
  )
}

interface RecordedPlotProps {
  readonly name: string
  readonly colour: string
  readonly curves: EquityCurves
  readonly zone: string
  readonly view: View | null
  onView(view: View | null): void
}

function RecordedPlot({ name, colour, curves, zone, view, onView }: RecordedPlotProps) {
  const columns = useMemo(() => [`record:${name}`], [name])
  const data = useThinned(curves, columns, view)
  const drawn = useMemo<Curve[]>(() => [{ label: name, colour, format: (value) => decimal(value, 4) }], [name, colour])
  return (
    <section>
      <h3>{name}</h3>
      <div className="report-recorded-plot">
        <Plot label={name} curves={drawn} data={data} zone={zone} view={view} onView={onView} sync="recorded" />
      </div>
    </section>
  )
}
