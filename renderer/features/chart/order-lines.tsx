import './order-lines.css'
import { Lock, LockOpen, X } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CandleChart } from '../../chart/candle-chart.ts'
import type { PriceLevel } from '../../chart/price-levels.ts'
import { useArmed } from '../../state/armed.ts'
import { liveAct } from '../../state/live-act.ts'
import { onTick } from '../../state/tick-price.ts'
import type { Instrument } from '../../state/types.ts'
import type { Working, WorkingOrder } from '../../state/working-orders.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { price, quantity } from '../../ui/format.ts'

interface OrderLinesProps {
  readonly chart: CandleChart
  readonly record: Instrument
  readonly working: Working
}

/** An order while it is being moved: where its line is drawn meanwhile. */
interface Moving {
  readonly key: string
  readonly price: number
}

const keyOf = ({ session, id }: WorkingOrder) => `${session} ${id}`

/**
 * Working orders and positions of live sessions on the chart. Armed, an order is dragged to another price, or moved by
 * arrow keys and sent with Enter; Escape lets it where it was.
 */
export function OrderLines({ chart, record, working }: OrderLinesProps) {
  const { t } = useTranslation(['chart', 'replay'])
  const { orders, positions } = working
  const [moving, setMoving] = useState<Moving | null>(null)
  const priceOf = (order: WorkingOrder) => (moving?.key === keyOf(order) ? moving.price : (order.price ?? Number.NaN))
  const levels = useMemo(() => {
    const waiting = orders.map((order): PriceLevel => {
      const isExit = order.reason === 'target' || order.reason === 'stop'
      const kind = isExit ? (order.reason as 'target' | 'stop') : order.side
      const at = moving?.key === keyOf(order) ? moving.price : (order.price ?? Number.NaN)
      return { price: at, title: '', kind, sleeps: order.sleeps }
    })
    const held = positions.flatMap((position): PriceLevel[] => {
      if (position.averagePrice === null) return []
      const side = t(position.size > 0 ? 'replay:long' : 'replay:short')
      const title = `${side} ${quantity(Math.abs(position.size))}`
      return [{ price: position.averagePrice, title, kind: 'position', sleeps: false }]
    })
    return [...waiting, ...held]
  }, [orders, positions, moving, t])
  useEffect(() => chart.setLevels(levels), [chart, levels])
  useEffect(() => () => chart.setLevels([]), [chart])
  if (orders.length === 0) return null
  return (
    <ul className="order-lines" aria-label={t('chart:orders')}>
      <li className="order-arm">
        <ArmButton />
      </li>
      {orders.map((order) => (
        <OrderChip
          key={keyOf(order)}
          order={order}
          at={priceOf(order)}
          isMoving={moving?.key === keyOf(order)}
          chart={chart}
          tickSize={record.tickSize}
          onMove={(to) => setMoving(to === null ? null : { key: keyOf(order), price: to })}
        />
      ))}
    </ul>
  )
}

/** The same arming as the ticket's: until then nothing on the chart moves an order. */
function ArmButton() {
  const { t } = useTranslation('chart')
  const isArmed = useArmed((state) => state.isArmed)
  return (
    <Button
      variant={isArmed ? 'danger' : 'plain'}
      icon={isArmed ? LockOpen : Lock}
      aria-pressed={isArmed}
      onClick={() => useArmed.setState({ isArmed: !isArmed })}
    >
      {t(isArmed ? 'armed' : 'arm')}
    </Button>
  )
}

interface OrderChipProps {
  readonly order: WorkingOrder
  readonly at: number
  readonly isMoving: boolean
  readonly chart: CandleChart
  readonly tickSize: number
  onMove(price: number | null): void
}

