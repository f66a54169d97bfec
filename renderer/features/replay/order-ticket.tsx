import { type Ref, useImperativeHandle, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { emptyTicket, type TicketFields, type TicketKind, ticketKinds, ticketOf } from '../../state/order-ticket.ts'
import type { Instrument } from '../../state/types.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Select } from '../../ui/select.tsx'
import type { ReplayState } from './types.ts'
import { useReplay } from './use-replay.ts'

/** What keys can do with the ticket. */
export interface TicketHandle {
  send(side: 'buy' | 'sell'): void
  focus(): void
}

interface OrderTicketProps {
  readonly ref: Ref<TicketHandle>
  readonly record: Instrument
  readonly state: ReplayState
}

/** What is bought or sold with the next key: type, quantity, prices, and the exits of a bracket. */
export function OrderTicket({ ref, record, state }: OrderTicketProps) {
  const { t } = useTranslation('replay')
  const [fields, setFields] = useState<TicketFields>(() => emptyTicket(record.lotSize))
  const form = useRef<HTMLFieldSetElement>(null)
  const change = (more: Partial<TicketFields>) => setFields((before) => ({ ...before, ...more }))
  const send = (side: 'buy' | 'sell') => {
    const ticket = ticketOf(fields, side)
    if (ticket !== null && !state.ended) void useReplay.getState().order(ticket)
  }
  useImperativeHandle(ref, () => ({
    send,
    focus: () => form.current?.querySelector('input')?.select(),
  }))
  const isReady = ticketOf(fields, 'buy') !== null && !state.ended
  const priced = (name: 'level' | 'limit' | 'trailBy' | 'target' | 'stop') => (
    <NumberField
      key={name}
      label={t(`ticket.${name}`)}
      value={fields[name]}
      step={record.tickSize}
      onChange={(value) => change({ [name]: value })}
    />
  )
  const choose = (kind: TicketKind) => {
    // A price to start from: the last one
    const start = (value: number) => (Number.isNaN(value) ? state.price : value)
    change({ kind, level: start(fields.level), limit: start(fields.limit) })
  }
  return (
    <fieldset ref={form} className="replay-ticket" aria-label={t('ticket.title')}>
      <NumberField
        label={t('ticket.quantity')}
        value={fields.quantity}
        min={record.lotSize}
        step={record.lotSize}
        onChange={(quantity) => change({ quantity })}
      />
      <Select
        label={t('ticket.kind')}
        value={fields.kind}
        options={ticketKinds.map((value) => ({ value, label: t(`type.${value}`) }))}
        onChange={choose}
      />
      {(fields.kind === 'stop' || fields.kind === 'stop-limit') && priced('level')}
      {(fields.kind === 'limit' || fields.kind === 'stop-limit') && priced('limit')}
      {fields.kind === 'trailing-stop' && priced('trailBy')}
      {priced('target')}
      {priced('stop')}
      <button type="button" className="tw-button replay-buy" disabled={!isReady} onClick={() => send('buy')}>
        {t('buy')} <kbd>B</kbd>
      </button>
      <button type="button" className="tw-button replay-sell" disabled={!isReady} onClick={() => send('sell')}>
        {t('sell')} <kbd>S</kbd>
      </button>
      <Checkbox
        label={t('ticket.day')}
        checked={fields.timeInForce === 'day'}
        onChange={(isDay) => change({ timeInForce: isDay ? 'day' : 'gtc' })}
      />
      <button
        type="button"
        className="tw-button"
        disabled={state.ended || (state.position === 0 && state.orders.length === 0)}
        onClick={() => void useReplay.getState().flatten()}
      >
        {t('command.flatten')} <kbd>F</kbd>
      </button>
    </fieldset>
  )
}
