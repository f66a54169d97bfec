import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react'
import { useThemeVersion } from '../../chart/plot/theme-version.ts'
import { drawHeatmap, frameOf } from './heatmap-draw.ts'
import type { Heatmap } from './heatmap-model.ts'

interface HeatmapCanvasProps {
  /** Read aloud. */
  readonly label: string
  readonly map: Heatmap
  /** Names of the parameters along the axes. */
  readonly x: string
  readonly y: string
  /** Under pointer or keyboard; null none. */
  readonly cell: number | null
  onCell(cell: number | null): void
  onOpen(cell: number): void
}

/** The cells on a canvas: pointer and arrow keys move, a click or Enter opens. */
export function HeatmapCanvas({ label, map, x, y, cell, onCell, onOpen }: HeatmapCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const theme = useThemeVersion()

  useEffect(() => {
    const parent = canvas.current?.closest<HTMLElement>('.optimiser-canvas')
    if (parent === null || parent === undefined) return
    const observer = new ResizeObserver(() => setSize({ width: parent.clientWidth, height: parent.clientHeight }))
    observer.observe(parent)
    return () => observer.disconnect()
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes colours that only drawing reads.
  useEffect(() => {
    if (canvas.current !== null && size.width > 0) drawHeatmap(canvas.current, size, { map, x, y, cell })
  }, [map, x, y, cell, size, theme])

  const across = map.x.length
  const at = (event: { readonly clientX: number; readonly clientY: number }): number | null => {
    const box = canvas.current?.getBoundingClientRect()
    if (box === undefined) return null
    const frame = frameOf(size, map)
    const column = Math.floor((event.clientX - box.left - frame.left) / frame.cellWidth)
    const row = Math.floor((event.clientY - box.top - frame.top) / frame.cellHeight)
    const inside = column >= 0 && column < across && row >= 0 && row < map.y.length
    return inside ? row * across + column : null
  }
  const press = (event: KeyboardEvent) => {
    const next = movedCell(event.key, cell, across, map.y.length)
    if (next === undefined) return
    event.preventDefault()
    onCell(next)
  }
  /** Enter and space click too, without a place: they mean the cell that the arrow keys chose. */
  const click = (event: MouseEvent) => {
    const chosen = event.detail === 0 ? cell : at(event)
    if (chosen !== null) onOpen(chosen)
  }
  return (
    <div className="optimiser-canvas">
      <button
        type="button"
        aria-label={label}
        onPointerMove={(event) => onCell(at(event))}
        onPointerLeave={() => onCell(null)}
        onClick={click}
        onKeyDown={press}
      >
        <canvas ref={canvas} />
      </button>
    </div>
  )
}

/** The cell that an arrow key moves to; undefined for other keys. */
function movedCell(key: string, cell: number | null, across: number, down: number): number | undefined {
  const [column, row] = cell === null ? [0, 0] : [cell % across, Math.floor(cell / across)]
  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [column - 1, row],
    ArrowRight: [column + 1, row],
    ArrowUp: [column, row - 1],
    ArrowDown: [column, row + 1],
  }
  const move = moves[key]
  if (move === undefined) return undefined
  const to = cell === null ? [0, 0] : move
  const clamp = (value: number, most: number) => Math.max(0, Math.min(most - 1, value))
  return clamp(to[1] as number, down) * across + clamp(to[0] as number, across)
}
