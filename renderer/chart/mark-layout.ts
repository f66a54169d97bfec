import { extremes, type Level } from './level-of-detail.ts'
import { type Cluster, clusterMarks, countMarks, type TradeMarks, tradesIn } from './trade-marks.ts'
import { leftOf, toX, type Viewport } from './viewport.ts'

/** What is needed to put marks on the screen. */
export interface MarkFrame {
  readonly view: Viewport
  /** The candles that are drawn now. */
  readonly level: Level
  readonly bars: number
  /** Pixel of a price; null when the scale has none. */
  toY(price: number): number | null
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** One trade: where it was filled, and where its arrows stand clear of the candles. */
export interface TradeShape {
  readonly trade: number
  readonly entry: Point
  /** Where the line ends: the exit, or the last bar while the trade is open. */
  readonly exit: Point
  readonly isOpen: boolean
  /** 1 long, −1 short. */
  readonly side: number
  readonly pnl: number
  readonly entryArrow: Point
  readonly exitArrow: Point
}

/** One cluster as a badge, `x` and `y` its centre. */
export interface ClusterShape extends Point {
  readonly cluster: Cluster
  readonly width: number
}

export type MarkLayout =
  | { readonly kind: 'trades'; readonly shapes: readonly TradeShape[] }
  | { readonly kind: 'clusters'; readonly shapes: readonly ClusterShape[] }

/** What the pointer is on. */
export type MarkHit =
  | { readonly kind: 'trade'; readonly trade: number }
  | { readonly kind: 'cluster'; readonly cluster: Cluster }

/** Pixels between a candle and the middle of its arrow. */
const arrowGap = 9
/** Pixels per mark below which arrows would cover each other. */
const roomPerMark = 12
const clusterPixels = 48
const badgeHeight = 16

export const noMarks: MarkLayout = { kind: 'trades', shapes: [] }

/** Single trades while there is room for their arrows, else clusters with exact counts. */
export function layoutMarks(marks: TradeMarks, frame: MarkFrame): MarkLayout {
  const { view, bars } = frame
  const from = Math.max(0, Math.floor(leftOf(view)))
  const to = Math.min(bars, Math.ceil(view.right))
  if (to <= from || marks.length === 0) return noMarks
  const { entries, exits } = countMarks(marks, from, to)
  if ((entries + exits) * roomPerMark <= view.width) {
    const shapes = tradesIn(marks, from, to).flatMap((trade) => tradeShape(marks, trade, frame) ?? [])
    return { kind: 'trades', shapes }
  }
  // Powers of two: cells stay the same over a good part of a zoom.
  const size = 2 ** Math.max(0, Math.ceil(Math.log2(clusterPixels / view.spacing)))
  return { kind: 'clusters', shapes: clusterMarks(marks, from, to, size).flatMap((cell) => badge(cell, frame) ?? []) }
}

function tradeShape(marks: TradeMarks, trade: number, frame: MarkFrame): TradeShape | null {
  const side = marks.side[trade] as number
  const entryBar = marks.entryBar[trade] as number
  const exitBar = marks.exitBar[trade] as number
  const isOpen = Number.isNaN(exitBar)
  const lastBar = frame.bars - 1
  const end = isOpen ? lastBar : exitBar
  const lastClose = frame.level.close[frame.level.length - 1] as number
  const entryY = frame.toY(marks.entryPrice[trade] as number)
  const exitY = frame.toY(isOpen ? lastClose : (marks.exitPrice[trade] as number))
  const entryArrow = arrow(entryBar, side, frame)
  const exitArrow = arrow(end, -side, frame)
  if (entryY === null || exitY === null || entryArrow === null || exitArrow === null) return null
  return {
    trade,
    entry: { x: entryArrow.x, y: entryY },
    exit: { x: exitArrow.x, y: exitY },
    isOpen,
    side,
    pnl: marks.pnl[trade] as number,
    entryArrow,
    exitArrow,
  }
}

/** Buys stand below the candle, sells above it. */
function arrow(bar: number, side: number, { view, level, toY }: MarkFrame): Point | null {
  const candle = Math.floor(bar / level.factor)
  const y = toY((side > 0 ? level.low[candle] : level.high[candle]) as number)
  if (y === null) return null
  return { x: toX(view, (candle + 0.5) * level.factor), y: side > 0 ? y + arrowGap : y - arrowGap }
}

function badge(cluster: Cluster, { view, level, toY }: MarkFrame): ClusterShape | null {
  const { high } = extremes(level, Math.floor(cluster.from / level.factor), Math.ceil(cluster.to / level.factor))
  const y = Number.isNaN(high) ? null : toY(high)
  if (y === null) return null
  const width = (cluster.to - cluster.from) * view.spacing
  const shown = Math.min(64, width - 4)
  return { cluster, x: toX(view, (cluster.from + cluster.to) / 2), y: Math.max(badgeHeight, y - 14), width: shown }
}

/** The topmost mark within reach of a pixel. */
export function hitMark(layout: MarkLayout, at: Point): MarkHit | null {
  if (layout.kind === 'clusters') {
    const hit = layout.shapes.find(
      (shape) => Math.abs(shape.x - at.x) <= shape.width / 2 && Math.abs(shape.y - at.y) <= badgeHeight / 2,
    )
    return hit === undefined ? null : { kind: 'cluster', cluster: hit.cluster }
  }
  let nearest: TradeShape | null = null
  let least = 9
  for (const shape of layout.shapes) {
    const distance = distanceTo(shape, at)
    if (distance <= least) {
      least = distance
      nearest = shape
    }
  }
  return nearest === null ? null : { kind: 'trade', trade: nearest.trade }
}

/** Arrows are easier to hit than the line between them. */
function distanceTo({ entry, exit, entryArrow, exitArrow, isOpen }: TradeShape, at: Point): number {
  const toArrow = (point: Point) => Math.hypot(point.x - at.x, point.y - at.y)
  const arrows = Math.min(toArrow(entryArrow), isOpen ? Number.POSITIVE_INFINITY : toArrow(exitArrow))
  const toFills = Math.min(toArrow(entry), toArrow(exit))
  return Math.min(arrows, toFills, toSegment(entry, exit, at) + 3)
}

function toSegment(a: Point, b: Point, at: Point): number {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const squared = dx * dx + dy * dy
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((at.x - a.x) * dx + (at.y - a.y) * dy) / squared))
  return Math.hypot(a.x + along * dx - at.x, a.y + along * dy - at.y)
}
