import { useTranslation } from 'react-i18next'
import type { ParamSpec } from '../../state/run-types.ts'
import { useStore } from '../../state/store.ts'
import type { CatalogueEntry } from './use-indicators.ts'

const systems = [
  ['backtrader', 'backtrader'],
  ['talib', 'TA-Lib'],
  ['qtpylib', 'qtpylib'],
] as const

/** What an indicator is: formula, source, parameters with their limits, outputs, names elsewhere. */
export function IndicatorDetails({ entry }: { readonly entry: CatalogueEntry }) {
  const { t } = useTranslation('chart')
  const language = useStore((state) => state.language)
  const elsewhere = systems.flatMap(([system, name]) => {
    const names = entry.aliases[system] ?? []
    return names.length === 0 ? [] : [{ name, names }]
  })
  return (
    <section className="chart-indicator-details" aria-label={entry.title[language]} aria-live="polite">
      <h3>{entry.title[language]}</h3>
      <p className="chart-indicator-other">{entry.title[language === 'en' ? 'zh' : 'en']}</p>
      <p className="chart-formula">
        <code className="chart-detail-code">{entry.formula}</code>
        <small className="chart-detail-note">{entry.source}</small>
      </p>
      <dl>
        {entry.params.length > 0 && (
          <>
            <dt>{t('indicator.params')}</dt>
            <dd>
              {entry.params.map((spec) => (
                <span key={spec.name} className="chart-detail-row">
                  <code className="chart-detail-code">{spec.name}</code> {String(spec.default)}{' '}
                  <small className="chart-detail-note">{limitsOf(spec)}</small>
                </span>
              ))}
            </dd>
          </>
        )}
        <dt>{t('indicator.outputs')}</dt>
        <dd>
          {entry.outputs.map(({ name }) => (
            <span key={name} className="chart-detail-row">
              <code className="chart-detail-code">{name}</code>
            </span>
          ))}
        </dd>
        {elsewhere.map(({ name, names }) => (
          <div key={name} className="chart-indicator-names">
            <dt>{name}</dt>
            <dd>{names.join(', ')}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** `1 … 100000`, or the choices. */
function limitsOf({ kind, min, max, choices }: ParamSpec): string {
  if (kind === 'choice') return choices.join(' | ')
  if (min === null || max === null || Math.abs(min) > 1e100 || Math.abs(max) > 1e100) return ''
  return `${min} … ${max}`
}
