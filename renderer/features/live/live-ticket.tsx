import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gives } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'
import { useArmed } from '../../state/armed.ts'
import { exitModes, type SizedFields, sizedTicket, sizeModes, type TicketMarket } from '../../state/order-size.ts'
import { emptyTicket, type OrderTicket, type TicketKind, ticketKinds, timesInForce } from '../../state/order-ticket.ts'
import { useInstrument } from '../../state/store.ts'
import { keyNames, useTradingKeys } from '../../state/trading-keys.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Field } from '../../ui/field.tsx'
import { count, money, quantity } from '../../ui/format.ts'
import { NumberField } from '../../ui/number-field.tsx'
import { Select } from '../../ui/select.tsx'
import { stopUnit, targetUnit } from './exit-units.ts'
import { FurtherTargets } from './further-targets.tsx'
import { TicketPresets } from './ticket-presets.tsx'
import { type LiveSession, useLive } from './use-live.ts'
import { useTicketKeys } from './use-ticket-keys.ts'

type Preview = Gives<'live.preview'>
const previewDelayMs = 150

/** An order by hand: what it would mean is said before, and nothing is sent until the ticket is armed. */
export function LiveTicket({ session }: { readonly session: LiveSession }) {
  const { t } = useTranslation(['live', 'replay'])
  const [instrument, setInstrument] = useState(session.config.instruments[0] ?? '')
  const record = useInstrument(instrument)
  const [fields, setFields] = useState<SizedFields>(() => ({
    ...emptyTicket(record?.lotSize ?? 1),
    ...{ sizeBy: 'units', exitsBy: 'price', more: [], breakEven: false },
  }))
  const isArmed = useArmed((state) => state.isArmed)
  const keys = useTradingKeys()
  const change = (more: Partial<SizedFields>) => setFields((before) => ({ ...before, ...more }))
  const units = ticketUnits(fields)
  useEffect(() => useArmed.setState({ quantity: units }), [units])
  const last = session.status?.positions.find((each) => each.instrument === instrument)?.last ?? Number.NaN
  const market: TicketMarket = {
    ...{ last, equity: session.status?.equity ?? Number.NaN, multiplier: record?.multiplier ?? 1 },
    ...{ tickSize: record?.tickSize ?? 0, lotSize: record?.lotSize ?? 1 },
  }
  const buy = sizedTicket(fields, 'buy', market)
  const sell = sizedTicket(fields, 'sell', market)
  const preview = usePreview(session, instrument, buy ?? sell)
  const send = async (ticket: OrderTicket | null) => {
    if (ticket !== null) await useLive.getState().act('live.order', { session: session.session, instrument, ...ticket })
  }
  const flatten = () => void useLive.getState().act('live.flatten', { session: session.session })
  useTicketKeys(isArmed, { buy: () => void send(buy), sell: () => void send(sell), flatten })
  const choose = (kind: TicketKind) => {
    const start = (value: number) => (Number.isNaN(value) ? last : value)
    change({ kind, level: start(fields.level), limit: start(fields.limit) })
  }
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
      <TicketPresets instrument={instrument} fields={fields} change={change} />
      <SizeFields fields={fields} lotSize={record?.lotSize} change={change} />
      <Select
        label={t('replay:ticket.kind')}
        value={fields.kind}
        options={ticketKinds.map((value) => ({ value, label: t(`replay:type.${value}`) }))}
        onChange={choose}
      />
      <PriceFields fields={fields} tickSize={record?.tickSize} change={change} />
      <FurtherTargets fields={fields} tickSize={record?.tickSize} change={change} />
      <Select
        label={t('live:force.label')}
        value={fields.timeInForce}
        options={timesInForce.map((value) => ({ value, label: t(`live:force.${value}`) }))}
        onChange={(timeInForce) => change({ timeInForce })}
      />
      {fields.timeInForce === 'gtd' && (
        <Field type="date" label={t('live:force.until')} value={fields.until} onChange={(until) => change({ until })} />
      )}
      <Checkbox
        label={t('live:ticket.armed', keyNames(keys))}
        checked={isArmed}
        onChange={(armed) => useArmed.setState({ isArmed: armed })}
      />
      <PreviewLines preview={preview} />
      <button
        type="button"
        className="tw-button live-buy"
        disabled={!isArmed || buy === null}
        onClick={() => void send(buy)}
      >
        {t('replay:buy')} {sizeText(buy)}
      </button>
      <button
        type="button"
        className="tw-button live-sell"
        disabled={!isArmed || sell === null}
        onClick={() => void send(sell)}
      >
        {t('replay:sell')} {sizeText(sell)}
      </button>
      <button type="button" className="tw-button live-flatten" onClick={flatten}>
        {t('live:flatten')}
      </button>
    </fieldset>
  )
}

