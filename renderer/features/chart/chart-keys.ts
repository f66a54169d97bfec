import type { KeyboardEvent } from 'react'
import type { CandleChart } from '../../chart/candle-chart.ts'

const zoomStep = 1.25

/**
 * Keys of a focused chart: arrows move by candles (Shift: ten, Ctrl: a screen), + and − zoom, Home and End jump.
 * True when the key was one of these.
 */
export function handleChartKey(event: KeyboardEvent, chart: CandleChart): boolean {
  if (event.altKey || event.metaKey) return false
  const step = event.shiftKey ? 10 : 1
  switch (event.key) {
    case 'ArrowLeft':
      if (event.ctrlKey) chart.panScreens(-0.8)
      else chart.pan(-step)
      return true
    case 'ArrowRight':
      if (event.ctrlKey) chart.panScreens(0.8)
      else chart.pan(step)
      return true
    case 'PageUp':
      chart.panScreens(-0.8)
      return true
    case 'PageDown':
      chart.panScreens(0.8)
      return true
    case '+':
    case '=':
    case 'ArrowUp':
      chart.zoom(zoomStep)
      return true
    case '-':
    case '_':
    case 'ArrowDown':
      chart.zoom(1 / zoomStep)
      return true
    case 'Home':
      chart.goToStart()
      return true
    case 'End':
      chart.goToEnd()
      return true
    default:
      return false
  }
}

/** A plain letter or figure: the start of an instrument's name or an interval. */
export function isTypedText(event: KeyboardEvent): boolean {
  return !event.altKey && !event.ctrlKey && !event.metaKey && /^[\p{L}\d]$/u.test(event.key)
}
