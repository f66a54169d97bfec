import type { ParamValue } from '../params.ts'
import type { Constraint } from './constraint.ts'
import { type Point, type SearchSpace, valueOn } from './search-space.ts'

/** Whether a constraint allows a point; one set of values is reused, because a grid may ask a million times. */
export function admission(options: {
  readonly space: SearchSpace
  readonly fixed: Readonly<Record<string, ParamValue>>
  readonly allows: Constraint
}): (point: Point) => boolean {
  const { space, fixed, allows } = options
  const values: Record<string, ParamValue> = { ...fixed }
  return (point) => {
    for (const [k, axis] of space.axes.entries()) values[axis.name] = valueOn(axis, point[k] as number)
    return allows(values)
  }
}
