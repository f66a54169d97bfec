import { useTranslation } from 'react-i18next'
import type { Gives } from '../../../core/contract/contract.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { dateTime } from '../../ui/date-time.ts'
import { count, missing } from '../../ui/format.ts'

type DataChange = Gives<'run.changes'>['data'][number]

/** What has become of a run's bars since it ran: nothing where they are as they were. */
export function DataChanges({ run, zone }: { readonly run: string; readonly zone: string }) {
  const { t } = useTranslation('report')
  const changes = answered(useRequest('run.changes', { run }).answer)?.data
  if (changes === undefined) return null
  const isSame = changes.every(({ state }) => state === 'same' || state === 'appended')
  if (isSame) return <p className="report-faint">{t('changes.none')}</p>
  return (
    <section className="report-changes" aria-label={t('changes.title')}>
      {changes.map((change) => (
        <OneInstrument key={change.instrument} change={change} zone={zone} />
      ))}
    </section>
  )
}

function OneInstrument({ change, zone }: { readonly change: DataChange; readonly zone: string }) {
  const { t } = useTranslation('report')
  const { instrument, interval, state, revisions } = change
  const precision = interval.endsWith('d') ? 'day' : 'second'
  const number = (value: number | null) => (value === null ? missing : String(value))
  return (
    <>
      <p>{t(`changes.state.${state}`, { instrument })}</p>
      {revisions.map(({ at, source, replaced, added, from, to, examples }) => (
        <details key={at}>
          <summary>
            {t('changes.line', {
              at: dateTime(at, zone, 'second'),
              source,
              replaced: count(replaced),
              added: count(added),
              from: dateTime(from, zone, precision),
              to: dateTime(to, zone, precision),
            })}
          </summary>
          <ul>
            {examples.map(({ time, column, was, is }) => (
              <li key={`${time} ${column}`}>
                {dateTime(time, zone, precision)} {column}: {number(was)} → {number(is)}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </>
  )
}
