// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot keep 100 000 virtual rows; the ARIA grid pattern can.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid takes the focus and names its active row (aria-activedescendant).
import { useVirtualizer } from '@tanstack/react-virtual'
import { Copy } from 'lucide-react'
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../state/store.ts'
import { classNames } from './class-names.ts'
import { ContextMenu, type MenuItem } from './menu.tsx'
import { TableHeader } from './table-header.tsx'
import { type Column, movedPosition, nextSort, type SortKey, sortedOrder, toTsv } from './table-model.ts'

export type { Column, SortKey, Tone } from './table-model.ts'

const rowHeights = { compact: 22, comfortable: 30 } as const

interface TableProps {
  /** Read aloud. */
  readonly label: string
  readonly rows: number
  /** Memoise them: new columns mean a new sort. */
  readonly columns: readonly Column[]
  /** Sort at first; the user may change it. Memoise is not needed. */
  readonly initialSort?: readonly SortKey[]
  /** Data index of the row that is selected from outside; null for none. */
  readonly selected?: number | null
  onSelect?(row: number): void
  /** Enter or double click: the safe default. */
  onOpen?(row: number): void
  /** More lines for the context menu of a row. */
  menu?(row: number): readonly MenuItem[]
  /** Other keys on the table, e.g. Delete, with the active row. */
  onKey?(event: KeyboardEvent, row: number): void
  rowClass?(row: number): string | undefined
  /** Stands where there are no rows. */
  readonly empty?: ReactNode
}

/**
 * A dense table of any length: only what is visible exists. Sort by header (Shift for a second key), rows by arrow
 * keys, Shift extends, Ctrl+A takes all, Ctrl+C copies as TSV with headers, Enter opens, the menu key shows what else.
 */
export function Table(props: TableProps) {
  const { label, rows, columns, initialSort = [], selected = null, onOpen, menu, rowClass, empty } = props
  const { t } = useTranslation('ui')
  const id = useId()
  const [sort, setSort] = useState<readonly SortKey[]>(initialSort)
  const order = useMemo(() => sortedOrder(rows, columns, sort), [rows, columns, sort])
  const rowHeight = rowHeights[useStore((state) => state.density)]
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the measured sizes are stale when the density changes.
  useEffect(() => virtual.measure(), [rowHeight, virtual])
  const cursor = useCursor({ order, selected, rows, onSelect: props.onSelect, show: (at) => virtual.scrollToIndex(at) })
  const template = useMemo(() => gridTemplate(columns), [columns])

  function copy() {
    const positions = cursor.range.length > 0 ? cursor.range : [...order.keys()]
    const data = positions.map((position) => order[position] as number)
    void navigator.clipboard.writeText(toTsv(columns, data))
  }

  function move(event: KeyboardEvent): boolean {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight * 10) / rowHeight) - 2)
    const next = movedPosition(event.key, cursor.active ?? -1, rows, page)
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return false
    cursor.move(next, event.shiftKey)
    return true
  }

  function press(event: KeyboardEvent) {
    const row = cursor.active === null ? undefined : order[cursor.active]
    const chord = event.ctrlKey || event.metaKey ? event.key.toLowerCase() : ''
    if (chord === 'c') copy()
    else if (chord === 'a') cursor.selectAll()
    else if (event.key === 'Enter' && row !== undefined) onOpen?.(row)
    else if (!move(event)) {
      if (row !== undefined) props.onKey?.(event, row)
      return
    }
    event.preventDefault()
  }

  const positionOf = (event: MouseEvent): number | undefined => {
    const found = (event.target as HTMLElement).closest<HTMLElement>('[data-position]')?.dataset.position
    return found === undefined ? undefined : Number(found)
  }

  const activeRow = cursor.active === null ? undefined : order[cursor.active]
  const items: MenuItem[] = [
    ...(activeRow === undefined ? [] : (menu?.(activeRow) ?? [])),
    ...(activeRow !== undefined && menu !== undefined ? (['separator'] as const) : []),
    { label: t('table.copy'), icon: Copy, shortcut: 'Ctrl+C', run: copy },
    { label: t('table.copyAll'), run: () => void navigator.clipboard.writeText(toTsv(columns, order)) },
  ]

  return (
    <ContextMenu items={items}>
      <div
        ref={scroller}
        className="tw-table"
        role="grid"
        aria-label={label}
        aria-rowcount={rows + 1}
        aria-colcount={columns.length}
        aria-multiselectable="true"
        aria-activedescendant={cursor.active === null ? undefined : `${id}-${cursor.active}`}
        tabIndex={0}
        style={{ '--tw-columns': template, '--tw-row': `${rowHeight}px` } as CSSProperties}
        onKeyDown={press}
        onClick={(event) => {
          const position = positionOf(event)
          if (position !== undefined) cursor.move(position, event.shiftKey)
        }}
        onContextMenuCapture={(event) => {
          const position = positionOf(event)
          if (position !== undefined && !cursor.range.includes(position)) cursor.move(position, false)
        }}
        onDoubleClick={(event) => {
          const position = positionOf(event)
          if (position !== undefined) onOpen?.(order[position] as number)
        }}
      >
        <TableHeader
          columns={columns}
          sort={sort}
          onSort={(column, add) => setSort((keys) => nextSort(keys, column, add))}
        />
        {rows === 0 && empty}
        <div className="tw-table-body" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = order[item.index] as number
            return (
              <div
                key={item.key}
                id={`${id}-${item.index}`}
                data-position={item.index}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={cursor.isSelected(item.index)}
                className={classNames('tw-row', item.index === cursor.active && 'is-active', rowClass?.(row))}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {columns.map((column) => (
                  <Cell key={column.id} column={column} row={row} />
                ))}
              </div>
            )
          })}
        </div>
      </div>
    </ContextMenu>
  )
}

function Cell({ column, row }: { readonly column: Column; readonly row: number }) {
  const tone = column.tone?.(row)
  return (
    <div
      role="gridcell"
      className={classNames('tw-cell', column.align && `is-${column.align}`, tone && `tone-${tone}`)}
    >
      {column.cell?.(row) ?? column.text(row)}
    </div>
  )
}

function gridTemplate(columns: readonly Column[]): string {
  return columns
    .map(({ width, minWidth = 60 }) => (typeof width === 'number' ? `${width}px` : `minmax(${minWidth}px, ${width})`))
    .join(' ')
}

interface CursorOptions {
  readonly order: Int32Array
  readonly selected: number | null
  readonly rows: number
  readonly onSelect: ((row: number) => void) | undefined
  show(position: number): void
}

/** The active position and the range from its anchor. Follows the row selected from outside, also through a new sort. */
function useCursor({ order, selected, rows, onSelect, show }: CursorOptions) {
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
