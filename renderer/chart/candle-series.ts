import {
  CandlestickSeries,
  type CandlestickSeriesOptions,
  type DeepPartial,
  HistogramSeries,
  type IChartApiBase,
  type ISeriesApi,
  LineStyle,
} from 'lightweight-charts'
import type { ChartTheme } from './chart-theme.ts'
import type { Level } from './level-of-detail.ts'
import type { CandleWindow } from './viewport.ts'

/** Candles with their volume below, always holding one window of one level. */
export interface CandleSeries {
  readonly candles: ISeriesApi<'Candlestick', number>
  setWindow(level: Level, time: Float64Array, window: CandleWindow): void
  setTheme(theme: ChartTheme): void
  setPriceFormat(format: PriceFormat): void
  /** Marks the newest close on the price axis, coloured by its bar's direction; NaN marks none. */
  setLast(open: number, close: number): void
  showVolume(isShown: boolean): void
}

/** How prices are written and stepped. */
export interface PriceFormat {
  readonly tickSize: number
  write(value: number): string
}

/** Adds both series to the first pane. */
export function addCandles(chart: IChartApiBase<number>): CandleSeries {
  const candles = chart.addSeries(CandlestickSeries, { priceLineVisible: false, lastValueVisible: false }, 0)
  const volume = chart.addSeries(
    HistogramSeries,
    { priceScaleId: 'volume', priceLineVisible: false, lastValueVisible: false, priceFormat: { type: 'volume' } },
    0,
  )
  chart.priceScale('volume', 0).applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } })
  const last = candles.createPriceLine({
    price: 0,
    lineVisible: false,
    axisLabelVisible: false,
    lineWidth: 1,
    lineStyle: LineStyle.Dotted,
    title: '',
  })
  let colours = { up: '', down: '', upFaint: '', downFaint: '' }
  let newest = { open: Number.NaN, close: Number.NaN }
  const markLast = () => {
    const isKnown = !Number.isNaN(newest.close)
    const color = newest.close < newest.open ? colours.down : colours.up
    last.applyOptions({ price: isKnown ? newest.close : 0, lineVisible: isKnown, axisLabelVisible: isKnown, color })
  }
  return {
    candles,
    setWindow(level, time, { from, to }) {
      const candle = []
      const bars = []
      for (let i = from; i < to; i++) {
        const at = time[i * level.factor] as number
        const open = level.open[i] as number
        const close = level.close[i] as number
        const traded = level.volume[i] as number
        candle.push({ time: at, open, high: level.high[i] as number, low: level.low[i] as number, close })
        if (Number.isNaN(traded)) bars.push({ time: at })
        else bars.push({ time: at, value: traded, color: close < open ? colours.downFaint : colours.upFaint })
      }
      candles.setData(candle)
      volume.setData(bars)
    },
    setTheme(theme) {
      colours = theme
      candles.applyOptions(candleColours(theme))
      markLast()
    },
    setPriceFormat: ({ tickSize, write }) =>
      candles.applyOptions({ priceFormat: { type: 'custom', minMove: tickSize, formatter: write } }),
    setLast(open, close) {
      newest = { open, close }
      markLast()
    },
    showVolume: (visible) => volume.applyOptions({ visible }),
  }
}

/** Body, frame and wick share the colour of their direction. */
function candleColours({ up, down }: ChartTheme): DeepPartial<CandlestickSeriesOptions> {
  return {
    upColor: up,
    downColor: down,
    borderUpColor: up,
    borderDownColor: down,
    wickUpColor: up,
    wickDownColor: down,
  }
}
