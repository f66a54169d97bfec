import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Curve, Plot } from '../../chart/plot/plot.tsx'
import { answered, useRequest } from '../../state/use-request.ts'
import { decimal } from '../../ui/format.ts'
import { Loading } from '../../ui/states.tsx'
import type { LiveSession } from './use-live.ts'

/** The account of a running session at the close of each step. */
export function EquityPlot({ session: { session, status } }: { readonly session: LiveSession }) {
  const { t } = useTranslation('live')
  const answer = answered(useRequest('live.equity', status === null ? null : { session }, status?.bars ?? 0).answer)
  const curves = useMemo(
    (): Curve[] => [{ label: t('column.equity'), colour: 'accent', format: (value) => decimal(value, 0) }],
    [t],
  )
  const data = useMemo(
    () =>
      answer === undefined
        ? null
        : { time: Array.from(answer.columns.time ?? []), values: [Array.from(answer.columns.equity ?? [])] },
    [answer],
  )
  if (status === null) return <p className="live-faint">{t('equityGone')}</p>
  if (data === null) return <Loading />
  return (
    <div className="live-equity">
      <Plot label={t('column.equity')} curves={curves} data={data} zone="utc" />
    </div>
  )
}
