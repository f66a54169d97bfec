// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot keep 100 000 virtual rows; the ARIA grid pattern can.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid takes the focus and names its active row (aria-activedescendant).
import type { VirtualItem } from '@tanstack/react-virtual'
import { Copy } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from './class-names.ts'
import { ContextMenu, type MenuItem } from './menu.tsx'
import { TableHeader } from './table-header.tsx'
import { type Column, nextSort } from './table-model.ts'
import type { TableProps } from './table-props.ts'
import { tableActs, useTable } from './use-table.ts'

export type { Column, SortKey, Tone } from './table-model.ts'

/**
 * A dense table of any length: only what is visible exists. Sort by header (Shift for a second key), rows by arrow
 * keys, Shift extends, Ctrl+A takes all, Ctrl+C copies as TSV with headers, Enter opens, the menu key shows what else.
 */
export function Table(props: TableProps) {
  const { label, rows, columns, empty } = props
  const id = useId()
  const model = useTable(props)
  const acts = tableActs(props, model)
  const { cursor, order, virtual } = model
  return (
    <ContextMenu items={useMenuItems(props, acts)}>
      <div
        ref={model.scroller}
        className="tw-table"
        role="grid"
        aria-label={label}
        aria-rowcount={rows + 1}
        aria-colcount={columns.length}
        aria-multiselectable="true"
        aria-activedescendant={cursor.active === null ? undefined : `${id}-${cursor.active}`}
        tabIndex={0}
        style={model.style}
        onKeyDown={acts.press}
        onClick={acts.click}
        onContextMenuCapture={acts.aim}
        onDoubleClick={acts.open}
      >
        <TableHeader
          columns={columns}
          sort={model.sort}
          onSort={(column, add) => model.setSort((keys) => nextSort(keys, column, add))}
        />
        {rows === 0 && empty}
        <div
          className="tw-table-body"
          role="rowgroup"
          style={{ height: virtual.getTotalSize() }}
          onPointerEnter={model.hold}
          onPointerLeave={model.letGo}
        >
          {virtual.getVirtualItems().map((item) => (
            <Row
              key={item.key}
              id={`${id}-${item.index}`}
              item={item}
              row={order[item.index] as number}
              table={props}
              active={item.index === cursor.active}
              selected={cursor.isSelected(item.index)}
            />
          ))}
        </div>
      </div>
    </ContextMenu>
  )
}

function useMenuItems({ menu }: TableProps, acts: ReturnType<typeof tableActs>): MenuItem[] {
  const { t } = useTranslation('ui')
  const own = acts.activeRow === undefined ? undefined : menu?.(acts.activeRow)
  return [
    ...(own === undefined ? [] : [...own, 'separator' as const]),
    { label: t('table.copy'), icon: Copy, shortcut: 'Ctrl+C', run: acts.copy },
    { label: t('table.copyAll'), run: acts.copyAll },
  ]
}

interface RowProps {
  readonly id: string
  readonly item: VirtualItem
  readonly row: number
  readonly table: TableProps
  readonly active: boolean
  readonly selected: boolean
}

function Row({ id, item, row, table, active, selected }: RowProps) {
  return (
    <div
      id={id}
      data-position={item.index}
      role="row"
      aria-rowindex={item.index + 2}
      aria-selected={selected}
      className={classNames('tw-row', active && 'is-active', table.rowClass?.(row))}
      style={{ transform: `translateY(${item.start}px)` }}
    >
      {table.columns.map((column) => (
        <Cell key={column.id} column={column} row={row} />
      ))}
    </div>
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
