import { useMemo, useRef, useState } from 'react'

/** What tells a row apart from all others of its table for as long as it is there. */
export type RowKey = number | string

/**
 * Data rows in an order in which those of `shown` keep their places among each other; rows that are not among them come
 * last, and those that have gone are left out.
 */
export function heldOrder(order: Int32Array, keyOf: (row: number) => RowKey, shown: readonly RowKey[]): Int32Array {
  const rows = new Map(Array.from(order, (row) => [keyOf(row), row] as const))
  const kept: number[] = []
  for (const key of shown) {
    const row = rows.get(key)
    if (row === undefined) continue
    kept.push(row)
    rows.delete(key)
  }
  return Int32Array.from([...kept, ...rows.values()])
}

/**
 * Holds the rows of a table where they are while the pointer is over them: a click never meets a row that has just moved
 * there. Without keys nothing is held.
 */
export function useHeldRows(order: Int32Array, keyOf: ((row: number) => RowKey) | undefined) {
  const [isHeld, setHeld] = useState(false)
  const shown = useRef<readonly RowKey[]>([])
  const held = useMemo(() => {
    if (keyOf === undefined) return order
    const rows = isHeld ? heldOrder(order, keyOf, shown.current) : order
    shown.current = Array.from(rows, keyOf)
    return rows
  }, [order, keyOf, isHeld])
  return { order: held, hold: () => setHeld(true), letGo: () => setHeld(false) }
}
