/**
 * Which bars are on the screen, in bar space: bar i covers [i, i + 1) and its candle stands at i + 0.5.
 * Fractions are allowed, so that panning and zooming are smooth; everything here is arithmetic on values.
 */
export interface Viewport {
  /** Position at the right edge of the plot. */
  readonly right: number
  /** Pixels per bar, > 0. */
  readonly spacing: number
  /** Pixels of the plot. */
  readonly width: number
}

/** Pixels per bar after opening a chart. */
export const defaultSpacing = 7
const maxSpacing = 80
/** Candles closer than this are merged: below it bodies vanish and only work is added. */
const minCandleSpacing = 1.5
/** Empty bars right of the last one after a reset. */
const rightMargin = 6
/** Bars that always stay in sight. */
const keptBars = 4

export function leftOf(view: Viewport): number {
  return view.right - view.width / view.spacing
}

/** Pixel of a position in bar space. */
export function toX(view: Viewport, position: number): number {
  return view.width - (view.right - position) * view.spacing
}

/** Position in bar space under a pixel. */
export function toPosition(view: Viewport, x: number): number {
  return view.right - (view.width - x) / view.spacing
}

/** Spacing at which all bars fit with a little air. */
function fittingSpacing(width: number, bars: number): number {
  return width / Math.max(1, bars * 1.02 + 1)
}

/** Never out of sight of the bars, never closer or farther than useful. */
export function clampView(view: Viewport, bars: number): Viewport {
  const least = Math.min(defaultSpacing, fittingSpacing(view.width, bars) / 1.25)
  const spacing = Math.min(maxSpacing, Math.max(least, view.spacing))
  const span = view.width / spacing
  const kept = Math.min(keptBars, bars)
  const right = Math.min(bars - kept + span, Math.max(kept, view.right))
  return { width: view.width, spacing, right }
}

/** Moves by pixels: positive shows what is earlier, as dragging to the right does. */
export function panBy(view: Viewport, pixels: number, bars: number): Viewport {
  return clampView({ ...view, right: view.right - pixels / view.spacing }, bars)
}

/** Zooms by a factor (> 1 = closer) and keeps the position under pixel `x` where it is. */
export function zoomAt(view: Viewport, factor: number, x: number, bars: number): Viewport {
  const anchor = toPosition(view, x)
  const { spacing } = clampView({ ...view, spacing: view.spacing * factor }, bars)
  return clampView({ width: view.width, spacing, right: anchor + (view.width - x) / spacing }, bars)
}

/** All bars. */
export function fitView(width: number, bars: number): Viewport {
  const spacing = Math.min(maxSpacing, fittingSpacing(width, bars))
  return { width, spacing, right: bars + (width / spacing - bars) / 2 }
}

/** The newest bars at the usual spacing; few bars are spread a little. */
export function latestView(width: number, bars: number): Viewport {
  const spacing = Math.min(16, Math.max(defaultSpacing, width / Math.max(1, bars + rightMargin)))
  return clampView({ width, spacing, right: bars + rightMargin }, bars)
}

/** Keeps the spacing and brings the bars [from, to] to the middle, zooming out only when they would not fit. */
export function viewAround(view: Viewport, from: number, to: number, bars: number): Viewport {
  const span = to - from + 1
  const needed = view.width / (span * 1.5)
  const spacing = Math.min(needed, Math.max(view.spacing, 2))
  return clampView({ width: view.width, spacing, right: (from + to + 1) / 2 + view.width / spacing / 2 }, bars)
}

/** The bar `at` in the middle at a spacing, however far out that is. */
export function viewCentred(view: Viewport, at: number, spacing: number, bars: number): Viewport {
  return clampView({ width: view.width, spacing, right: at + 0.5 + view.width / spacing / 2 }, bars)
}

/** Level of detail for a spacing: 2^level bars make a candle. */
export function levelFor(spacing: number): number {
  return spacing >= minCandleSpacing ? 0 : Math.ceil(Math.log2(minCandleSpacing / spacing))
}

/** The candles that are handed to the chart library: [from, to) of a level. */
export interface CandleWindow {
  readonly level: number
  readonly from: number
  readonly to: number
}

/**
 * The window for a view: the present one while it covers what is visible, else one screen more on either side.
 * So a window holds at most three screens of candles, however many bars there are.
 */
export function windowFor(view: Viewport, bars: number, present: CandleWindow | null): CandleWindow {
  const level = levelFor(view.spacing)
  const factor = 2 ** level
  const all = Math.ceil(bars / factor)
  const first = Math.max(0, Math.floor(leftOf(view) / factor) - 1)
  const end = Math.min(all, Math.ceil(view.right / factor) + 1)
  if (present !== null && present.level === level && present.from <= first && present.to >= end && present.to <= all) {
    return present
  }
  const screen = Math.ceil(view.width / view.spacing / factor)
  return { level, from: Math.max(0, Math.min(first, all) - screen), to: Math.min(all, Math.max(end, 0) + screen) }
}