interface FieldsProps {
  readonly fields: SizedFields
  change(more: Partial<SizedFields>): void
}

function SizeFields({ fields, lotSize, change }: FieldsProps & { readonly lotSize: number | undefined }) {
  const { t } = useTranslation(['live', 'replay'])
  const isUnits = fields.sizeBy === 'units'
  return (
    <>
      <Select
        label={t('live:size.label')}
        value={fields.sizeBy}
        options={sizeModes.map((value) => ({ value, label: t(`live:size.${value}`) }))}
        onChange={(sizeBy) => change({ sizeBy })}
      />
      <NumberField
        label={t(isUnits ? 'replay:ticket.quantity' : `live:size.${fields.sizeBy}`)}
        value={fields.quantity}
        min={isUnits ? lotSize : 0}
        step={isUnits ? lotSize : 1}
        onChange={(quantity) => change({ quantity })}
      />
    </>
  )
}

const pricesOf: Readonly<Record<TicketKind, readonly ('level' | 'limit' | 'trailBy')[]>> = {
  market: [],
  limit: ['limit'],
  stop: ['level'],
  'stop-limit': ['level', 'limit'],
  'trailing-stop': ['trailBy'],
}

/** The prices of the entry, then the exits in the way that was chosen. */
function PriceFields({ fields, tickSize, change }: FieldsProps & { readonly tickSize: number | undefined }) {
  const { t } = useTranslation(['live', 'replay'])
  const priced = (name: 'level' | 'limit' | 'trailBy' | 'target' | 'stop') => {
    const unit = name === 'target' ? targetUnit(fields) : name === 'stop' ? stopUnit(fields) : undefined
    return (
      <NumberField
        key={name}
        label={t(`replay:ticket.${name}`)}
        value={fields[name]}
        unit={unit}
        step={unit === undefined ? tickSize : 1}
        onChange={(value) => change({ [name]: value })}
      />
    )
  }
  return (
    <>
      {pricesOf[fields.kind].map(priced)}
      <Select
        label={t('live:exits.label')}
        value={fields.exitsBy}
        options={exitModes.map((value) => ({ value, label: t(`live:exits.${value}`) }))}
        onChange={(exitsBy) => change({ exitsBy })}
      />
      {(['target', 'stop'] as const).map(priced)}
    </>
  )
}

/** The size that a button sends: what was said in money or risk is seen in units before. */
function sizeText(ticket: OrderTicket | null): string {
  return ticket === null ? '' : roomText(ticket.quantity)
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

/** What an order would mean, a moment after they last changed. */
function usePreview({ session, status }: LiveSession, instrument: string, ticket: OrderTicket | null): Preview | null {
  const [preview, setPreview] = useState<Preview | null>(null)
  const bars = status?.bars
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every bar the figures are others.
  useEffect(() => {
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
  }, [session, instrument, JSON.stringify(ticket), bars])
  return preview
}

/** Units of the ticket where it says units; null: they depend on the price. */
function ticketUnits({ sizeBy, quantity: typed }: SizedFields): number | null {
  return sizeBy === 'units' && typed > 0 ? typed : null
}
