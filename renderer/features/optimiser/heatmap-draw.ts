import type { Heatmap } from './heatmap-model.ts'

interface Size {
  readonly width: number
  readonly height: number
}

/** Where the cells lie on the canvas, CSS pixels. */
interface Frame {
  readonly left: number
  readonly top: number
  readonly cellWidth: number
  readonly cellHeight: number
}

const margin = { left: 62, right: 10, top: 8, bottom: 38 } as const
/** Cells do not grow beyond this: a small grid stays a grid. */
const largestCell = 72

/** The frame of a heatmap in a given space. */
export function frameOf({ width, height }: Size, { x, y }: Heatmap): Frame {
  const across = Math.max(1, width - margin.left - margin.right)
  const down = Math.max(1, height - margin.top - margin.bottom)
  return {
    left: margin.left,
    top: margin.top,
    cellWidth: Math.min(largestCell * 1.6, across / x.length),
    cellHeight: Math.min(largestCell, down / y.length),
  }
}

interface Drawing {
  readonly map: Heatmap
  readonly x: string
  readonly y: string
  readonly cell: number | null
}

/** Draws cells, axes and the frame around the pointed cell. */
export function drawHeatmap(canvas: HTMLCanvasElement, size: Size, drawing: Drawing): void {
  const ratio = window.devicePixelRatio || 1
  canvas.width = Math.round(size.width * ratio)
  canvas.height = Math.round(size.height * ratio)
  canvas.style.width = `${size.width}px`
  canvas.style.height = `${size.height}px`
  const pen = canvas.getContext('2d')
  if (pen === null) return
  pen.scale(ratio, ratio)
  const style = getComputedStyle(canvas)
  const frame = frameOf(size, drawing.map)
  drawCells(pen, frame, drawing.map, style)
  drawAxes(pen, frame, drawing, style)
  if (drawing.cell !== null) drawPointed(pen, frame, drawing.map, drawing.cell, style)
}

function drawCells(pen: CanvasRenderingContext2D, frame: Frame, map: Heatmap, style: CSSStyleDeclaration): void {
  const colour = scaleOf(style)
  const across = map.x.length
  const width = map.most - map.least
  const gap = Math.min(frame.cellWidth, frame.cellHeight) > 6 ? 1 : 0
  for (const [cell, value] of map.values.entries()) {
    const left = frame.left + (cell % across) * frame.cellWidth
    const top = frame.top + Math.floor(cell / across) * frame.cellHeight
    pen.fillStyle = Number.isNaN(value)
      ? style.getPropertyValue('--surface-2')
      : colour(width > 0 ? (value - map.least) / width : 1)
    pen.fillRect(left, top, frame.cellWidth - gap, frame.cellHeight - gap)
  }
}

/** Colours of the scale between its stops: `--heat-0` (least) … `--heat-4` (most). */
function scaleOf(style: CSSStyleDeclaration): (share: number) => string {
  const stops = [0, 1, 2, 3, 4].map((k) => rgbOf(style.getPropertyValue(`--heat-${k}`)))
  return (share) => {
    const place = Math.max(0, Math.min(1, share)) * (stops.length - 1)
    const low = Math.min(stops.length - 2, Math.floor(place))
    const [from, to] = [stops[low] as number[], stops[low + 1] as number[]]
    const parts = from.map((value, k) => Math.round(value + (place - low) * ((to[k] as number) - value)))
    return `rgb(${parts.join(' ')})`
  }
}

function rgbOf(hex: string): number[] {
  const value = Number.parseInt(hex.trim().slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

function drawAxes(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  { map, x, y }: Drawing,
  style: CSSStyleDeclaration,
): void {
  const faint = style.getPropertyValue('--text-muted')
  pen.font = `11px ${style.fontFamily}`
  pen.fillStyle = faint
  const bottom = frame.top + map.y.length * frame.cellHeight
  pen.textAlign = 'center'
  pen.textBaseline = 'top'
  const widest = Math.max(...map.x.map((label) => pen.measureText(label).width), 8) + 10
  const everyX = Math.max(1, Math.ceil(widest / frame.cellWidth))
  for (let k = 0; k < map.x.length; k += everyX) {
    pen.fillText(map.x[k] as string, frame.left + (k + 0.5) * frame.cellWidth, bottom + 4)
  }
  pen.textAlign = 'right'
  pen.textBaseline = 'middle'
  const everyY = Math.max(1, Math.ceil(15 / frame.cellHeight))
  for (let k = map.y.length - 1; k >= 0; k -= everyY) {
    pen.fillText(map.y[k] as string, frame.left - 6, frame.top + (k + 0.5) * frame.cellHeight)
  }
  pen.fillStyle = style.getPropertyValue('--text')
  pen.textAlign = 'left'
  pen.textBaseline = 'top'
  pen.fillText(`${x} →`, frame.left, bottom + 20)
  pen.textBaseline = 'middle'
  pen.save()
  pen.translate(10, bottom)
  pen.rotate(-Math.PI / 2)
  pen.fillText(`${y} →`, 0, 0)
  pen.restore()
}

function drawPointed(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  map: Heatmap,
  cell: number,
  style: CSSStyleDeclaration,
): void {
  const across = map.x.length
  const left = frame.left + (cell % across) * frame.cellWidth
  const top = frame.top + Math.floor(cell / across) * frame.cellHeight
  pen.lineWidth = 2
  pen.strokeStyle = style.getPropertyValue('--text-strong')
  pen.strokeRect(left, top, Math.max(2, frame.cellWidth - 1), Math.max(2, frame.cellHeight - 1))
}
