import { figuresAt } from '../../alerts/alert-course.ts'
import type { Track } from '../../alerts/track.ts'
import type { Alert, Firing } from './alert-book.ts'

/** What people are told of a firing: each condition, with the figures that it compared. */
export function firingAt({ id, name, level, conditions, join }: Alert, tracks: readonly Track[], at: number): Firing {
  const figures = figuresAt(tracks, at)
  const parts = conditions.map((text, index) => {
    const { left = Number.NaN, right = Number.NaN } = tracks[index]?.relation === 'is' ? {} : (figures[index] ?? {})
    return Number.isNaN(left) ? text : `${text} (${shown(left)}, ${shown(right)})`
  })
  return { alert: id, name: name === '' ? conditions.join(`, ${join} `) : name, at, level, text: parts.join('; ') }
}

function shown(figure: number): string {
  return Number.isNaN(figure) ? '–' : String(Number(figure.toPrecision(10)))
}
