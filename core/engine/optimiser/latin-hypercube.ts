import { seededRandom } from '../../lib/seeded-random.ts'
import { admission } from './admission.ts'
import { coordinateAt } from './random-search.ts'
import { generationSize, type SearchMethod, type SearchOptions } from './search-method.ts'
import type { Point } from './search-space.ts'

/** Designs in a row that brought nothing new before the space counts as searched out. */
const maxIdleDesigns = 32

/**
 * Latin hypercube: each axis is cut into as many strata as there are points, and every stratum of every axis is used
 * once. Points that the constraint refuses, or that coincide on short axes, are replaced from further designs.
 */
export function latinHypercube(options: SearchOptions): SearchMethod {
  const points = designPoints(options)
  let at = 0
  return {
    ask() {
      const asked = points.slice(at, at + generationSize)
      at += asked.length
      return asked
    },
    tell: () => undefined,
  }
}

function designPoints(options: SearchOptions): Point[] {
  const { space, trials, seed } = options
  const allows = admission(options)
  const random = seededRandom(seed)
  const found = new Map<string, Point>()
  for (let idle = 0; idle < maxIdleDesigns && found.size < trials; idle++) {
    const strata = space.axes.map(() => shuffled(trials, random))
    for (let k = 0; k < trials && found.size < trials; k++) {
      const point = space.axes.map((axis, a) => {
        return coordinateAt(axis, ((strata[a]?.[k] as number) + random()) / trials)
      })
      const key = point.join(' ')
      if (found.has(key) || !allows(point)) continue
      found.set(key, point)
      idle = 0
    }
  }
  return [...found.values()]
}

/** 0 … length − 1 in random order (Fisher–Yates). */
function shuffled(length: number, random: () => number): Uint32Array {
  const order = Uint32Array.from({ length }, (_, k) => k)
  for (let k = length - 1; k > 0; k--) {
    const other = Math.floor(random() * (k + 1))
    const kept = order[k] as number
    order[k] = order[other] as number
    order[other] = kept
  }
  return order
}
