import type { TFunction } from 'i18next'
import { X } from 'lucide-react'
import type { Instrument, Preferences } from '../../state/types.ts'
import { IconButton } from '../../ui/button.tsx'
import { dateTime, duration, money, price, quantity, signedMoney, zoneFor } from '../../ui/format.ts'
import type { Column, Tone } from '../../ui/table.tsx'
import { toneOf } from './session-columns.ts'
import type { LiveFill, LiveOrder, LiveSession } from './use-live.ts'

/** What columns of a session's tables need besides their rows. */
export interface DetailContext {
  readonly instruments: readonly Instrument[]
  readonly zone: Preferences['zone']
  readonly t: TFunction<['live', 'replay']>
}

type Position = NonNullable<LiveSession['status']>['positions'][number]

function helpers({ instruments, zone }: DetailContext) {
  const record = (id: string) => instruments.find((each) => each.id === id)
  return {
    tick: (id: string) => record(id)?.tickSize ?? 0.01,
    moment: (time: number, id: string) => dateTime(time, zoneFor(zone, record(id)?.zone ?? 'UTC'), 'second'),
  }
}

/** Instrument, size, prices, money; the last price with its age. */
export function positionColumns(rows: readonly Position[], now: number, context: DetailContext): Column[] {
  const { t } = context
  const { tick } = helpers(context)
  const of = (row: number) => rows[row] as Position
  const figure = (id: string, text: (one: Position) => string, value: (one: Position) => number | null): Column => ({
    ...{ id, title: t(`live:column.${id}`), width: 96, align: 'right' },
    text: (row) => text(of(row)),
    value: (row) => value(of(row)),
  })
  const won = (id: 'unrealised' | 'realised'): Column => ({
    ...figure(
      id,
      (one) => signedMoney(one[id]),
      (one) => one[id],
    ),
    tone: (row) => toneOf(of(row)[id]),
  })
  return [
    {
      ...{ id: 'instrument', title: t('live:column.instrument'), width: '1fr', minWidth: 100 },
      text: (row) => of(row).instrument,
      value: (row) => of(row).instrument,
    },
    {
      ...figure(
        'size',
        (one) => (one.size === 0 ? t('live:flat') : quantity(one.size)),
        (one) => one.size,
      ),
      tone: (row) => (of(row).size === 0 ? 'muted' : of(row).size > 0 ? 'buy' : 'sell'),
    },
    figure(
      'averagePrice',
      (one) => price(one.averagePrice, tick(one.instrument)),
      (one) => one.averagePrice,
    ),
    figure(
      'last',
      (one) => price(one.last, tick(one.instrument)),
      (one) => one.last,
    ),
    won('unrealised'),
    won('realised'),
    figure(
      'value',
      (one) => money(one.value),
      (one) => one.value,
    ),
    {
      ...figure(
        'age',
        (one) => duration(one.at === null ? null : Math.max(0, now - one.at)),
        (one) => one.at,
      ),
      tone: () => 'muted',
    },
  ]
}

