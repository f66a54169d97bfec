import {
  type ChartOptionsImpl,
  ColorType,
  CrosshairMode,
  type DeepPartial,
  LineStyle,
  PriceScaleMode,
} from 'lightweight-charts'
import type { ChartTheme } from './chart-theme.ts'

/** How prices are laid out vertically. */
export type PriceScale = 'linear' | 'log' | 'percent'

/** The look of the library's parts, from the theme alone: applied again when the theme changes. */
export function themeOptions(theme: ChartTheme): DeepPartial<ChartOptionsImpl<number>> {
  const crosshair = { color: theme.crosshair, labelBackgroundColor: theme.label }
  return {
    layout: {
      background: { type: ColorType.Solid, color: theme.background },
      textColor: theme.muted,
      fontSize: 11,
      fontFamily: theme.font,
      // The window's trusted types refuse the library's own logo; the footer names and links TradingView instead.
      attributionLogo: false,
      panes: { separatorColor: theme.line, separatorHoverColor: `${theme.accent}33`, enableResize: true },
    },
    grid: { vertLines: { color: theme.grid }, horzLines: { color: theme.grid } },
    crosshair: {
      mode: CrosshairMode.Normal,
      vertLine: { ...crosshair, style: LineStyle.LargeDashed },
      horzLine: { ...crosshair, style: LineStyle.LargeDashed },
    },
    rightPriceScale: { borderColor: theme.line },
    timeScale: { borderColor: theme.line },
  }
}

/** The library's words for it. */
export const scaleModes: Readonly<Record<PriceScale, PriceScaleMode>> = {
  linear: PriceScaleMode.Normal,
  log: PriceScaleMode.Logarithmic,
  percent: PriceScaleMode.Percentage,
}

/** What never changes. Time is panned and zoomed by our own viewport, prices by the library's axis. */
const fixedOptions: DeepPartial<ChartOptionsImpl<number>> = {
  autoSize: true,
  handleScroll: false,
  handleScale: {
    mouseWheel: false,
    pinch: false,
    axisPressedMouseMove: { time: false, price: true },
    axisDoubleClickReset: { time: false, price: true },
  },
  rightPriceScale: { scaleMargins: { top: 0.1, bottom: 0.22 }, minimumWidth: 64 },
  timeScale: {
    timeVisible: true,
    secondsVisible: false,
    minBarSpacing: 0.1,
    allowBoldLabels: true,
    lockVisibleTimeRangeOnResize: false,
    shiftVisibleRangeOnNewBar: false,
  },
}

/** Everything a new chart starts with. */
export function createOptions(theme: ChartTheme): DeepPartial<ChartOptionsImpl<number>> {
  const themed = themeOptions(theme)
  return {
    ...fixedOptions,
    ...themed,
    rightPriceScale: { ...fixedOptions.rightPriceScale, ...themed.rightPriceScale },
    timeScale: { ...fixedOptions.timeScale, ...themed.timeScale },
  }
}
