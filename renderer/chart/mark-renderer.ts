import type { IPrimitivePaneRenderer, ISeriesPrimitive } from 'lightweight-charts'
import type { ChartTheme } from './chart-theme.ts'
import type { ClusterShape, MarkLayout, Point, TradeShape } from './mark-layout.ts'

/** What is drawn of a run's trades at this moment. */
export interface MarkPicture {
  readonly layout: MarkLayout
  readonly theme: ChartTheme
  /** Trade under the pointer or chosen; the others step back. */
  readonly lit: number | null
}

/** A drawing of the library's that asks for the picture once a frame. */
export function markPrimitive(picture: () => MarkPicture): ISeriesPrimitive<number> {
  const renderer: IPrimitivePaneRenderer = {
    draw: (target) =>
      target.useMediaCoordinateSpace(({ context }) => {
        const { layout, theme, lit } = picture()
        context.save()
        if (layout.kind === 'trades') drawTrades(context, layout.shapes, theme, lit)
        else drawClusters(context, layout.shapes, theme)
        context.restore()
      }),
  }
  const view = { zOrder: () => 'top' as const, renderer: () => renderer }
  return { paneViews: () => [view] }
}

type Context = CanvasRenderingContext2D

function drawTrades(context: Context, shapes: readonly TradeShape[], theme: ChartTheme, lit: number | null): void {
  for (const shape of shapes) {
    const isLit = shape.trade === lit
    context.globalAlpha = lit === null || isLit ? 1 : 0.4
    drawLine(context, shape, theme, isLit)
    drawArrow(context, shape.entryArrow, shape.side, theme)
    if (!shape.isOpen) drawArrow(context, shape.exitArrow, -shape.side, theme)
  }
}

/** Solid when won, dashed when lost, dotted while open: readable without colour. */
function drawLine(context: Context, { entry, exit, pnl, isOpen }: TradeShape, theme: ChartTheme, isLit: boolean): void {
  const colour = isOpen ? theme.muted : pnl < 0 ? theme.loss : theme.profit
  context.strokeStyle = colour
  context.fillStyle = colour
  context.lineWidth = isLit ? 2.5 : 1.25
  context.setLineDash(isOpen ? [2, 3] : pnl < 0 ? [5, 4] : [])
  context.beginPath()
  context.moveTo(entry.x, entry.y)
  context.lineTo(exit.x, exit.y)
  context.stroke()
  context.setLineDash([])
  for (const { x, y } of isOpen ? [entry] : [entry, exit]) {
    context.beginPath()
    context.arc(x, y, isLit ? 3.5 : 2, 0, 2 * Math.PI)
    context.fill()
  }
}

/** ▲ for a buy, ▼ for a sell, framed in the background so that it stands off the candles. */
function drawArrow(context: Context, { x, y }: Point, side: number, theme: ChartTheme): void {
  const tip = side > 0 ? -4.5 : 4.5
  context.beginPath()
  context.moveTo(x, y + tip)
  context.lineTo(x + 5, y - tip)
  context.lineTo(x - 5, y - tip)
  context.closePath()
  context.lineWidth = 2
  context.strokeStyle = theme.background
  context.stroke()
  context.fillStyle = side > 0 ? theme.buy : theme.sell
  context.fill()
}

/** A badge with the number of marks; its lower edge is split in the proportion of wins to losses. */
function drawClusters(context: Context, shapes: readonly ClusterShape[], theme: ChartTheme): void {
  context.font = `600 11px ${theme.font}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  for (const { x, y, width, cluster } of shapes) {
    const left = Math.round(x - width / 2)
    const top = Math.round(y - 8)
    context.fillStyle = theme.badge
    context.strokeStyle = theme.badgeLine
    context.lineWidth = 1
    context.beginPath()
    context.roundRect(left + 0.5, top + 0.5, width - 1, 15, 3)
    context.fill()
    context.stroke()
    context.fillStyle = theme.text
    context.fillText(shortCount(cluster.entries + cluster.exits), x, top + 7.5, width - 4)
    const decided = cluster.wins + cluster.losses
    if (decided === 0) continue
    const split = Math.round((width - 4) * (cluster.wins / decided))
    context.fillStyle = theme.profit
    context.fillRect(left + 2, top + 13, split, 2)
    context.fillStyle = theme.loss
    context.fillRect(left + 2 + split, top + 13, width - 4 - split, 2)
  }
}

/** Six digits at most; the exact number is on the card. */
function shortCount(count: number): string {
  if (count >= 1_000_000) return `${(count / 1e6).toFixed(1)}M`
  return count < 1000 ? String(count) : `${Math.floor(count / 1000)},${String(count % 1000).padStart(3, '0')}`
}