/** The handle of an order at its line. */
function OrderChip({ order, at, isMoving, chart, tickSize, onMove }: OrderChipProps) {
  const { t } = useTranslation(['chart', 'replay'])
  const chip = useRef<HTMLLIElement>(null)
  const isArmed = useArmed((state) => state.isArmed)
  useFollowPrice(chip, chart, at)
  const name = t(
    ['target', 'stop', 'exit'].includes(order.reason) ? `replay:purpose.${order.reason}` : `replay:type.${order.type}`,
  )
  const title = `${t(`replay:${order.side}`)} ${quantity(order.quantity - order.filled)} ${name}`
  const send = async (to: number) => {
    onMove(null)
    if (to !== order.price) await liveAct('live.move', { session: order.session, order: order.id, price: to })
  }
  const drag = useDrag({ chart, chip, tickSize, isArmed, at, onMove, onDrop: (to) => void send(to) })
  const keys = (event: KeyboardEvent) => {
    const steps = stepsOf(event)
    if (event.key === 'Escape' && isMoving) onMove(null)
    else if (event.key === 'Enter' && isMoving) void send(at)
    else if (steps !== 0 && isArmed) onMove(onTick(at + steps * tickSize, tickSize))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <li ref={chip} className={classNames('order-chip', `is-${order.side}`, isMoving && 'is-moving')}>
      <span
        role="slider"
        tabIndex={0}
        aria-label={`${title}, ${order.sessionName}`}
        aria-orientation="vertical"
        aria-valuenow={at}
        aria-valuetext={price(at, tickSize)}
        aria-disabled={!isArmed}
        title={t(isArmed ? 'chart:dragOrder' : 'chart:armToDrag', { name: order.sessionName })}
        onKeyDown={keys}
        onBlur={() => isMoving && onMove(null)}
        {...drag}
      >
        {title} <b>{price(at, tickSize)}</b>
      </span>
      <IconButton
        icon={X}
        label={t('replay:cancelOrder', { order: order.id })}
        onClick={() => void liveAct('live.cancel', { session: order.session, order: order.id })}
      />
    </li>
  )
}

/** Ticks that a key moves: arrows one, with Shift ten. */
function stepsOf({ key, shiftKey }: KeyboardEvent): number {
  const step = shiftKey ? 10 : 1
  return key === 'ArrowUp' ? step : key === 'ArrowDown' ? -step : 0
}

interface DragOptions {
  readonly chart: CandleChart
  readonly chip: RefObject<HTMLLIElement | null>
  readonly tickSize: number
  readonly isArmed: boolean
  readonly at: number
  onMove(price: number | null): void
  onDrop(price: number): void
}

function useDrag({ chart, chip, tickSize, isArmed, at, onMove, onDrop }: DragOptions) {
  const isHeld = useRef(false)
  const priceAt = ({ clientY }: PointerEvent) => {
    const top = chip.current?.parentElement?.getBoundingClientRect().top ?? 0
    return onTick(chart.priceAt(clientY - top) ?? at, tickSize)
  }
  return {
    onPointerDown(event: PointerEvent) {
      if (!isArmed || event.button !== 0) return
      isHeld.current = true
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove(event: PointerEvent) {
      if (isHeld.current) onMove(priceAt(event))
    },
    onPointerUp(event: PointerEvent) {
      if (!isHeld.current) return
      isHeld.current = false
      onDrop(priceAt(event))
    },
    onPointerCancel() {
      isHeld.current = false
      onMove(null)
    },
  }
}

/** Keeps a chip at its price while the chart moves under it; hidden when the price is out of sight. */
function useFollowPrice(chip: RefObject<HTMLElement | null>, chart: CandleChart, at: number): void {
  useEffect(() => {
    let frame = 0
    let last: number | null | undefined
    const follow = () => {
      frame = requestAnimationFrame(follow)
      const y = chart.yOf(at)
      if (y === last || chip.current === null) return
      last = y
      chip.current.hidden = y === null
      if (y !== null) chip.current.style.transform = `translateY(calc(${y.toFixed(1)}px - 50%))`
    }
    follow()
    return () => cancelAnimationFrame(frame)
  }, [chip, chart, at])
}
