import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Curve, Plot } from '../../chart/plot/plot.tsx'
import { decimal } from '../../ui/format.ts'

/** The series and, dashed, what each contract was traded at while it was held. */
export function SeriesPlot({ columns }: { readonly columns: Readonly<Record<string, Float64Array>> }) {
  const { t } = useTranslation('futures')
  const curves = useMemo(
    (): Curve[] => [
      { label: t('adjusted'), colour: 'accent', format: (value) => decimal(value, 2) },
      { label: t('raw'), colour: 'text-muted', dashed: true, format: (value) => decimal(value, 2) },
    ],
    [t],
  )
  const data = useMemo(() => {
    const values = (name: string) => Array.from(columns[name] ?? [], (value) => (Number.isFinite(value) ? value : null))
    return { time: Array.from(columns.time ?? []), values: [values('close'), values('raw')] }
  }, [columns])
  return (
    <div className="futures-plot">
      <p>
        <b className="futures-adjusted">{t('adjusted')}</b> · <span>{t('raw')}</span>
      </p>
      <Plot label={t('title')} curves={curves} data={data} zone="utc" />
    </div>
  )
}
