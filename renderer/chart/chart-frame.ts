import type { IChartApiBase, IPriceScaleApi, ISeriesApi } from 'lightweight-charts'
import type { MarkHit } from './mark-layout.ts'

/** Where a chart stands and what it tells. */
export interface CandleChartOptions {
  readonly element: HTMLElement
  /** IANA, `utc` or `local`. */
  readonly zone: string
  /** BCP 47. */
  readonly language: string
  readonly isIntraday: boolean
  /** First and last bar of the candle under the cursor, and its level's factor; null when the pointer is away. */
  onCursor(candle: CandleUnderCursor | null): void
  onMark(hit: MarkHit | null, x: number, y: number): void
  onClick(hit: MarkHit | null): void
  /** Panes were added, removed or resized, or another level is drawn. */
  onLayout(layout: ChartLayout): void
}

export interface CandleUnderCursor {
  readonly first: number
  readonly last: number
}

export interface ChartLayout {
  /** Upper edge of every pane in pixels. */
  readonly paneTops: readonly number[]
  /** Bars per candle. */
  readonly factor: number
  /** Pixels of the price axis. */
  readonly axisWidth: number
}

/** Where the panes are now. */
export function measureLayout(chart: IChartApiBase<number>, element: HTMLElement, factor: number): ChartLayout {
  const { top } = element.getBoundingClientRect()
  const paneTops = chart.panes().map((pane) => {
    const row = pane.getHTMLElement()
    return row === null ? 0 : row.getBoundingClientRect().top - top
  })
  return { paneTops, factor, axisWidth: chart.priceScale('right', 0).width() }
}

/** Moves prices by pixels; nothing while the axis follows the visible candles. */
export function panPrice(scale: IPriceScaleApi, candles: ISeriesApi<'Candlestick', number>, pixels: number): void {
  const range = scale.getVisibleRange()
  if (scale.options().autoScale || range === null) return
  const move = (price: number) => candles.coordinateToPrice((candles.priceToCoordinate(price) ?? 0) - pixels)
  const from = move(range.from)
  const to = move(range.to)
  if (from !== null && to !== null) scale.setVisibleRange({ from, to })
}
