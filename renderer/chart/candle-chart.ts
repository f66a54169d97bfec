// Long because one chart is one object: view, window of candles and marks change together in every act.
import { type AutoscaleInfo, createChartEx, type IChartApiBase, type IPriceLine } from 'lightweight-charts'
import { type ChartBars, indexOfTime, noBars } from './bars.ts'
import { addCandles, type CandleSeries, type PriceFormat } from './candle-series.ts'
import { type CandleChartOptions, type CandleUnderCursor, measureLayout, panPrice } from './chart-frame.ts'
import { createOptions, type PriceScale, scaleModes, themeOptions } from './chart-options.ts'
import { readTheme } from './chart-theme.ts'
import type { ShownIndicator } from './indicator-lines.ts'
import { type IndicatorSeries, indicatorSeries } from './indicator-series.ts'
import { createPyramid, lastBar, type Pyramid } from './level-of-detail.ts'
import { hitMark, layoutMarks, type MarkHit, type MarkLayout, noMarks } from './mark-layout.ts'
import { markPrimitive } from './mark-renderer.ts'
import { listenToPointer } from './pointer-input.ts'
import { drawLevels, type PriceLevel, spanWithLevels } from './price-levels.ts'
import { timeAxis } from './time-axis.ts'
import { type TradeMarks, tradeOfRow } from './trade-marks.ts'
import {
  type CandleWindow,
  clampView,
  fitView,
  latestView,
  leftOf,
  panBy,
  type Viewport,
  viewAround,
  viewCentred,
  windowFor,
  zoomAt,
} from './viewport.ts'
import { createZoneClock } from './zone-clock.ts'

/** Where a chart was looked at, so that a new one can go on there. */
export interface ChartPlace {
  /** Bar in the middle, UTC epoch milliseconds. */
  readonly time: number
  /** Pixels per bar. */
  readonly spacing: number
}

/**
 * One chart: owns the viewport over all bars and hands the library only the window of candles around it.
 * Nothing in here knows React or the store.
 */
export class CandleChart {
  readonly #options: CandleChartOptions
  readonly #chart: IChartApiBase<number>
  readonly #series: CandleSeries
  readonly #indicators: IndicatorSeries
  readonly #stopPointer: () => void
  readonly #resized: ResizeObserver
  #pyramid: Pyramid = createPyramid(noBars)
  #view: Viewport = { right: 0, spacing: 7, width: 0 }
  #window: CandleWindow | null = null
  #placement: 'latest' | 'kept' = 'latest'
  /** What to show as soon as there is a size: a chart behind another tab has none. */
  #awaitsSize: (() => void) | null = null
  #marks: TradeMarks | null = null
  #marksShown = true
  #layout: MarkLayout = noMarks
  #hovered: number | null = null
  #lit: number | null = null
  #cursor: CandleUnderCursor | null = null
  #theme
  #shown: readonly ShownIndicator[] = []
  #levels: readonly PriceLevel[] = []
  #lines: IPriceLine[] = []

  constructor(options: CandleChartOptions) {
    const { element, zone, language, isIntraday } = options
    this.#options = options
    this.#theme = readTheme(element)
    this.#chart = createChartEx<number, ReturnType<typeof timeAxis>>(
      element,
      timeAxis({ clock: createZoneClock(zone), language, isIntraday }),
      createOptions(this.#theme),
    )
    this.#series = addCandles(this.#chart)
    this.#series.setTheme(this.#theme)
    this.#series.candles.applyOptions({
      autoscaleInfoProvider: (usual: () => AutoscaleInfo | null) => {
        const info = usual()
        if (info?.priceRange == null || this.#levels.length === 0) return info
        return { ...info, priceRange: spanWithLevels(info.priceRange, this.#levels) }
      },
    })
    this.#indicators = indicatorSeries(this.#chart)
    this.#series.candles.attachPrimitive(
      markPrimitive(() => {
        this.#layout = this.#layMarks()
        return { layout: this.#layout, theme: this.#theme, lit: this.#hovered ?? this.#lit }
      }),
    )
    this.#chart.timeScale().subscribeSizeChange((width) => this.#resize(width))
    this.#chart.subscribeCrosshairMove(({ logical, point }) =>
      this.#tellCursor(point === undefined || logical === undefined ? null : this.#candleAt(logical)),
    )
    this.#resized = new ResizeObserver(() => this.#tellLayout())
    this.#stopPointer = listenToPointer(element, this.#pointerActions())
    // The first layout has already happened; only later ones are announced.
    this.#resize(this.#chart.timeScale().width())
  }

