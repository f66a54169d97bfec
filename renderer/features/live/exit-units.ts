import type { SizedFields } from '../../state/order-size.ts'

/** What stands behind the figure of a target; undefined: it is a price. */
export function targetUnit({ exitsBy }: Pick<SizedFields, 'exitsBy'>): string | undefined {
  if (exitsBy === 'price') return undefined
  if (exitsBy === 'r') return 'R'
  return exitsBy === 'percent' ? '%' : 'ticks'
}

/** The same of a stop, which in R is said as a price. */
export function stopUnit(fields: Pick<SizedFields, 'exitsBy'>): string | undefined {
  return fields.exitsBy === 'r' ? undefined : targetUnit(fields)
}
