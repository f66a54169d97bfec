import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { useDensity } from './density.ts'
import { useHeldRows } from './held-rows.ts'
import { useCursor } from './table-cursor.ts'
import { rowHeights, tableStyle } from './table-layout.ts'
import { type Column, keyAction, type SortKey, sortedOrder, toTsv } from './table-model.ts'
import type { TableProps } from './table-props.ts'

/** The model behind a Table: sorted order, visible rows, cursor and layout. */
export function useTable({ rows, columns, initialSort = [], selected = null, onSelect, rowKey }: TableProps) {
  const [sort, setSort] = useState<readonly SortKey[]>(initialSort)
  const sorted = useMemo(() => sortedOrder(rows, columns, sort), [rows, columns, sort])
  const { order, hold, letGo } = useHeldRows(sorted, rowKey)
  const density = useDensity()
  const rowHeight = rowHeights[density]
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (position) => rowKey?.(order[position] as number) ?? position,
    overscan: 12,
    scrollPaddingStart: rowHeight,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the measured sizes are stale when the density changes.
  useEffect(() => virtual.measure(), [rowHeight, virtual])
  useKeptScroll(scroller, virtual.scrollOffset)
  const cursor = useCursor({ order, selected, rows, onSelect, show: (at) => virtual.scrollToIndex(at) })
  const style = useMemo(() => tableStyle(columns, density), [columns, density])
  const pageRows = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight * 10) / rowHeight) - 2)
  return { sort, setSort, order, hold, letGo, scroller, virtual, cursor, style, pageRows }
}

type TableModel = ReturnType<typeof useTable>

/** What keys, pointer and menu do in a Table. */
export function tableActs({ rows, columns, onOpen, onKey }: TableProps, { order, cursor, pageRows }: TableModel) {
  const activeRow = cursor.active === null ? undefined : order[cursor.active]
  const selectedRows = () => cursor.range.map((position) => order[position] as number)
  const copy = () => copyRows(columns, cursor.range.length > 0 ? selectedRows() : order)

  function press(event: KeyboardEvent) {
    const act = keyAction(event, { active: cursor.active, rows, page: pageRows() })
    if (act === 'copy') copy()
    else if (act === 'all') cursor.selectAll()
    else if (act === 'open' && activeRow !== undefined) onOpen?.(activeRow)
    else if (typeof act === 'number') cursor.move(act, event.shiftKey)
    else {
      if (activeRow !== undefined) onKey?.(event, activeRow)
      return
    }
    event.preventDefault()
  }

  return {
    activeRow,
    copy,
    copyAll: () => copyRows(columns, order),
    press,
    click(event: MouseEvent) {
      const position = positionOf(event)
      if (position !== undefined) cursor.move(position, event.shiftKey)
    },
    /** The menu is about the row under the pointer, or about the selection when that row is part of it. */
    aim(event: MouseEvent) {
      const position = positionOf(event)
      if (position !== undefined && !cursor.isSelected(position)) cursor.move(position, false)
    },
    open(event: MouseEvent) {
      const position = positionOf(event)
      if (position !== undefined) onOpen?.(order[position] as number)
    },
  }
}

function positionOf(event: MouseEvent): number | undefined {
  const found = (event.target as HTMLElement).closest<HTMLElement>('[data-position]')?.dataset.position
  return found === undefined ? undefined : Number(found)
}

/** A panel that is hidden leaves the document and its scroll position with it; back again, the table is where it was. */
function useKeptScroll(scroller: RefObject<HTMLDivElement | null>, offset: number | null): void {
  const kept = useRef(0)
  if (offset !== null) kept.current = offset
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const observer = new ResizeObserver(() => {
      if (element.clientHeight > 0 && element.scrollTop === 0 && kept.current > 0) element.scrollTop = kept.current
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller])
}

function copyRows(columns: readonly Column[], rows: Iterable<number>): void {
  void navigator.clipboard.writeText(toTsv(columns, rows))
}
