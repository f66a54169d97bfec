// biome-ignore-all lint/a11y/useSemanticElements: the ARIA grid pattern; a <table> has no active row.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid takes the focus and names its active row (aria-activedescendant).
// biome-ignore-all lint/a11y/useKeyWithClickEvents: keys are those of the grid.
import { type CSSProperties, type KeyboardEvent, type MouseEvent, type PointerEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tradingActOf } from '../../state/trading-keys.ts'
import type { WorkingOrder } from '../../state/working-orders.ts'
import { classNames } from '../../ui/class-names.ts'
import { price, quantity } from '../../ui/format.ts'
import { type LadderRow, priceOf } from './ladder-rows.ts'
import { cancelOrders, moveOrders } from './use-ladder.ts'

/** An order that is being dragged, and the row that it was taken from. */
interface Held {
  readonly order: WorkingOrder
  readonly index: number
}

interface LadderGridProps {
  readonly label: string
  readonly rows: readonly LadderRow[]
  readonly tickSize: number
  /** Price points of a row. */
  readonly width: number
  /** Row of the keyboard; null: none was chosen. */
  readonly cursor: number | null
  readonly canTrade: boolean
  /** The size that fills a bar. */
  readonly largest: number
  choose(index: number): void
  place(side: 'buy' | 'sell', kind: 'limit' | 'stop', at: number): void
  centre(): void
}

/** Prices from high to low: own buys, bids, price, asks, own sells. */
export function LadderGrid(props: LadderGridProps) {
  const { label, rows, width, cursor, canTrade, choose, place, centre } = props
  const { t } = useTranslation('ladder')
  const id = useId()
  const [held, setHeld] = useState<Held | null>(null)
  const drop = (row: LadderRow) => {
    if (held !== null && held.index !== row.index) moveOrders([held.order], row.price)
    setHeld(null)
  }
  const press = (event: KeyboardEvent) => {
    const index = cursor ?? rows[Math.floor(rows.length / 2)]?.index
    if (event.ctrlKey || event.metaKey || index === undefined) return
    const at = rows.find((row) => row.index === index)
    const act = keyAct(event, { index, at, pageRows: rows.length, width, ...{ canTrade, choose, place, centre } })
    if (act === undefined) return
    event.preventDefault()
    event.stopPropagation()
    if (!event.repeat || !event.altKey) act()
  }
  return (
    <div
      className={classNames('ladder-grid', canTrade && 'is-armed', held !== null && 'is-moving')}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length}
      aria-activedescendant={cursor === null ? undefined : `${id}-${cursor}`}
      tabIndex={0}
      onKeyDown={press}
      onPointerUp={() => setHeld(null)}
      onPointerLeave={() => setHeld(null)}
    >
      <div role="row" className="ladder-head">
        {(['myBuys', 'bid', 'price', 'ask', 'mySells'] as const).map((name) => (
          <span key={name} role="columnheader">
            {t(`column.${name}`)}
          </span>
        ))}
      </div>
      {rows.map((row) => (
        <Row
          key={row.index}
          id={`${id}-${row.index}`}
          row={row}
          grid={props}
          isActive={row.index === cursor}
          onHold={(order) => setHeld({ order, index: row.index })}
          onDrop={() => drop(row)}
        />
      ))}
    </div>
  )
}

interface RowProps {
  readonly id: string
  readonly row: LadderRow
  readonly grid: LadderGridProps
  readonly isActive: boolean
  onHold(order: WorkingOrder): void
  onDrop(): void
}

