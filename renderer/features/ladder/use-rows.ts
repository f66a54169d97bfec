import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Part of the height at either end in which the last price may not stay. */
const margin = 0.15

interface Rows {
  /** Number of the uppermost row. */
  readonly top: number
  readonly count: number
  centre(): void
  /** Scrolls no further than needed to show a row. */
  reveal(index: number): void
}

/**
 * Which rows fit into an area. They follow the row `last` when it comes near an end, but never while the pointer is
 * above them, whatever else changes: nobody's click shall meet another price than the one that was aimed at. `step`
 * centres anew.
 */
export function useRows(area: RefObject<HTMLElement | null>, last: number, step: number): Rows {
  const [count, setCount] = useState(0)
  const [top, setTop] = useState(last)
  const isAimed = useRef(false)
  useLayoutEffect(() => {
    const element = area.current
    if (element === null) return
    const measure = () => setCount(Math.max(3, Math.floor(element.clientHeight / rowHeight(element)) - 1))
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    const aim = () => {
      isAimed.current = true
    }
    const leave = () => {
      isAimed.current = false
    }
    element.addEventListener('pointerenter', aim)
    element.addEventListener('pointerleave', leave)
    const roll = (event: WheelEvent) => {
      event.preventDefault()
      setTop((before) => before - Math.sign(event.deltaY) * 3)
    }
    element.addEventListener('wheel', roll, { passive: false })
    return () => {
      observer.disconnect()
      element.removeEventListener('pointerenter', aim)
      element.removeEventListener('pointerleave', leave)
      element.removeEventListener('wheel', roll)
    }
  }, [area])
  const now = useRef({ last, count })
  now.current = { last, count }
  const centre = useCallback(() => setTop(now.current.last + Math.floor(now.current.count / 2)), [])
  const isMeasured = count > 0
  // Not when the height changes: rows that go or come do so at the lower end
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another width are other rows.
  useLayoutEffect(centre, [centre, step, isMeasured])
  useEffect(() => {
    const down = (top - last) / Math.max(1, count - 1)
    if (!isAimed.current && (down < margin || down > 1 - margin)) centre()
  }, [last, top, count, centre])
  const reveal = (index: number) => {
    if (index > top) setTop(index)
    else if (index <= top - count) setTop(index + count - 1)
  }
  return { top, count, centre, reveal }
}

const rowHeight = (element: HTMLElement) => Number.parseFloat(getComputedStyle(element).getPropertyValue('--row')) || 22