/** An order with what became of it; a working one can be taken back. */
export function orderColumns(
  rows: readonly LiveOrder[],
  context: DetailContext & { readonly onCancel: (order: number) => void },
): Column[] {
  const { t, onCancel } = context
  const { tick, moment } = helpers(context)
  const of = (row: number) => rows[row] as LiveOrder
  const text = (id: string, width: number, read: (one: LiveOrder) => string): Column => ({
    ...{ id, title: t(`live:column.${id}`), width },
    text: (row) => read(of(row)),
    value: (row) => read(of(row)),
  })
  const number = (
    id: string,
    width: number,
    read: (one: LiveOrder) => number | null,
    show: (one: LiveOrder) => string,
  ) =>
    ({
      ...{ id, title: t(`live:column.${id}`), width, align: 'right' },
      text: (row) => show(of(row)),
      value: (row) => read(of(row)),
    }) satisfies Column
  return [
    number(
      'id',
      48,
      (one) => one.id,
      (one) => String(one.id),
    ),
    text('time', 150, (one) => moment(one.createdTime, one.instrument)),
    text('instrument', 84, (one) => one.instrument),
    { ...text('side', 56, (one) => t(`replay:${one.side}`)), tone: (row) => of(row).side },
    text('what', 74, (one) => whatOf(one, t)),
    {
      ...text('place', 72, (one) => (isWorking(one) ? t(`live:place.${one.place}`) : '')),
      about: t('live:column.placeAbout'),
      tone: (row) => placeTones[of(row).place],
    },
    number(
      'quantity',
      72,
      (one) => one.quantity,
      (one) => quantity(one.quantity),
    ),
    number(
      'filled',
      64,
      (one) => one.filled,
      (one) => quantity(one.filled),
    ),
    number(
      'price',
      84,
      (one) => one.price,
      (one) => price(one.price, tick(one.instrument)),
    ),
    number(
      'averagePrice',
      84,
      (one) => one.averagePrice,
      (one) => price(one.averagePrice, tick(one.instrument)),
    ),
    {
      ...text('status', 160, (one) => statusOf(one, t)),
      width: '1fr',
      minWidth: 120,
      tone: (row) => (isWorking(of(row)) ? 'accent' : of(row).status === 'filled' ? undefined : 'muted'),
    },
    {
      ...{ id: 'act', title: '', width: 32, align: 'center' },
      text: () => '',
      cell: (row) =>
        isWorking(of(row)) ? (
          <IconButton
            icon={X}
            label={t('replay:cancelOrder', { order: of(row).id })}
            onClick={() => onCancel(of(row).id)}
          />
        ) : null,
    },
  ]
}

/** What waits for an answer is not yet true. */
const placeTones: Partial<Record<LiveOrder['place'], Tone>> = {
  service: 'muted',
  venue: 'live',
  sending: 'warn',
  cancelling: 'warn',
  unknown: 'error',
}

/** Fills with their costs and the position after each. */
export function fillColumns(rows: readonly LiveFill[], context: DetailContext): Column[] {
  const { t } = context
  const { tick, moment } = helpers(context)
  const of = (row: number) => rows[row] as LiveFill
  const number = (id: string, read: (one: LiveFill) => number, show: (one: LiveFill) => string): Column => ({
    ...{ id, title: t(`live:column.${id}`), width: 84, align: 'right' },
    text: (row) => show(of(row)),
    value: (row) => read(of(row)),
  })
  return [
    {
      ...{ id: 'time', title: t('live:column.time'), width: 150 },
      text: (row) => moment(of(row).time, of(row).instrument),
      value: (row) => of(row).time,
    },
    {
      ...{ id: 'instrument', title: t('live:column.instrument'), width: '1fr', minWidth: 90 },
      text: (row) => of(row).instrument,
      value: (row) => of(row).instrument,
    },
    {
      ...{ id: 'side', title: t('live:column.side'), width: 56 },
      text: (row) => t(`replay:${of(row).side}`),
      value: (row) => of(row).side,
      tone: (row) => of(row).side,
    },
    number(
      'quantity',
      (one) => one.quantity,
      (one) => quantity(one.quantity),
    ),
    number(
      'price',
      (one) => one.price,
      (one) => price(one.price, tick(one.instrument)),
    ),
    number(
      'fee',
      (one) => one.fee,
      (one) => money(one.fee),
    ),
    number(
      'slippage',
      (one) => one.slippage,
      (one) => price(one.slippage, tick(one.instrument)),
    ),
    number(
      'positionAfter',
      (one) => one.positionAfter,
      (one) => quantity(one.positionAfter),
    ),
    number(
      'order',
      (one) => one.order,
      (one) => String(one.order),
    ),
  ]
}

const ended: readonly string[] = ['denied', 'filled', 'cancelled', 'expired', 'rejected']

export function isWorking({ status }: Pick<LiveOrder, 'status'>): boolean {
  return !ended.includes(status)
}

function whatOf({ reason, type }: LiveOrder, t: DetailContext['t']): string {
  return t(['target', 'stop', 'exit'].includes(reason) ? `replay:purpose.${reason}` : `replay:type.${type}`)
}

/** The status, with the reason when it ended without a fill. */
function statusOf(order: LiveOrder, t: DetailContext['t']): string {
  if (order.sleeps) return t('live:sleeps')
  const status = t(`live:status.${order.status}`)
  if (isWorking(order) || order.status === 'filled') return status
  return `${status}: ${t(`replay:why.${order.reason === '' ? 'none' : order.reason}`)}`
}
