import './ladder.css'
import { ListOrdered, Radio } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useArmed } from '../../state/armed.ts'
import { placeOrder } from '../../state/place-order.ts'
import { useInstrument, useStore } from '../../state/store.ts'
import { keyNames, loadTradingKeys, useTradingKeys } from '../../state/trading-keys.ts'
import type { Instrument } from '../../state/types.ts'
import { useWorkingOrders, type Working } from '../../state/working-orders.ts'
import { Button } from '../../ui/button.tsx'
import { price, quantity } from '../../ui/format.ts'
import { MoneyBadge } from '../../ui/money-badge.tsx'
import { Empty } from '../../ui/states.tsx'
import { LadderBar } from './ladder-bar.tsx'
import { LadderGrid } from './ladder-grid.tsx'
import { centreOf, exitsAt, ladderRows } from './ladder-rows.ts'
import { type HeardBook, useBook } from './use-book.ts'
import { useLadder } from './use-ladder.ts'
import { useRows } from './use-rows.ts'

/** The price ladder of the selected instrument: what stands in the book, own orders beside it, one click when armed. */
export function LadderPanel() {
  const { t } = useTranslation('ladder')
  const instrument = useStore((state) => state.instrument)
  const record = useInstrument(instrument ?? '')
  const heard = useBook(instrument)
  if (instrument === null || record === undefined)
    return <Empty icon={ListOrdered} title={t('none.title')} text={t('none.text')} />
  if (heard === null) return null
  if (centreOf(heard.book) === null)
    return (
      <Empty icon={Radio} title={t('silent.title', { instrument })} text={t('silent.text')}>
        <Button onClick={() => useStore.getState().openPanel('blotter')}>{t('silent.open')}</Button>
      </Empty>
    )
  return <Ladder key={instrument} record={record} heard={heard} />
}

function Ladder({ record, heard: { book, at } }: { readonly record: Instrument; readonly heard: HeardBook }) {
  const { t } = useTranslation('ladder')
  const working = useWorkingOrders(record.id)
  const isArmed = useArmed((state) => state.isArmed)
  const { step, target, stop, session: chosen, quantity: typed } = useLadder(record.id)
  const session = working.sessions.find((each) => each.session === chosen) ?? working.sessions[0]
  const units = typed > 0 ? typed : Math.max(1, record.lotSize)
  const tickSize = record.tickSize > 0 ? record.tickSize : 0.01
  const width = tickSize * step
  const area = useRef<HTMLDivElement>(null)
  const [cursor, setCursor] = useState<number | null>(null)
  const { top, count, centre, reveal } = useRows(area, Math.round((centreOf(book) ?? 0) / width), step)
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another width are other rows.
  useEffect(() => setCursor(null), [step])
  useEffect(() => void loadTradingKeys(), [])
  const keys = keyNames(useTradingKeys())
  const mine = session === undefined ? nothing : ofSession(working, session.session)
  const rows = ladderRows({ book, ...mine, width, top, count })
  const largest = Math.max(0, ...rows.map(({ bidSize, askSize }) => Math.max(bidSize ?? 0, askSize ?? 0)))
  const place = (side: 'buy' | 'sell', kind: 'market' | 'limit' | 'stop', price: number) => {
    if (session === undefined || !isArmed) return
    const exits = exitsAt({ side, at: price, tickSize }, { target, stop })
    void placeOrder({ session: session.session, instrument: record.id, side, units, kind, at: price, ...exits })
  }
  const isReal = session !== undefined && session.account !== 'paper'
  return (
    <section className="ladder" aria-label={t('title')} data-real={isReal} data-armed={isArmed}>
      <header className="ladder-title">
        {session !== undefined && <MoneyBadge real={isReal} account={session.account} />}
        <strong>{record.id}</strong>
        <Position held={mine.positions} tickSize={tickSize} />
      </header>
      {session === undefined ? (
        <p className="ladder-note">
          {t('noSession', { instrument: record.id })}{' '}
          <Button onClick={() => useStore.getState().openPanel('live')}>{t('start')}</Button>
        </p>
      ) : (
        <LadderBar
          record={record}
          units={units}
          session={session.session}
          sessions={working.sessions}
          orders={mine.orders}
          market={(side) => place(side, 'market', centreOf(book) ?? Number.NaN)}
        />
      )}
      <div ref={area} className="ladder-area">
        <LadderGrid
          label={t('of', { instrument: record.id })}
          {...{ rows, tickSize, width, cursor, largest, place, centre }}
          canTrade={isArmed && session !== undefined}
          choose={(index) => {
            setCursor(index)
            reveal(index)
          }}
        />
      </div>
      <footer className="ladder-note">{noteOf(book, at, t) ?? t('keys', keys)}</footer>
    </section>
  )
}

const nothing = { orders: [], positions: [] } as const

function ofSession({ orders, positions }: Working, session: string): Pick<Working, 'orders' | 'positions'> {
  const isIn = (each: { readonly session: string }) => each.session === session
  return { orders: orders.filter(isIn), positions: positions.filter(isIn) }
}

interface PositionProps {
  readonly held: Working['positions']
  readonly tickSize: number
}

function Position({ held, tickSize }: PositionProps) {
  const { t } = useTranslation('ladder')
  const [position] = held
  if (position === undefined) return <span className="ladder-position">{t('flat')}</span>
  const size = `${position.size > 0 ? '+' : ''}${quantity(position.size)}`
  return (
    <span className="ladder-position" data-side={position.size > 0 ? 'buy' : 'sell'}>
      {t('position', { size, price: price(position.averagePrice, tickSize) })}
    </span>
  )
}

type Say = ReturnType<typeof useTranslation<'ladder'>>['t']

/** What is to be known of the book before it is trusted; undefined: nothing. */
function noteOf(book: HeardBook['book'], at: number, t: Say): string | undefined {
  if (book === null) return undefined
  const age = at - book.time
  if (age > staleMs) return t('age', { age: `${Math.round(age / 1_000)} s` })
  if (!book.isWhole) return t('partial')
  return book.from === 'quote' ? t('fromQuotes') : undefined
}

/** A book that was silent for longer is said to be old. */
const staleMs = 5_000
