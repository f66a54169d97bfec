import {
  HistogramSeries,
  type IChartApiBase,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  LineType,
  PriceScaleMode,
} from 'lightweight-charts'
import type { ChartTheme } from './chart-theme.ts'
import { type IndicatorLine, indicatorText, type ShownIndicator, valueAt } from './indicator-lines.ts'
import type { CandleWindow } from './viewport.ts'

type AnySeries = ISeriesApi<'Line', number> | ISeriesApi<'Histogram', number>

interface Drawn {
  readonly line: IndicatorLine
  readonly series: AnySeries
}

const ownScale = { mode: PriceScaleMode.Normal, autoScale: true, scaleMargins: { top: 0.14, bottom: 0.08 } }

/** The library's series of all indicators; rebuilt when the list changes, refilled when the window does. */
export interface IndicatorSeries {
  set(shown: readonly ShownIndicator[], theme: ChartTheme): void
  setWindow(time: Float64Array, factor: number, window: CandleWindow): void
  /** Pane of each indicator by its key. */
  paneOf(key: string): number
}

export function indicatorSeries(chart: IChartApiBase<number>): IndicatorSeries {
  let drawn: Drawn[] = []
  let panes = new Map<string, number>()
  return {
    set(shown, theme) {
      for (const { series } of drawn) chart.removeSeries(series)
      drawn = []
      panes = new Map()
      let ownPanes = 0
      for (const indicator of shown) {
        const pane = indicator.pane === 'price' ? 0 : ++ownPanes
        panes.set(indicator.key, pane)
        for (const line of indicator.lines)
          drawn.push({ line, series: addLine({ chart, indicator, line, pane, theme }) })
        addGuides(drawn.at(-1)?.series, indicator, theme)
      }
      chart.panes().forEach((pane, index) => {
        pane.setStretchFactor(index === 0 ? 3.2 : 1)
        // A new pane starts with the scale last chosen for the price, which may be logarithmic.
        if (index > 0) pane.priceScale('right').applyOptions(ownScale)
      })
    },
    setWindow(time, factor, window) {
      for (const { line, series } of drawn) {
        series.setData(pointsOf(line, time, factor, window))
      }
    },
    paneOf: (key) => panes.get(key) ?? 0,
  }
}

/** A line's values in the window of candles; one that is undefined leaves a gap. */
function pointsOf(line: IndicatorLine, time: Float64Array, factor: number, { from, to }: CandleWindow) {
  const points = []
  for (let i = from; i < to; i++) {
    const value = valueAt(line.values, i, factor)
    const at = time[i * factor] as number
    const next = line.draw === 'line' ? valueAt(line.values, i + 1, factor) : value
    // The library would join what lies before and after a gap; a point's colour is that of the way to the next.
    const beforeGap = Number.isNaN(next) ? { color: 'transparent' } : {}
    points.push(Number.isNaN(value) ? { time: at } : { time: at, value, ...beforeGap })
  }
  return points
}

interface LineInput {
  readonly chart: IChartApiBase<number>
  readonly indicator: ShownIndicator
  readonly line: IndicatorLine
  readonly pane: number
  readonly theme: ChartTheme
}

function addLine({ chart, indicator, line, pane, theme }: LineInput): AnySeries {
  const color = theme.series[line.colour % theme.series.length] ?? theme.text
  const common = {
    color,
    visible: !indicator.hidden,
    priceLineVisible: false,
    // The last value of the window is not that of the series; the legend tells it.
    lastValueVisible: false,
    // The price pane keeps the format of the prices.
    ...(pane > 0
      ? {
          priceFormat: {
            type: 'custom' as const,
            minMove: 10 ** -indicator.decimals,
            formatter: (value: number) => indicatorText(value, indicator.decimals),
          },
        }
      : {}),
  }
  if (line.draw === 'histogram') return chart.addSeries(HistogramSeries, { ...common, color: `${color}99` }, pane)
  const dots = line.draw === 'dots'
  return chart.addSeries(
    LineSeries,
    {
      ...common,
      lineWidth: 1,
      lineType: LineType.Simple,
      lineVisible: !dots,
      pointMarkersVisible: dots,
      pointMarkersRadius: 1.5,
      crosshairMarkerVisible: false,
    },
    pane,
  )
}

function addGuides(series: AnySeries | undefined, { guides, hidden }: ShownIndicator, theme: ChartTheme): void {
  if (series === undefined || hidden) return
  for (const price of guides) {
    series.createPriceLine({
      price,
      color: theme.crosshair,
      lineWidth: 1,
      lineStyle: LineStyle.Dotted,
      axisLabelVisible: false,
      title: '',
    })
  }
}
