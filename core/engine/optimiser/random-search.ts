import { seededRandom } from '../../lib/seeded-random.ts'
import { admission } from './admission.ts'
import { generationSize, type SearchMethod, type SearchOptions } from './search-method.ts'
import type { Axis, Point } from './search-space.ts'

/** Tries for one new point before the space counts as searched out. */
const maxTries = 1_000

/** Points drawn evenly from the space, no point twice. Ends early when nothing new is found. */
export function randomSearch(options: SearchOptions): SearchMethod {
  const { space, trials, seed } = options
  const allows = admission(options)
  const random = seededRandom(seed)
  const seen = new Set<string>()

  const draw = (): Point | undefined => {
    for (let tries = 0; tries < maxTries; tries++) {
      const point = space.axes.map((axis) => coordinateAt(axis, random()))
      const key = point.join(' ')
      if (seen.has(key) || !allows(point)) continue
      seen.add(key)
      return point
    }
    return undefined
  }
  return {
    ask() {
      const points: Point[] = []
      while (seen.size < trials && points.length < generationSize) {
        const point = draw()
        if (point === undefined) break
        points.push(point)
      }
      return points
    },
    tell: () => undefined,
  }
}

/** The coordinate at a share in [0, 1) of an axis: every value of a list gets the same part. */
export function coordinateAt({ values, from, to }: Axis, share: number): number {
  return values === null ? from + share * (to - from) : Math.floor(share * values.length)
}
