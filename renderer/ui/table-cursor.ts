import { useEffect, useState } from 'react'

interface CursorOptions {
  readonly order: Int32Array
  readonly selected: number | null
  readonly rows: number
  readonly onSelect: ((row: number) => void) | undefined
  show(position: number): void
}

/** The active position and the range from its anchor. Follows the row selected from outside, also through a new sort. */
export function useCursor({ order, selected, rows, onSelect, show }: CursorOptions) {
  const [active, setActive] = useState<number | null>(null)
  const [anchor, setAnchor] = useState<number | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection or order moves the cursor.
  useEffect(() => {
    if (selected === null) return
    const position = order.indexOf(selected)
    if (position < 0) return
    setActive(position)
    setAnchor(position)
    show(position)
  }, [selected, order])

  const inside = active !== null && active < rows ? active : null
  const start = inside === null ? 0 : Math.min(inside, anchor ?? inside)
  const end = inside === null ? 0 : Math.min(rows - 1, Math.max(inside, anchor ?? inside))
  return {
    active: inside,
    range: inside === null ? [] : Array.from({ length: end - start + 1 }, (_, offset) => start + offset),
    isSelected: (position: number) => inside !== null && position >= start && position <= end,
    move(position: number, extend: boolean) {
      setActive(position)
      if (!extend) setAnchor(position)
      show(position)
      if (!extend) onSelect?.(order[position] as number)
    },
    selectAll() {
      setAnchor(0)
      setActive(Math.max(0, rows - 1))
    },
  }
}
