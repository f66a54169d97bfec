import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gives } from '../../../core/contract/contract.ts'
import { mergeCurves } from '../../chart/plot/merge-curves.ts'
import { type Curve, Plot } from '../../chart/plot/plot.tsx'
import type { RunSummary } from '../../state/run-types.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { ratioPercent } from '../../ui/format.ts'
import { Failure, Loading } from '../../ui/states.tsx'

interface CompareCurvesProps {
  readonly a: RunSummary
  readonly b: RunSummary
}

/** Points per curve: enough for any width, extremes kept by the service. */
const maxRows = 3000

/** Both equity curves as return on the starting cash, so that runs with different cash compare. */
export function CompareCurves({ a, b }: CompareCurvesProps) {
  const { t } = useTranslation('runs')
  const left = useRequest('run.equity', { run: a.id, maxRows })
  const right = useRequest('run.equity', { run: b.id, maxRows })
  const [view, setView] = useState<{ from: number; to: number } | null>(null)
  const equityA = answered(left.answer)
  const equityB = answered(right.answer)
  const data = useMemo(() => {
    if (equityA === undefined || equityB === undefined) return null
    const merged = mergeCurves(returns(equityA, a.config.cash), returns(equityB, b.config.cash))
    return { time: merged.time, values: [merged.a, merged.b] }
  }, [equityA, equityB, a, b])
  const curves = useMemo<Curve[]>(
    () => [
      { label: 'A', colour: 'series-2', format: (value) => ratioPercent(value, 1) },
      { label: 'B', colour: 'series-1', format: (value) => ratioPercent(value, 1) },
    ],
    [],
  )
  const failed = [left.answer, right.answer].find((answer) => answer.state === 'failed')
  if (failed?.state === 'failed') return <Failure error={failed.error} />
  if (data === null) return <Loading />
  return (
    <section>
      <h3>
        {t('compare.curves')} <span className="runs-key is-a">A</span> <span className="runs-key is-b">B</span>
      </h3>
      <div className="runs-compare-plot">
        <Plot label={t('compare.curves')} curves={curves} data={data} zone="utc" view={view} onView={setView} />
      </div>
    </section>
  )
}

function returns({ columns }: Gives<'run.equity'>, cash: number) {
  const equity = columns.equity ?? new Float64Array(0)
  return { time: columns.time ?? new Float64Array(0), values: equity.map((value) => value / cash - 1) }
}
