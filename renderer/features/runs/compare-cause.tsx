import { useTranslation } from 'react-i18next'
import { answered, useRequest } from '../../state/use-request.ts'
import { errorText } from '../../text/error-text.ts'
import { dateTime } from '../../ui/date-time.ts'

const shownCauses = 12

/** The first order or fill in which two runs differ, and why. Both are run again to see what each saw. */
export function CompareCause({ a, b, zone }: { readonly a: string; readonly b: string; readonly zone: string }) {
  const { t } = useTranslation('explain')
  const { answer } = useRequest('run.cause', { a, b })
  const found = answered(answer)
  return (
    <section className="runs-cause">
      <h3>{t('cause.title')}</h3>
      {answer.state === 'failed' && <p className="runs-faint">{errorText(answer.error)}</p>}
      {found === undefined && answer.state !== 'failed' && <p className="runs-faint">{t('cause.looking')}</p>}
      {found !== undefined && found.first === null && <p className="runs-faint">{t('cause.none')}</p>}
      {found !== undefined && found.first !== null && (
        <>
          <p>
            {t(`cause.first.${found.first.kind}`, {
              instrument: found.first.instrument,
              time: dateTime(found.first.time, zone),
            })}
          </p>
          <table className="runs-table">
            <thead>
              <tr>
                <th scope="col">{t('cause.what')}</th>
                <th scope="col">A</th>
                <th scope="col">B</th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">{t(`cause.kind.${found.first.kind}`)}</th>
                <td>{found.first.a.text === '' ? '–' : found.first.a.text}</td>
                <td>{found.first.b.text === '' ? '–' : found.first.b.text}</td>
              </tr>
              {found.causes.slice(0, shownCauses).map((cause) => (
                <tr key={`${cause.kind} ${cause.path}`}>
                  <th scope="row">
                    {t(`cause.kind.${cause.kind}`)} {cause.path}
                  </th>
                  <td>{shownText(cause.a)}</td>
                  <td>{shownText(cause.b)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {found.unseen !== null && <p className="runs-faint">{errorText(found.unseen)}</p>}
        </>
      )}
    </section>
  )
}

/** A number without binary noise; – for nothing. */
function shownText(text: string): string {
  if (text === '') return '–'
  return /^-?\d+\.\d{6,}$/.test(text) ? String(Number(Number(text).toPrecision(10))) : text
}