  /** Shows other bars. `keep` leaves the same time in the middle, else the newest bars are shown. */
  setBars(bars: ChartBars, format: PriceFormat, keep: boolean): void {
    const before = this.#pyramid.bars
    const middle = before.time[Math.floor(leftOf(this.#view) + this.#view.width / this.#view.spacing / 2)]
    const atEnd = this.#view.right >= before.length
    this.#pyramid = createPyramid(bars)
    this.#window = null
    this.#marks = null
    this.#cursor = null
    this.#shown = []
    this.#indicators.set([], this.#theme)
    this.#series.setPriceFormat(format)
    this.#series.setLast(bars.open[bars.length - 1] ?? Number.NaN, bars.close[bars.length - 1] ?? Number.NaN)
    this.#placement = 'latest'
    this.#awaitsSize = null
    if (this.#view.width === 0) return
    if (keep && middle !== undefined && !atEnd && bars.length > 0) {
      const at = Math.max(0, indexOfTime(bars, middle))
      this.#show(viewAround({ ...this.#view, spacing: 7 }, at, at, bars.length))
    } else this.reset()
  }

  /** Shows the same bars with others after them. A chart that stood at the newest bar goes along. */
  extendBars(bars: ChartBars): void {
    const before = this.#length()
    this.#pyramid = createPyramid(bars)
    this.#window = null
    this.#series.setLast(bars.open[bars.length - 1] ?? Number.NaN, bars.close[bars.length - 1] ?? Number.NaN)
    const moves = this.#view.right >= before ? bars.length - before : 0
    this.#show({ ...this.#view, right: this.#view.right + moves })
  }

  /** Draws these prices across the chart, and no others. */
  setLevels(levels: readonly PriceLevel[]): void {
    this.#levels = levels
    this.#lines = drawLevels(this.#series.candles, this.#lines, levels, this.#theme)
  }

  /** Pixels of a price below the chart's top; null when it is not in sight. */
  yOf(price: number): number | null {
    const y = this.#series.candles.priceToCoordinate(price)
    const bottom = this.#chart.panes()[0]?.getHeight() ?? 0
    return y === null || y < 0 || y > bottom ? null : y
  }

  /** Price at so many pixels below the chart's top; null without bars. */
  priceAt(y: number): number | null {
    return this.#series.candles.coordinateToPrice(y)
  }

  setMarks(marks: TradeMarks | null): void {
    this.#marks = marks
    this.#redraw()
  }

  showMarks(isShown: boolean): void {
    this.#marksShown = isShown
    this.#redraw()
  }

  setIndicators(shown: readonly ShownIndicator[]): void {
    this.#shown = shown
    this.#indicators.set(shown, this.#theme)
    this.#fillIndicators()
    this.#watchPanes()
  }

  /** Reads the tokens again. */
  refreshTheme(): void {
    this.#theme = readTheme(this.#options.element)
    this.#chart.applyOptions(themeOptions(this.#theme))
    this.#series.setTheme(this.#theme)
    this.#window = null
    this.setLevels(this.#levels)
    this.setIndicators(this.#shown)
    this.#show(this.#view)
  }

  setScale(scale: PriceScale): void {
    this.#chart.priceScale('right', 0).applyOptions({ mode: scaleModes[scale], autoScale: true })
  }

  showVolume(isShown: boolean): void {
    this.#series.showVolume(isShown)
    this.#chart.priceScale('right', 0).applyOptions({ scaleMargins: { top: 0.1, bottom: isShown ? 0.22 : 0.08 } })
  }

  /** Moves by whole bars, or by screens. */
  pan(bars: number): void {
    this.#show(panBy(this.#view, -bars * this.#view.spacing * this.#factor(), this.#length()))
  }

  panScreens(screens: number): void {
    this.#show(panBy(this.#view, -screens * this.#view.width, this.#length()))
  }

  zoom(factor: number): void {
    this.#show(zoomAt(this.#view, factor, this.#view.width, this.#length()))
  }

  goToStart(): void {
    this.#show({ ...this.#view, right: this.#view.width / this.#view.spacing })
  }

  goToEnd(): void {
    this.#show({ ...this.#view, right: this.#length() + 6 })
  }

  /** The newest bars at the usual spacing, with an automatic price axis. */
  reset(): void {
    for (const pane of this.#chart.panes()) pane.priceScale('right').setAutoScale(true)
    this.#show(latestView(this.#view.width, this.#length()))
    this.#placement = 'kept'
  }

  fit(): void {
    this.#show(fitView(this.#view.width, this.#length()))
  }

  /** Brings the bars of a period to the middle. */
  goToTime(from: number, to: number): void {
    const { bars } = this.#pyramid
    if (bars.length === 0) return
    const first = Math.max(0, indexOfTime(bars, from))
    const last = Math.max(first, indexOfTime(bars, to))
    this.#placement = 'kept'
    this.#whenSized(() => this.#show(viewAround(this.#view, first, last, bars.length)))
  }

  /** False while it is behind another tab. */
  isSized(): boolean {
    return this.#view.width > 0
  }

  /** Where it is looked at; null without bars or size, and at the newest bars, where every chart begins. */
  place(): ChartPlace | null {
    const { bars } = this.#pyramid
    const { right, width, spacing } = this.#view
    const time = bars.time[Math.floor(right - width / spacing / 2)]
    return width <= 0 || right >= bars.length || time === undefined ? null : { time, spacing }
  }

  /** Goes on where another chart of the instrument was looked at. */
  restore({ time, spacing }: ChartPlace): void {
    const { bars } = this.#pyramid
    if (bars.length === 0) return
    const at = Math.max(0, indexOfTime(bars, time))
    this.#placement = 'kept'
    this.#whenSized(() => this.#show(viewCentred(this.#view, at, spacing, bars.length)))
  }

  /** Lights the trade of a row of the run's table; null lights none. */
  light(row: number | null): void {
    const trade = row === null || this.#marks === null ? -1 : tradeOfRow(this.#marks, row)
    this.#lit = trade < 0 ? null : trade
    this.#redraw()
  }

  /** The picture of the chart as it is, without cursor. */
  picture(): HTMLCanvasElement {
    return this.#chart.takeScreenshot(true, false)
  }

  paneOf(key: string): number {
    return this.#indicators.paneOf(key)
  }

  destroy(): void {
    this.#stopPointer()
    this.#resized.disconnect()
    this.#chart.remove()
  }

  #length(): number {
    return this.#pyramid.bars.length
  }

  #factor(): number {
    return 2 ** (this.#window?.level ?? 0)
  }

  #resize(width: number): void {
    if (width <= 0) return
    this.#view = { ...this.#view, width }
    if (this.#length() > 0) {
      const awaited = this.#awaitsSize
      this.#awaitsSize = null
      if (awaited !== null) awaited()
      else if (this.#placement === 'latest') this.reset()
      else this.#show(this.#view)
    }
    this.#watchPanes()
  }

  #whenSized(show: () => void): void {
    if (this.#view.width > 0) show()
    else this.#awaitsSize = show
  }

  #show(wanted: Viewport): void {
    const bars = this.#length()
    if (wanted.width <= 0) return
    this.#view = clampView(wanted, bars)
    const window = windowFor(this.#view, bars, this.#window)
    if (window !== this.#window) this.#fill(window)
    const factor = this.#factor()
    // The library counts from the middle of a candle, and both ends of its range as inside.
    const to = this.#view.right / factor - window.from - 1
    this.#chart
      .timeScale()
      .setVisibleLogicalRange({ from: to + 1 - this.#view.width / this.#view.spacing / factor, to })
  }

  #fill(window: CandleWindow): void {
    const changedLevel = window.level !== this.#window?.level
    this.#window = window
    this.#series.setWindow(this.#pyramid.level(window.level), this.#pyramid.bars.time, window)
    this.#fillIndicators()
    if (changedLevel) this.#tellLayout()
  }

  #fillIndicators(): void {
    if (this.#window !== null) this.#indicators.setWindow(this.#pyramid.bars.time, this.#factor(), this.#window)
  }

  /** The library tells the cursor at every frame; listeners hear only when another candle is meant. */
  #tellCursor(candle: CandleUnderCursor | null): void {
    if (candle?.first === this.#cursor?.first && candle?.last === this.#cursor?.last) return
    this.#cursor = candle
    this.#options.onCursor(candle)
  }

  #candleAt(logical: number): CandleUnderCursor | null {
    const candle = Math.round(logical) + (this.#window?.from ?? 0)
    const first = candle * this.#factor()
    if (first < 0 || first >= this.#length()) return null
    return { first, last: lastBar(candle, this.#factor(), this.#length()) }
  }

  #layMarks(): MarkLayout {
    if (this.#marks === null || !this.#marksShown || this.#window === null) return noMarks
    return layoutMarks(this.#marks, {
      view: this.#view,
      level: this.#pyramid.level(this.#window.level),
      bars: this.#length(),
      toY: (price) => this.#series.candles.priceToCoordinate(price),
    })
  }

  #pointerActions() {
    const hit = (x: number, y: number) => hitMark(this.#layout, { x, y })
    const hover = (found: MarkHit | null, x: number, y: number) => {
      const trade = found?.kind === 'trade' ? found.trade : null
      if (trade !== this.#hovered) {
        this.#hovered = trade
        this.#redraw()
      }
      this.#options.onMark(found, x, y)
    }
    return {
      plotSize: () => ({
        width: this.#view.width,
        height: this.#options.element.clientHeight - this.#chart.timeScale().height(),
      }),
      pan: (pixels: number) => this.#show(panBy(this.#view, pixels, this.#length())),
      panPrice: (pixels: number) => panPrice(this.#chart.priceScale('right', 0), this.#series.candles, pixels),
      zoom: (factor: number, x: number) => this.#show(zoomAt(this.#view, factor, x, this.#length())),
      reset: () => this.reset(),
      hover: (x: number, y: number) => hover(hit(x, y), x, y),
      leave: () => hover(null, 0, 0),
      click: (x: number, y: number) => this.#options.onClick(hit(x, y)),
    }
  }

  #redraw(): void {
    // An empty change of options is the library's way to ask for a frame.
    this.#series.candles.applyOptions({})
  }

  #watchPanes(): void {
    this.#resized.disconnect()
    for (const pane of this.#chart.panes()) {
      const row = pane.getHTMLElement()
      if (row !== null) this.#resized.observe(row)
    }
    this.#tellLayout()
  }

  #tellLayout(): void {
    this.#options.onLayout(measureLayout(this.#chart, this.#options.element, this.#factor()))
  }
}