function Row({ id, row, grid, isActive, onHold, onDrop }: RowProps) {
  const { tickSize, canTrade, largest, choose, place } = grid
  const click = (side: 'buy' | 'sell') => (event: MouseEvent) => {
    choose(row.index)
    if (canTrade) place(side, event.ctrlKey ? 'stop' : 'limit', row.price)
  }
  const size = (value: number | null, side: 'bid' | 'ask') => (
    <span
      role="gridcell"
      className={`ladder-${side}`}
      data-side={side}
      style={{ '--part': value === null || !(largest > 0) ? 0 : value / largest } as CSSProperties}
      onClick={click(side === 'bid' ? 'buy' : 'sell')}
    >
      {value === null ? '' : quantity(value)}
    </span>
  )
  return (
    <div
      id={id}
      role="row"
      aria-selected={isActive}
      className={classNames('ladder-row', row.isLast && 'is-last', row.isAverage && 'is-average')}
      onPointerUp={onDrop}
    >
      <Orders orders={row.buys} canTrade={canTrade} tickSize={tickSize} onHold={onHold} />
      {size(row.bidSize, 'bid')}
      <span role="gridcell" className="ladder-price" onClick={() => choose(row.index)}>
        {price(row.price, tickSize)}
      </span>
      {size(row.askSize, 'ask')}
      <Orders orders={row.sells} canTrade={canTrade} tickSize={tickSize} onHold={onHold} />
    </div>
  )
}

interface OrdersProps {
  readonly orders: readonly WorkingOrder[]
  readonly canTrade: boolean
  readonly tickSize: number
  onHold(order: WorkingOrder): void
}

/** Own orders of a side at a price: a click takes them back, a drag moves them. */
function Orders({ orders, canTrade, tickSize, onHold }: OrdersProps) {
  const { t } = useTranslation(['ladder', 'replay'])
  const hold = (order: WorkingOrder) => (event: PointerEvent) => {
    if (!canTrade || event.button !== 0) return
    event.preventDefault()
    onHold(order)
  }
  return (
    <span role="gridcell" className="ladder-orders">
      {orders.map((order) => (
        <button
          key={`${order.session} ${order.id}`}
          type="button"
          tabIndex={-1}
          className={classNames('ladder-order', `is-${order.side}`, order.sleeps && 'is-asleep')}
          disabled={!canTrade}
          aria-label={t('order', {
            side: t(`replay:${order.side}`),
            units: quantity(order.quantity - order.filled),
            type: t(purposeOf(order)),
            price: price(order.price, tickSize),
            order: order.id,
          })}
          onPointerDown={hold(order)}
          onClick={() => cancelOrders([order])}
        >
          {quantity(order.quantity - order.filled)}
          <i>{t(purposeOf(order)).slice(0, 1)}</i>
        </button>
      ))}
    </span>
  )
}

const purposeOf = ({ reason, type }: WorkingOrder) =>
  ['target', 'stop', 'exit'].includes(reason)
    ? (`replay:purpose.${reason}` as 'replay:purpose.stop')
    : (`replay:type.${type}` as 'replay:type.limit')

interface KeyPlace extends Pick<LadderGridProps, 'width' | 'canTrade' | 'choose' | 'place' | 'centre'> {
  readonly index: number
  readonly at: LadderRow | undefined
  readonly pageRows: number
}

/** What a key means; undefined: nothing here. */
function keyAct(event: KeyboardEvent, place: KeyPlace): (() => void) | undefined {
  const { index, pageRows, choose, centre } = place
  const moves: Readonly<Record<string, number>> = {
    ...{ ArrowUp: 1, ArrowDown: -1, PageUp: pageRows - 1, PageDown: 1 - pageRows },
  }
  const by = moves[event.key]
  if (by !== undefined) return event.altKey ? moveAct(by, place) : () => choose(index + by)
  if (event.altKey || event.repeat) return undefined
  return event.key.toLowerCase() === 'c' ? centre : orderAct(event, place)
}

/** Alt with an arrow: own orders of the row go along with the cursor. */
function moveAct(by: number, { canTrade, at, index, width, choose }: KeyPlace): (() => void) | undefined {
  const own = at === undefined ? [] : [...at.buys, ...at.sells]
  if (!canTrade || own.length === 0) return undefined
  return () => {
    choose(index + by)
    moveOrders(own, priceOf(index + by, width))
  }
}

/** The trading keys of the ticket; what there closes everything takes back here what is at the price. */
function orderAct(event: KeyboardEvent, { canTrade, at, place }: KeyPlace): (() => void) | undefined {
  const act = tradingActOf(event)
  if (!canTrade || at === undefined || act === undefined) return undefined
  if (act === 'flatten') return () => cancelOrders([...at.buys, ...at.sells])
  return () => place(act, event.shiftKey ? 'stop' : 'limit', at.price)
}
