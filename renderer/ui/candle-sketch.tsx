import { useEffect, useRef } from 'react'

type SketchColumns = Readonly<Record<string, Float64Array>>

interface CandleSketchProps {
  /** `open`, `high`, `low`, `close`; without open only the close is drawn. */
  readonly columns: SketchColumns
  /** Read aloud. */
  readonly label: string
}

const height = 120
const padding = 6

/** A small picture of the first bars: enough to see wrong columns, scales and holes. Not a chart. */
export function CandleSketch({ columns, label }: CandleSketchProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const element = canvas.current
    if (element === null) return
    const draw = () => drawSketch(element, columns)
    const resize = new ResizeObserver(draw)
    resize.observe(element)
    const look = new MutationObserver(draw)
    look.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-colours'] })
    draw()
    return () => {
      resize.disconnect()
      look.disconnect()
    }
  }, [columns])
  return <canvas ref={canvas} className="tw-sketch" role="img" aria-label={label} />
}

/** Lowest and highest finite value of the columns; null when there is none. */
export function valueRange(columns: readonly (Float64Array | undefined)[], bars: number): [number, number] | null {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const column of columns) {
    for (let bar = 0; column !== undefined && bar < bars; bar++) {
      const value = column[bar] as number
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  return low <= high ? [low, high] : null
}

function drawSketch(canvas: HTMLCanvasElement, columns: SketchColumns): void {
  const context = canvas.getContext('2d')
  const { close, open = close, high = close, low = close } = columns
  if (context === null || close === undefined || open === undefined) return
  const scale = window.devicePixelRatio
  const width = canvas.clientWidth
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  context.scale(scale, scale)
  context.clearRect(0, 0, width, height)
  const bars = Math.min(close.length, Math.floor(width / 3))
  const range = valueRange([high, low], bars)
  if (range === null) return
  const [bottom, top] = range
  const y = (value: number) => padding + ((top - value) / (top - bottom || 1)) * (height - 2 * padding)
  const step = width / Math.max(bars, 1)
  const style = getComputedStyle(canvas)
  const up = style.getPropertyValue('--up')
  const down = style.getPropertyValue('--down')
  for (let bar = 0; bar < bars; bar++) {
    const from = y(open[bar] as number)
    const to = y(close[bar] as number)
    const x = Math.round((bar + 0.5) * step)
    context.fillStyle = to <= from ? up : down
    const wick = y(high?.[bar] as number)
    context.fillRect(x, wick, 1, Math.max(1, y(low?.[bar] as number) - wick))
    const body = Math.max(1, Math.floor(step * 0.6))
    context.fillRect(x - Math.floor(body / 2), Math.min(from, to), body, Math.max(1, Math.abs(to - from)))
  }
}
