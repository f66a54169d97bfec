import { useTranslation } from 'react-i18next'
import type { Gives } from '../../../core/contract/contract.ts'
import { errorText } from '../../text/error-text.ts'
import { count } from '../../ui/format.ts'

type Status = Gives<'blotter.status'>['status']

/** One line for each source: its state, what came, what was cleaned away, and why it waits. */
export function SourceLines({ status }: { readonly status: Status }) {
  const { t } = useTranslation('data')
  const findings = status.instruments.reduce((sum, { corrections }) => sum + total(corrections), 0)
  const trouble = status.troubles.at(-1)
  return (
    <ul className="blotter-sources">
      {status.sources.map((source) => (
        <li key={source.name} data-state={source.state}>
          <b>{source.name}</b> {t(`blotter.state.${source.state}`)} ·{' '}
          {t('blotter.messages', { count: source.messages, number: count(source.messages) })}
          {source.gaps > 1 && ` · ${t('blotter.gaps', { number: count(source.gaps - 1) })}`}
          {source.error !== null && <span className="blotter-error">{errorText(source.error)}</span>}
        </li>
      ))}
      {status.running && (
        <li>
          {t('blotter.stored', { number: count(status.queue.written) })} ·{' '}
          {t('blotter.findings', { number: count(findings) })}
          {status.wire !== null && ` · ${status.wire.frames}`}
        </li>
      )}
      {trouble !== undefined && <li className="blotter-error">{errorText(trouble.error)}</li>}
    </ul>
  )
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, each) => sum + each, 0)
}
