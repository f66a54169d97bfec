import './explain.css'
import { useTranslation } from 'react-i18next'
import type { Gives } from '../../../core/contract/contract.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { dateTime } from '../../ui/date-time.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure, Loading } from '../../ui/states.tsx'

type Explanation = Gives<'run.explain'>['explanation']

interface ExplainCardProps {
  readonly run: string
  /** Order id. */
  readonly order: number
  readonly zone: string
  /** `day` for daily bars and coarser, else `minute`. */
  readonly precision: 'day' | 'minute'
  onClose(): void
}

/** Writes a moment as the run's tables do. */
type Written = (time: number) => string

/** Why an order is what it is: what was seen, checked, changed and matched. The run is run again to find out. */
export function ExplainCard({ run, order, zone, precision, onClose }: ExplainCardProps) {
  const { t } = useTranslation('explain')
  const { answer, reload } = useRequest('run.explain', { run, order, fill: null })
  const given = answered(answer)
  const opened: Written = (time) => dateTime(time, zone, precision)
  // An event belongs to the bar that has just closed
  const closed: Written = (time) => dateTime(precision === 'day' ? time - 1 : time, zone, precision)
  return (
    <Dialog open title={t('title', { order })} size="large" onClose={onClose}>
      {given === undefined ? (
        answer.state === 'failed' ? (
          <Failure error={answer.error} onRetry={reload} />
        ) : (
          <Loading />
        )
      ) : (
        <div className="explain is-selectable">
          {!given.identical && <p className="explain-warning">{t('notIdentical')}</p>}
          <OrderLine explanation={given.explanation} />
          <DecisionPart decisions={given.explanation.decisions} written={closed} />
          <ChecksPart checks={given.explanation.checks} />
          <EventsPart explanation={given.explanation} written={closed} />
          <FillsPart fills={given.explanation.fills} written={opened} />
        </div>
      )}
    </Dialog>
  )
}

function OrderLine({ explanation: { order } }: { readonly explanation: Explanation }) {
  const { t } = useTranslation(['explain', 'report'])
  if (order === null) return null
  return (
    <p className="explain-order">
      <b>
        {t(`side.${order.side}`)} {figure(order.quantity)} {order.instrument}
      </b>{' '}
      {order.type}
      {order.stop !== null && ` · ${t('stop')} ${figure(order.stop)}`}
      {order.limit !== null && ` · ${t('limit')} ${figure(order.limit)}`} → <b>{order.status}</b>
      {order.reason !== '' && ` (${order.reason})`}
      {order.tag !== '' && ` · ${order.tag}`}
      {order.parent !== null && ` · ${t('parent', { order: order.parent })}`}
    </p>
  )
}

function DecisionPart({
  decisions,
  written,
}: {
  readonly decisions: Explanation['decisions']
  readonly written: Written
}) {
  const { t } = useTranslation('explain')
  return decisions.map((decision) => (
    <section key={decision.instrument}>
      <h3>{t('seen', { instrument: decision.instrument, time: written(decision.time) })}</h3>
      <table className="explain-table">
        <tbody>
          <tr>
            <th scope="row">{t('bar')}</th>
            <td colSpan={2}>{barText(decision.bar)}</td>
          </tr>
          {decision.lines.map(({ name, now, before }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{figure(now)}</td>
              <td className="explain-faint">{t('before', { value: figure(before) })}</td>
            </tr>
          ))}
          {decision.recorded.map(({ name, value }) => (
            <tr key={`record ${name}`}>
              <th scope="row">{name}</th>
              <td>{figure(value)}</td>
              <td className="explain-faint">{t('recorded')}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('account')}</th>
            <td colSpan={2}>
              {t('accountLine', {
                position: figure(decision.position),
                cash: figure(decision.cash),
                equity: figure(decision.equity),
              })}
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  ))
}

function ChecksPart({ checks }: { readonly checks: Explanation['checks'] }) {
  const { t } = useTranslation('explain')
  if (checks.length === 0) return null
  return (
    <section>
      <h3>{t('checks')}</h3>
      <ul className="explain-list">
        {checks.map((check) => (
          <li key={`${check.kind} ${check.time} ${check.available}`}>
            <span className={check.passed ? 'explain-passed' : 'explain-refused'}>{check.passed ? '✓' : '✗'}</span>{' '}
            {t(`check.${check.kind}`, { needed: figure(check.needed), available: figure(check.available) })}
          </li>
        ))}
      </ul>
    </section>
  )
}

function EventsPart({ explanation, written }: { readonly explanation: Explanation; readonly written: Written }) {
  const { t } = useTranslation('explain')
  const { events, waiting } = explanation
  return (
    <section>
      <h3>{t('events')}</h3>
      <table className="explain-table">
        <tbody>
          {events.map((event, index) => (
            <tr key={index}>
              <th scope="row">{written(event.time)}</th>
              <td>{event.status}</td>
              <td className="explain-faint">
                {event.filled > 0 && t('filled', { units: figure(event.filled) })} {event.reason}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {waiting !== null && waiting.bars > 0 && (
        <p className="explain-faint">
          {waiting.nearest === null
            ? t('waited', { bars: waiting.bars })
            : t('waitedNear', { bars: waiting.bars, price: figure(waiting.nearest) })}
        </p>
      )}
    </section>
  )
}

function FillsPart({ fills, written }: { readonly fills: Explanation['fills']; readonly written: Written }) {
  const { t } = useTranslation('explain')
  return fills.map((fill) => (
    <section key={`${fill.time} ${fill.price} ${fill.quantity}`}>
      <h3>{t('fill', { units: figure(fill.quantity), price: figure(fill.price), time: written(fill.time) })}</h3>
      <p>{t(`rule.${fill.rule}`, { price: figure(fill.reference) })}</p>
      <table className="explain-table">
        <tbody>
          <tr>
            <th scope="row">{t('bar')}</th>
            <td>{barText(fill.bar)}</td>
          </tr>
          {fill.event !== null && (
            <tr>
              <th scope="row">{t('event')}</th>
              <td>{barText(fill.event)}</td>
            </tr>
          )}
          <tr>
            <th scope="row">{t('slippage')}</th>
            <td>{figure(fill.slippage)}</td>
          </tr>
          <tr>
            <th scope="row">{t('fee')}</th>
            <td>{figure(fill.fee)}</td>
          </tr>
          <tr>
            <th scope="row">{t('policy')}</th>
            <td>{fill.policy}</td>
          </tr>
          <tr>
            <th scope="row">{t('after')}</th>
            <td>{t('afterLine', { position: figure(fill.position), cash: figure(fill.cash) })}</td>
          </tr>
        </tbody>
      </table>
    </section>
  ))
}

function barText({ open, high, low, close, volume }: Explanation['fills'][number]['bar']): string {
  const prices = `O ${figure(open)} · H ${figure(high)} · L ${figure(low)} · C ${figure(close)}`
  return volume === null ? prices : `${prices} · V ${figure(volume)}`
}

/** Up to eight decimals, none of them noise. */
function figure(value: number | null): string {
  if (value === null) return '–'
  return value.toLocaleString('en-US', { maximumFractionDigits: 8 }).replace('-', '\u2212')
}
