import type { OrderTable } from '../order-table.ts'

/** True for two exits of one bracket, or two orders of one group: only one of them may be filled. */
export function areRivals({ parent, group }: OrderTable, one: number, other: number): boolean {
  const isBracket = (parent[one] as number) >= 0 && parent[one] === parent[other]
  return isBracket || ((group[one] as number) >= 0 && group[one] === group[other])
}

/** True for orders on the same side of the same market. */
export function shareSide({ instrument, side }: OrderTable, one: number, other: number): boolean {
  return instrument[one] === instrument[other] && side[one] === side[other]
}
