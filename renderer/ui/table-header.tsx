// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot keep 100 000 virtual rows; the ARIA grid pattern can.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid takes the focus and names its active row (aria-activedescendant).
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { classNames } from './class-names.ts'
import type { Column, SortKey } from './table-model.ts'
import { Tooltip } from './tooltip.tsx'

interface TableHeaderProps {
  readonly columns: readonly Column[]
  readonly sort: readonly SortKey[]
  onSort(column: string, add: boolean): void
}

/** The sticky first row: one tab stop, left and right move between the columns, Enter or a click sorts. */
export function TableHeader({ columns, sort, onSort }: TableHeaderProps) {
  const sortable = columns.filter((column) => column.value !== undefined)
  const [stop, setStop] = useState(sortable[0]?.id)

  function press(event: KeyboardEvent<HTMLElement>) {
    event.stopPropagation()
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next = sortable[sortable.findIndex((column) => column.id === stop) + by]
    if (by === 0 || next === undefined) return
    event.preventDefault()
    setStop(next.id)
    event.currentTarget.querySelector<HTMLElement>(`[data-column="${CSS.escape(next.id)}"]`)?.focus()
  }

  return (
    <div className="tw-table-head" role="row" aria-rowindex={1} onKeyDown={press}>
      {columns.map((column) => {
        const key = sort.find((candidate) => candidate.column === column.id)
        const direction = key === undefined ? 'none' : key.descending ? 'descending' : 'ascending'
        return (
          <div
            key={column.id}
            role="columnheader"
            aria-sort={column.value === undefined ? undefined : direction}
            className={classNames('tw-head', column.align && `is-${column.align}`)}
          >
            {column.value === undefined ? (
              <Tooltip text={column.about}>
                <span>{column.title}</span>
              </Tooltip>
            ) : (
              <Tooltip text={column.about}>
                <button
                  type="button"
                  data-column={column.id}
                  tabIndex={column.id === stop ? 0 : -1}
                  onFocus={() => setStop(column.id)}
                  onClick={(event) => onSort(column.id, event.shiftKey)}
                >
                  <span>{column.title}</span>
                  {direction === 'ascending' && <ArrowUp size={11} aria-hidden="true" />}
                  {direction === 'descending' && <ArrowDown size={11} aria-hidden="true" />}
                </button>
              </Tooltip>
            )}
          </div>
        )
      })}
    </div>
  )
}
