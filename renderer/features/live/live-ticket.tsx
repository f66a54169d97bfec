import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gives } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'
import { emptyTicket, type TicketFields, type TicketKind, ticketKinds, ticketOf } from '../../state/order-ticket.ts'
import { useInstrument } from '../../state/store.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { count, money, quantity } from '../../ui/format.ts'
import { NumberField } from '../../ui/number-field.tsx'
import { Select } from '../../ui/select.tsx'
import { type LiveSession, useLive } from './use-live.ts'

type Preview = Gives<'live.preview'>
const previewDelayMs = 150

/** An order by hand: what it would mean is said before, and nothing is sent until the ticket is armed. */
export function LiveTicket({ session }: { readonly session: LiveSession }) {
  const { t } = useTranslation(['live', 'replay'])
  const [instrument, setInstrument] = useState(session.config.instruments[0] ?? '')
  const record = useInstrument(instrument)
  const [fields, setFields] = useState<TicketFields>(() => emptyTicket(record?.lotSize ?? 1))
  const [isArmed, setArmed] = useState(false)
  const preview = usePreview(session, instrument, fields)
  const change = (more: Partial<TicketFields>) => setFields((before) => ({ ...before, ...more }))
  const last = session.status?.positions.find((each) => each.instrument === instrument)?.last ?? Number.NaN
  const send = async (side: 'buy' | 'sell') => {
    const ticket = ticketOf(fields, side)
    if (ticket !== null) await useLive.getState().act('live.order', { session: session.session, instrument, ...ticket })
  }
  const priced = (name: 'level' | 'limit' | 'trailBy' | 'target' | 'stop') => (
    <NumberField
      key={name}
      label={t(`replay:ticket.${name}`)}
      value={fields[name]}
      step={record?.tickSize}
      onChange={(value) => change({ [name]: value })}
    />
  )
  const choose = (kind: TicketKind) => {
    const start = (value: number) => (Number.isNaN(value) ? last : value)
    change({ kind, level: start(fields.level), limit: start(fields.limit) })
  }
  const isReady = isArmed && ticketOf(fields, 'buy') !== null
  return (
    <fieldset className="live-ticket" aria-label={t('replay:ticket.title')} data-armed={isArmed}>
      {session.config.instruments.length > 1 && (
        <Select
          label={t('live:column.instrument')}
          value={instrument}
          options={session.config.instruments.map((value) => ({ value, label: value }))}
          onChange={setInstrument}
        />
      )}
      <NumberField
        label={t('replay:ticket.quantity')}
        value={fields.quantity}
        min={record?.lotSize}
        step={record?.lotSize}
        onChange={(next) => change({ quantity: next })}
      />
      <Select
        label={t('replay:ticket.kind')}
        value={fields.kind}
        options={ticketKinds.map((value) => ({ value, label: t(`replay:type.${value}`) }))}
        onChange={choose}
      />
      {(fields.kind === 'stop' || fields.kind === 'stop-limit') && priced('level')}
      {(fields.kind === 'limit' || fields.kind === 'stop-limit') && priced('limit')}
      {fields.kind === 'trailing-stop' && priced('trailBy')}
      {priced('target')}
      {priced('stop')}
      <Checkbox label={t('replay:ticket.day')} checked={fields.isDay} onChange={(isDay) => change({ isDay })} />
      <Checkbox label={t('live:ticket.armed')} checked={isArmed} onChange={setArmed} />
      <PreviewLines preview={preview} />
      <button type="button" className="tw-button live-buy" disabled={!isReady} onClick={() => void send('buy')}>
        {t('replay:buy')}
      </button>
      <button type="button" className="tw-button live-sell" disabled={!isReady} onClick={() => void send('sell')}>
        {t('replay:sell')}
      </button>
      <button
        type="button"
        className="tw-button live-flatten"
        onClick={() => void useLive.getState().act('live.flatten', { session: session.session })}
      >
        {t('live:flatten')}
      </button>
    </fieldset>
  )
}

function PreviewLines({ preview }: { readonly preview: Preview | null }) {
  const { t } = useTranslation('live')
  if (preview === null) return null
  const { value, cashAfter, risk, headroom, closed } = preview
  return (
    <dl className="live-preview">
      <div>
        <dt>{t('ticket.value')}</dt>
        <dd>{money(value)}</dd>
      </div>
      <div>
        <dt>{t('ticket.cashAfter')}</dt>
        <dd>{money(cashAfter)}</dd>
      </div>
      <div>
        <dt>{t('ticket.risk')}</dt>
        <dd>{money(risk)}</dd>
      </div>
      <div>
        <dt>{t('ticket.headroom')}</dt>
        <dd>{closed ? t('ticket.closed') : headroom === null ? t('ticket.unlimited') : roomText(headroom)}</dd>
      </div>
    </dl>
  )
}

function roomText(headroom: number): string {
  return Number.isInteger(headroom) ? count(headroom) : quantity(headroom)
}

/** What a buy with these fields would mean, a moment after they last changed. */
function usePreview({ session, status }: LiveSession, instrument: string, fields: TicketFields): Preview | null {
  const [preview, setPreview] = useState<Preview | null>(null)
  const bars = status?.bars
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every bar the figures are others.
  useEffect(() => {
    const ticket = ticketOf(fields, 'buy')
    if (ticket === null) return setPreview(null)
    let isCurrent = true
    const timer = setTimeout(() => {
      bridge()
        .call('live.preview', { session, instrument, ...ticket })
        .then(
          (found) => isCurrent && setPreview(found),
          () => isCurrent && setPreview(null),
        )
    }, previewDelayMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [session, instrument, fields, bars])
  return preview
}
