import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AlertRule, firingsOf, momentsOf, stretchesOf } from '../../../core/alerts/alert-course.ts'
import type { Relation } from '../../../core/alerts/condition.ts'
import { levelTrack, momentTrack, type Track } from '../../../core/alerts/track.ts'

const always = { after: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY, lastFired: null }
const rule: AlertRule = { join: 'all', repeat: 'per-bar', expires: null }
const track = (figures: readonly number[], relation: Relation, value = 0, moments?: readonly number[]) =>
  levelTrack(Float64Array.from(moments ?? figures.map((_, row) => row)), Float64Array.from(figures), relation, value)

describe('when an alert fires', () => {
  test('a level holds as long as it is so; a crossing only where it happens, also over bars that touch', () => {
    const path = [-1, 1, 2, 0, 0, -1, 0, 1, 1]
    expect(firingsOf([track(path, 'above')], rule, always)).toEqual([1, 2, 7, 8])
    expect(firingsOf([track(path, 'crosses-above')], rule, always)).toEqual([1, 7])
    expect(firingsOf([track(path, 'crosses-below')], rule, always)).toEqual([5])
    expect(firingsOf([track(path, 'crosses')], rule, always)).toEqual([1, 5, 7])
    expect(firingsOf([track([1, 1], 'crosses-above')], rule, always)).toEqual([])
  })

  test('nothing is known where a figure is undefined', () => {
    const path = [-1, Number.NaN, 1, 2]
    expect(firingsOf([track(path, 'above')], rule, always)).toEqual([2, 3])
    expect(firingsOf([track(path, 'crosses-above')], rule, always)).toEqual([])
  })

  test('once, on every bar, once a minute; never from its end on', () => {
    const times = [0, 20_000, 60_000, 70_000, 130_000]
    const above = track([1, 1, 1, 1, 1], 'above', 0, times)
    expect(firingsOf([above], { ...rule, repeat: 'once' }, always)).toEqual([0])
    expect(firingsOf([above], { ...rule, repeat: 'once' }, { ...always, lastFired: -5 })).toEqual([])
    expect(firingsOf([above], { ...rule, repeat: 'per-minute' }, always)).toEqual([0, 60_000, 130_000])
    expect(firingsOf([above], { ...rule, expires: 60_000 }, always)).toEqual([0, 20_000])
  })

  test('all of several: what lasts is taken as it stood, a crossing counts at its own moment', () => {
    const slow = track([1, -1], 'above', 0, [0, 100])
    const fast = track([-1, 1, -1, 1], 'crosses-above', 0, [10, 20, 110, 120])
    expect(firingsOf([slow, fast], rule, always)).toEqual([20])
    expect(firingsOf([slow, fast], { ...rule, join: 'any' }, always)).toEqual([0, 10, 20, 120])
    const notices = momentTrack(Float64Array.of(50, 150))
    expect(firingsOf([slow, notices], rule, always)).toEqual([50])
  })

  test('what fired in pieces is what fires over the whole: live is as tried', () => {
    const path = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 40 })
    const relation = fc.constantFrom<Relation[]>('above', 'below', 'crosses-above', 'crosses-below', 'crosses')
    fc.assert(
      fc.property(path, path, relation, relation, fc.constantFrom('all', 'any'), (a, b, first, second, join) => {
        const tracks: Track[] = [
          track(a, first),
          track(
            b,
            second,
            0,
            b.map((_, row) => row * 2),
          ),
        ]
        const whole = firingsOf(tracks, { ...rule, join }, always)
        const pieces = momentsOf(tracks, always.after, always.until)
        const fired: number[] = []
        let after = Number.NEGATIVE_INFINITY
        for (const until of pieces) {
          fired.push(...firingsOf(tracks, { ...rule, join }, { after, until, lastFired: fired.at(-1) ?? null }))
          after = until
        }
        expect(fired).toEqual(whole)
      }),
    )
  })

  test('stretches: only where it begins to be so', () => {
    expect(stretchesOf([1, 2, 5, 8, 9], Float64Array.of(0, 1, 2, 3, 5, 8, 9))).toEqual([1, 5])
  })
})
