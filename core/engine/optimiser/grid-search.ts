import { admission } from './admission.ts'
import { generationSize, type SearchMethod, type SearchOptions } from './search-method.ts'
import type { Point } from './search-space.ts'

/** Every combination that the constraint allows; the last axis varies fastest. */
export function gridSearch(options: SearchOptions): SearchMethod {
  const { axes } = options.space
  const allows = admission(options)
  const sizes = axes.map(({ values }) => values?.length ?? 0)
  const next = axes.map(() => 0)
  let ended = false

  const move = () => {
    let axis = axes.length - 1
    for (; axis >= 0; axis--) {
      next[axis] = (next[axis] as number) + 1
      if ((next[axis] as number) < (sizes[axis] as number)) break
      next[axis] = 0
    }
    ended = axis < 0
  }
  return {
    ask() {
      const points: Point[] = []
      while (!ended && points.length < generationSize) {
        if (allows(next)) points.push([...next])
        move()
      }
      return points
    },
    tell: () => undefined,
  }
}
