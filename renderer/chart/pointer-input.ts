/** What a pointer can ask of a chart; pixels are those of the plot. */
export interface PointerActions {
  /** Width and height of the plot without its price axis and time axis. */
  plotSize(): { readonly width: number; readonly height: number }
  pan(pixels: number): void
  /** Moves prices by pixels when the price axis is not automatic. */
  panPrice(pixels: number): void
  zoom(factor: number, x: number): void
  reset(): void
  /** The pointer moved without a button over the plot. */
  hover(x: number, y: number): void
  leave(): void
  /** A press and release without moving. */
  click(x: number, y: number): void
}

/** Pixels a hand may tremble in a click. */
const clickSlack = 3
const wheelStep = 1.1

/**
 * Drag pans, wheel zooms about the pointer, Shift+wheel and sideways wheel pan, dragging the time axis zooms,
 * double-clicking it resets. The library's own handlers know only the window that it holds, so they are off.
 */
export function listenToPointer(element: HTMLElement, actions: PointerActions): () => void {
  let drag: { x: number; y: number; moved: number; onAxis: boolean } | null = null

  const place = (event: MouseEvent) => {
    const box = element.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const isOnPlot = (x: number) => x <= actions.plotSize().width
  const isOnAxis = (y: number) => y > actions.plotSize().height

  function press(event: PointerEvent) {
    const { x, y } = place(event)
    // Separators between panes and the price axis are the library's.
    if (event.button !== 0 || !(event.target instanceof HTMLCanvasElement) || !isOnPlot(x)) return
    drag = { x, y, moved: 0, onAxis: isOnAxis(y) }
    element.setPointerCapture(event.pointerId)
  }
  function move(event: PointerEvent) {
    const { x, y } = place(event)
    if (drag === null) {
      if (isOnPlot(x) && !isOnAxis(y)) actions.hover(x, y)
      else actions.leave()
      return
    }
    const dx = x - drag.x
    const dy = y - drag.y
    drag = { ...drag, x, y, moved: drag.moved + Math.abs(dx) + Math.abs(dy) }
    if (drag.moved <= clickSlack) return
    if (drag.onAxis) actions.zoom(Math.exp(-dx / 150), actions.plotSize().width)
    else {
      actions.pan(dx)
      actions.panPrice(dy)
    }
  }
  function release(event: PointerEvent) {
    if (drag === null) return
    if (drag.moved <= clickSlack && !drag.onAxis && event.type === 'pointerup') actions.click(drag.x, drag.y)
    drag = null
  }
  function wheel(event: WheelEvent) {
    event.preventDefault()
    const { x } = place(event)
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX
    if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) actions.pan(-sideways * pixels)
    else {
      // A notch of a wheel is about 100 pixels; a touch pad sends many small ones.
      const notches = Math.max(-3, Math.min(3, (event.deltaY * pixels) / 100))
      actions.zoom(wheelStep ** -notches, Math.min(x, actions.plotSize().width))
    }
  }
  function doubleClick(event: MouseEvent) {
    const { x, y } = place(event)
    if (isOnPlot(x) && isOnAxis(y)) actions.reset()
  }
  const leave = () => actions.leave()

  element.addEventListener('pointerdown', press)
  element.addEventListener('pointermove', move)
  element.addEventListener('pointerup', release)
  element.addEventListener('pointercancel', release)
  element.addEventListener('pointerleave', leave)
  element.addEventListener('wheel', wheel, { passive: false })
  element.addEventListener('dblclick', doubleClick)
  return () => {
    element.removeEventListener('pointerdown', press)
    element.removeEventListener('pointermove', move)
    element.removeEventListener('pointerup', release)
    element.removeEventListener('pointercancel', release)
    element.removeEventListener('pointerleave', leave)
    element.removeEventListener('wheel', wheel)
    element.removeEventListener('dblclick', doubleClick)
  }
}
