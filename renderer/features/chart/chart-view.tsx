import { type Ref, type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CandleChart, type ChartPlace } from '../../chart/candle-chart.ts'
import type { CandleUnderCursor, ChartLayout } from '../../chart/chart-frame.ts'
import type { ShownIndicator } from '../../chart/indicator-lines.ts'
import type { MarkHit } from '../../chart/mark-layout.ts'
import { useThemeVersion } from '../../chart/plot/theme-version.ts'
import type { TradeMarks } from '../../chart/trade-marks.ts'
import { intervalMs } from '../../state/intervals.ts'
import { onTick } from '../../state/tick-price.ts'
import type { Instrument } from '../../state/types.ts'
import { useWorkingOrders } from '../../state/working-orders.ts'
import { price } from '../../ui/format.ts'
import { candleValues } from './candle-values.ts'
import { handleChartKey, isTypedText } from './chart-keys.ts'
import { ChartMenu } from './chart-menu.tsx'
import type { ChartSettings } from './chart-settings.ts'
import { IndicatorLegend, PriceLegend } from './legend.tsx'
import { OrderLines } from './order-lines.tsx'
import { TradeCard } from './trade-card.tsx'
import type { BarsShown } from './use-bars.ts'
import type { LiveBars } from './use-live-bars.ts'

/** What an indicator's legend can ask for. */
export interface IndicatorActions {
  hide(key: string): void
  edit(key: string): void
  remove(key: string): void
}

interface ChartViewProps {
  readonly ref: Ref<CandleChart | null>
  /** Outlives the view: a new language, zone or interval makes a new one that goes on where this one was. */
  readonly memory: RefObject<ChartMemory | null>
  readonly shown: BarsShown
  /** The same with what was told since. */
  readonly live: LiveBars | null
  readonly record: Instrument
  readonly zone: string
  readonly language: string
  readonly settings: ChartSettings
  readonly indicators: readonly ShownIndicator[]
  readonly marks: TradeMarks | null
  readonly actions: IndicatorActions
  onTyping(key: string): void
  onTrade(trade: number): void
  onFactor(factor: number): void
}

/** Where the chart of an instrument was looked at last. */
export interface ChartMemory {
  readonly instrument: string
  readonly place: ChartPlace | null
}

interface Pointed {
  readonly hit: MarkHit
  readonly x: number
  readonly y: number
}

const flat: ChartLayout = { paneTops: [0], factor: 1, axisWidth: 0 }

