// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot keep 100 000 virtual rows; the ARIA grid pattern can.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid takes the focus and names its active row (aria-activedescendant).
import { useVirtualizer } from '@tanstack/react-virtual'
import { Copy } from 'lucide-react'
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
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
import { useCursor } from './table-cursor.ts'
import { TableHeader } from './table-header.tsx'
import { type Column, keyAction, nextSort, type SortKey, sortedOrder, toTsv } from './table-model.ts'

export type { Column, SortKey, Tone } from './table-model.ts'

const rowHeights = { compact: 22, comfortable: 30 } as const
/** Columns are given for compact type; comfortable type is wider. */
const widthScales = { compact: 1, comfortable: 1.12 } as const

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
  const density = useStore((state) => state.density)
  const rowHeight = rowHeights[density]
  const scale = widthScales[density]
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
  const template = useMemo(() => gridTemplate(columns, scale), [columns, scale])

  const copy = () => copyRows(columns, cursor.range.length > 0 ? cursor.range.map((at) => order[at] as number) : order)
  const activeRow = cursor.active === null ? undefined : order[cursor.active]

  function press(event: KeyboardEvent) {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight * 10) / rowHeight) - 2)
    const act = keyAction(event, { active: cursor.active, rows, page })
    if (act === 'copy') copy()
    else if (act === 'all') cursor.selectAll()
    else if (act === 'open' && activeRow !== undefined) onOpen?.(activeRow)
    else if (typeof act === 'number') cursor.move(act, event.shiftKey)
    else {
      if (activeRow !== undefined) props.onKey?.(event, activeRow)
      return
    }
    event.preventDefault()
  }

  const positionOf = (event: MouseEvent): number | undefined => {
    const found = (event.target as HTMLElement).closest<HTMLElement>('[data-position]')?.dataset.position
    return found === undefined ? undefined : Number(found)
  }

  const items: MenuItem[] = [
    ...(activeRow === undefined ? [] : (menu?.(activeRow) ?? [])),
    ...(activeRow !== undefined && menu !== undefined ? (['separator'] as const) : []),
    { label: t('table.copy'), icon: Copy, shortcut: 'Ctrl+C', run: copy },
    { label: t('table.copyAll'), run: () => copyRows(columns, order) },
  ]

  useKeptScroll(scroller, virtual.scrollOffset)
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
        style={
          {
            '--tw-columns': template,
            '--tw-row': `${rowHeight}px`,
            '--tw-least': `${leastWidth(columns, scale)}px`,
          } as CSSProperties
        }
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
      title={column.cell === undefined && column.align !== 'right' ? column.text(row) : undefined}
    >
      {column.cell?.(row) ?? column.text(row)}
    </div>
  )
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

const shareMinimum = 60

/** Pixels below which the table scrolls sideways; the same for header and rows, so that they stay aligned. */
function leastWidth(columns: readonly Column[], scale: number): number {
  const widths = columns.map(({ width, minWidth = shareMinimum }) => (typeof width === 'number' ? width : minWidth))
  return widths.reduce((sum, width) => sum + Math.round(width * scale), 0)
}

function gridTemplate(columns: readonly Column[], scale: number): string {
  return columns
    .map(({ width, minWidth = shareMinimum }) =>
      typeof width === 'number'
        ? `${Math.round(width * scale)}px`
        : `minmax(${Math.round(minWidth * scale)}px, ${width})`,
    )
    .join(' ')
}
