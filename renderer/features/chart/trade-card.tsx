import { useTranslation } from 'react-i18next'
import type { MarkHit } from '../../chart/mark-layout.ts'
import type { TradeMarks } from '../../chart/trade-marks.ts'
import type { Instrument } from '../../state/types.ts'
import { classNames } from '../../ui/class-names.ts'
import { count, dateTime, price, quantity, signedMoney } from '../../ui/format.ts'

interface TradeCardProps {
  readonly hit: MarkHit
  /** Pixel of the pointer in the chart. */
  readonly x: number
  readonly y: number
  readonly marks: TradeMarks
  readonly record: Instrument
  readonly zone: string
  /** Moments are told to the minute; else days. */
  readonly isIntraday: boolean
  /** Size of the chart, so that the card stays inside. */
  readonly width: number
  readonly height: number
}

const cardWidth = 248
const cardHeight = 176

/** What one trade, or one cluster of marks, was. */
export function TradeCard({ hit, x, y, width, height, ...rest }: TradeCardProps) {
  const left = x + 16 + cardWidth > width ? Math.max(0, x - 16 - cardWidth) : x + 16
  const top = Math.max(0, Math.min(y + 12, height - cardHeight))
  return (
    <div className="chart-card" role="tooltip" style={{ left, top, width: cardWidth }}>
      {hit.kind === 'trade' ? <TradeFigures trade={hit.trade} {...rest} /> : <ClusterFigures hit={hit} {...rest} />}
    </div>
  )
}

interface FiguresProps {
  readonly marks: TradeMarks
  readonly record: Instrument
  readonly zone: string
  readonly isIntraday: boolean
}

function TradeFigures({ trade, marks, record, zone, isIntraday }: FiguresProps & { readonly trade: number }) {
  const { t } = useTranslation('chart')
  const pnl = marks.pnl[trade] ?? Number.NaN
  const isLong = marks.side[trade] === 1
  const isOpen = Number.isNaN(marks.exitTime[trade])
  const moment = (ms: number | undefined) => dateTime(ms, zone, isIntraday ? 'minute' : 'day')
  return (
    <>
      <header>
        <span className={isLong ? 'is-buy' : 'is-sell'}>{isLong ? `▲ ${t('card.long')}` : `▼ ${t('card.short')}`}</span>
        <b className={pnlClass(pnl)}>{signedMoney(pnl, record.currency)}</b>
      </header>
      <dl>
        <Figure name={t('card.quantity')} value={quantity(marks.quantity[trade], record.lotSize)} />
        <Figure name={t('card.entry')} value={price(marks.entryPrice[trade], record.tickSize)}>
          {moment(marks.entryTime[trade])}
        </Figure>
        <Figure name={t('card.exit')} value={isOpen ? t('card.open') : price(marks.exitPrice[trade], record.tickSize)}>
          {isOpen ? '' : moment(marks.exitTime[trade])}
        </Figure>
        <Figure name={t('card.held')} value={t('card.bars', { bars: count(marks.bars[trade]) })} />
        <Figure name={t('card.fees')} value={price(marks.fees[trade], 0.01)} />
      </dl>
      <footer>{t('card.row', { row: count((marks.row[trade] ?? 0) + 1) })}</footer>
    </>
  )
}

function ClusterFigures({ hit, record }: FiguresProps & { readonly hit: Extract<MarkHit, { kind: 'cluster' }> }) {
  const { t } = useTranslation('chart')
  const { entries, longEntries, exits, wins, losses, pnl } = hit.cluster
  return (
    <>
      <header>
        <span>{t('card.cluster', { bars: count(hit.cluster.to - hit.cluster.from) })}</span>
        <b className={pnlClass(pnl)}>{signedMoney(exits === 0 ? null : pnl, record.currency)}</b>
      </header>
      <dl>
        <Figure name={t('card.entries')} value={count(entries)}>
          {`▲ ${count(longEntries)}  ▼ ${count(entries - longEntries)}`}
        </Figure>
        <Figure name={t('card.exits')} value={count(exits)} />
        <Figure name={t('card.wins')} value={count(wins)} />
        <Figure name={t('card.losses')} value={count(losses)} />
      </dl>
      <footer>{t('card.zoom')}</footer>
    </>
  )
}

function Figure({
  name,
  value,
  children,
}: {
  readonly name: string
  readonly value: string
  readonly children?: string
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        {children !== undefined && children !== '' && <small>{children}</small>}
      </dd>
    </div>
  )
}

function pnlClass(pnl: number): string {
  return classNames(pnl > 0 && 'is-profit', pnl < 0 && 'is-loss')
}