/** The drawing area: hands data to the chart and shows words above it. */
export function ChartView(props: ChartViewProps) {
  const { shown, live, record, zone, language, settings, indicators, marks } = props
  const { t } = useTranslation('chart')
  const host = useRef<HTMLDivElement>(null)
  const calls = useRef(props)
  calls.current = props
  const [chart, setChart] = useState<CandleChart | null>(null)
  const [cursor, setCursor] = useState<CandleUnderCursor | null>(null)
  const [layout, setLayout] = useState(flat)
  const [pointed, setPointed] = useState<Pointed | null>(null)
  const drawn = useRef<BarsShown | null>(null)
  const isIntraday = intervalMs(shown.interval) < 86_400_000
  const theme = useThemeVersion()

  useEffect(() => {
    if (host.current === null) return
    const made = new CandleChart({
      element: host.current,
      zone,
      language,
      isIntraday,
      onCursor: setCursor,
      onMark: (hit, x, y) => setPointed(hit === null ? null : { hit, x, y }),
      onClick: (hit) => {
        if (hit?.kind === 'trade') calls.current.onTrade(hit.trade)
        if (hit?.kind === 'cluster') zoomInto(made, hit.cluster.from, hit.cluster.to, calls.current.shown)
      },
      onLayout: (next) => {
        setLayout(next)
        calls.current.onFactor(next.factor)
      },
    })
    drawn.current = null
    setChart(made)
    return () => {
      const { memory, shown: last } = calls.current
      const place = made.place()
      if (made.isSized()) memory.current = { instrument: last.instrument, place }
      made.destroy()
      setChart(null)
    }
  }, [zone, language, isIntraday])

  useImperativeHandle(props.ref, () => chart as CandleChart, [chart])
  useEffect(() => {
    if (chart === null) return
    const isFirst = drawn.current === null
    const keep = drawn.current?.instrument === shown.instrument
    const { tickSize } = record
    drawn.current = shown
    setCursor(null)
    chart.setBars(shown.bars, { tickSize, write: (value) => price(value, tickSize) }, keep)
    const { current } = calls.current.memory
    if (isFirst && current?.instrument === shown.instrument && current.place !== null) chart.restore(current.place)
  }, [chart, shown, record])
  useEffect(() => {
    if (live !== null) chart?.extendBars(live.bars)
  }, [chart, live])
  useEffect(() => chart?.setIndicators(indicators), [chart, indicators])
  useEffect(() => chart?.setMarks(marks), [chart, marks])
  useEffect(() => chart?.showMarks(settings.trades), [chart, settings.trades])
  useEffect(() => chart?.showVolume(settings.volume), [chart, settings.volume])
  useEffect(() => chart?.setScale(settings.scale), [chart, settings.scale])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says that the tokens changed.
  useEffect(() => chart?.refreshTheme(), [chart, theme])

  const working = useWorkingOrders(record.id)
  const bars = live?.bars ?? shown.bars
  const end = bars.length - 1
  const first = cursor?.first ?? Math.floor(end / layout.factor) * layout.factor
  return (
    <section
      className="chart-view"
      role="application"
      aria-label={t('label', { instrument: record.id, interval: shown.interval })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is driven by keys.
      tabIndex={0}
      onKeyDown={(event) => {
        if (chart === null || event.target !== event.currentTarget) return
        if (handleChartKey(event, chart)) event.preventDefault()
        else if (isTypedText(event)) {
          event.preventDefault()
          props.onTyping(event.key)
        }
      }}
    >
      <ChartMenu
        record={record}
        interval={shown.interval}
        sessions={working.sessions}
        last={bars.close[end] ?? Number.NaN}
        priceAt={(y) => priceUnder(chart, host.current, y, record)}
      >
        <div ref={host} className="chart-canvas" />
      </ChartMenu>
      {layout.paneTops.map((top, pane) => (
        <div key={`pane-${pane.toString()}`} className="chart-legend" style={{ top: top + 4 }}>
          {pane === 0 && (
            <PriceLegend
              record={record}
              interval={shown.interval}
              values={candleValues(bars, first, cursor?.last ?? end)}
            />
          )}
          {indicators
            .filter((indicator) => (chart?.paneOf(indicator.key) ?? 0) === pane)
            .map((indicator) => (
              <IndicatorLegend
                key={indicator.key}
                indicator={indicator}
                candle={Math.floor(first / layout.factor)}
                factor={layout.factor}
                tickSize={record.tickSize}
                onHide={() => props.actions.hide(indicator.key)}
                onEdit={() => props.actions.edit(indicator.key)}
                onRemove={() => props.actions.remove(indicator.key)}
              />
            ))}
        </div>
      ))}
      {chart !== null && <OrderLines chart={chart} record={record} working={working} />}
      {pointed !== null && marks !== null && (
        <TradeCard
          {...pointed}
          marks={marks}
          record={record}
          zone={zone}
          isIntraday={isIntraday}
          width={(host.current?.clientWidth ?? 0) - layout.axisWidth}
          height={host.current?.clientHeight ?? 0}
        />
      )}
    </section>
  )
}

function priceUnder(
  chart: CandleChart | null,
  host: HTMLElement | null,
  clientY: number,
  { tickSize }: Instrument,
): number | null {
  const at = chart?.priceAt(clientY - (host?.getBoundingClientRect().top ?? 0)) ?? null
  return at === null ? null : onTick(at, tickSize)
}

/** A click on a cluster shows its bars. */
function zoomInto(chart: CandleChart, from: number, to: number, { bars }: BarsShown): void {
  const last = Math.min(to, bars.length) - 1
  chart.goToTime(bars.time[Math.max(0, from)] ?? 0, bars.time[last] ?? 0)
}
