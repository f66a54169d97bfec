import type { KeyboardEvent, ReactNode } from 'react'
import type { RowKey } from './held-rows.ts'
import type { MenuItem } from './menu.tsx'
import type { Column, SortKey } from './table-model.ts'

/** What a Table takes. Rows are indices into the caller's data, never objects. */
export interface TableProps {
  /** Read aloud. */
  readonly label: string
  readonly rows: number
  /** Memoise them: new columns mean a new sort. */
  readonly columns: readonly Column[]
  /** For rows that come and move by themselves: they stay in their places while the pointer is over them. Memoise it. */
  rowKey?(row: number): RowKey
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
