import './explain.css'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gives } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { ended } from '../../state/verification.ts'
import { errorText } from '../../text/error-text.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { count } from '../../ui/format.ts'
import { metricText } from '../../ui/metric-value.ts'
import { Failure, Loading } from '../../ui/states.tsx'

const shown = ['net-profit', 'total-return', 'max-drawdown', 'sharpe', 'win-rate', 'profit-factor', 'fees'] as const

type Stressed = Gives<'run.stressed'>

/** The run beside itself under stress: started when it opens, filled in when all variants have ended. */
export function StressSheet({ run, onClose }: { readonly run: string; onClose(): void }) {
  const { t } = useTranslation('explain')
  const { found, error } = useStress(run)
  return (
    <Dialog open title={t('stress.title')} size="large" onClose={onClose}>
      {error !== undefined ? (
        <Failure error={error} />
      ) : found === undefined ? (
        <Loading />
      ) : (
        <div className="explain is-selectable">
          <p className="explain-faint">{t('stress.about')}</p>
          <StressTable variants={found.variants} />
        </div>
      )}
    </Dialog>
  )
}

function useStress(run: string): { readonly found: Stressed | undefined; readonly error: unknown } {
  const [state, setState] = useState<{ found: Stressed | undefined; error: unknown }>({
    found: undefined,
    error: undefined,
  })
  useEffect(() => {
    let current = true
    const work = async () => {
      const { job } = await bridge().call('run.stress', { run })
      await ended(job)
      return bridge().call('run.stressed', { job })
    }
    work().then(
      (found) => current && setState({ found, error: undefined }),
      (error: unknown) => current && setState({ found: undefined, error }),
    )
    return () => {
      current = false
    }
  }, [run])
  return state
}

function StressTable({ variants }: { readonly variants: Stressed['variants'] }) {
  const { t, i18n } = useTranslation('explain')
  const language = i18n.language === 'zh' ? 'zh' : 'en'
  const { answer } = useRequest('metric.list', {})
  const metrics = answered(answer)?.metrics ?? []
  const text = (id: string, value: number | null) => {
    const unit = metrics.find((metric) => metric.id === id)?.unit ?? 'number'
    return metricText(id, unit, value, { language })
  }
  return (
    <table className="explain-table is-figures">
      <thead>
        <tr>
          <th scope="col">{t('stress.figure')}</th>
          {variants.map(({ id }) => (
            <th key={id} scope="col">
              {t(`stress.variant.${id}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{t('stress.trades')}</th>
          {variants.map(({ id, trades, error }) => (
            <td key={id} title={error === null ? undefined : errorText(error)}>
              {error === null ? count(trades) : t('stress.failed')}
            </td>
          ))}
        </tr>
        {shown.map((id) => (
          <tr key={id}>
            <th scope="row">{metrics.find((metric) => metric.id === id)?.title[language] ?? id}</th>
            {variants.map((variant) => (
              <td key={variant.id}>{text(id, variant.metrics[id] ?? null)}</td>
            ))}
          </tr>
        ))}
        <tr>
          <th scope="row">{t('stress.change')}</th>
          {variants.map(({ id, change }) => (
            <td key={id} className="explain-faint">
              {change.map(({ path, from, to }) => (
                <div key={path}>
                  {path} {from === '' ? '–' : from} → {to}
                </div>
              ))}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}
