import { type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { noBars } from '../../chart/bars.ts'
import { CandleChart } from '../../chart/candle-chart.ts'
import { useThemeVersion } from '../../chart/plot/theme-version.ts'
import type { PriceLevel } from '../../chart/price-levels.ts'
import { indexTrades } from '../../chart/trade-marks.ts'
import { isDaily } from '../../state/intervals.ts'
import { useStore } from '../../state/store.ts'
import type { Instrument } from '../../state/types.ts'
import { compact, price, quantity, zoneFor } from '../../ui/format.ts'
import { orderName } from './order-list.tsx'
import type { ReplayState } from './types.ts'
import { useReplay } from './use-replay.ts'

interface ReplayChartProps {
  readonly ref: Ref<CandleChart | null>
  readonly record: Instrument
  readonly interval: string
}

/** Candles up to now with orders as lines and trades as marks. It was never given a later bar. */
export function ReplayChart({ ref, record, interval }: ReplayChartProps) {
  const { t } = useTranslation('replay')
  const host = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<CandleChart | null>(null)
  const [cursor, setCursor] = useState<number | null>(null)
  const language = useStore((store) => store.language)
  const zone = zoneFor(
    useStore((store) => store.zone),
    record.zone,
  )
  const bars = useReplay((desk) => desk.bars?.bars ?? noBars)
  const state = useReplay((desk) => desk.state)
  const trades = useReplay((desk) => desk.trades)
  const theme = useThemeVersion()
  const isIntraday = !isDaily(interval)

  useEffect(() => {
    if (host.current === null) return
    const made = new CandleChart({
      element: host.current,
      ...{ zone, language, isIntraday },
      onCursor: (candle) => setCursor(candle?.last ?? null),
      onMark: () => undefined,
      onClick: () => undefined,
      onLayout: () => undefined,
    })
    const { tickSize } = record
    const shown = useReplay.getState().bars?.bars ?? noBars
    made.setBars(shown, { tickSize, write: (value) => price(value, tickSize) }, false)
    setChart(made)
    return () => {
      made.destroy()
      setChart(null)
    }
  }, [record, zone, language, isIntraday])
  useImperativeHandle(ref, () => chart as CandleChart, [chart])
  useEffect(() => chart?.extendBars(bars), [chart, bars])
  // Placed on the bars of the fills, which later ones do not move
  const marks = useMemo(() => {
    const shown = useReplay.getState().bars?.bars
    if (trades === null || shown === undefined) return null
    return indexTrades({ columns: trades.columns, texts: trades.reply.texts, instrument: record.id }, shown)
  }, [trades, record])
  useEffect(() => chart?.setMarks(marks), [chart, marks])
  useEffect(() => chart?.setLevels(state === null ? [] : levelsOf(state, t)), [chart, state, t])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says that the tokens changed.
  useEffect(() => chart?.refreshTheme(), [chart, theme])

  const at = cursor === null ? bars.length - 1 : Math.min(cursor, bars.length - 1)
  const write = (column: Float64Array) => price(column[at], record.tickSize)
  return (
    <div className="replay-chart">
      <div ref={host} className="replay-canvas" />
      <p className="replay-legend">
        {(['open', 'high', 'low', 'close'] as const).map((name) => (
          <span key={name}>
            <abbr>{t(`ohlc.${name}`)}</abbr> {write(bars[name])}
          </span>
        ))}
        <span>
          <abbr>{t('ohlc.volume')}</abbr> {compact(bars.volume[at], language)}
        </span>
      </p>
    </div>
  )
}

function levelsOf({ orders, position, averagePrice }: ReplayState, t: (key: string) => string): PriceLevel[] {
  const waiting = orders.flatMap((order): PriceLevel[] => {
    if (order.price === null) return []
    const kind = order.reason === 'target' || order.reason === 'stop' ? order.reason : order.side
    const title = `${t(order.side)} ${quantity(order.quantity - order.filled)} ${orderName(order, t)}`
    return [{ price: order.price, title, kind, sleeps: order.sleeps }]
  })
  if (averagePrice === null) return waiting
  const title = `${t(position > 0 ? 'long' : 'short')} ${quantity(Math.abs(position))}`
  return [...waiting, { price: averagePrice, title, kind: 'position', sleeps: false }]
}
