import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Instrument } from '../../core/engine/instrument.ts'
import { modules } from '../../core/engine/kernel.ts'
import type { LiveEvent } from '../../core/engine/live/live-event.ts'
import type { LiveNews } from '../../core/engine/live/live-view.ts'
import { PretendVenue, type Reception } from '../helpers/pretend-venue.ts'
import { openVenueRun } from '../helpers/venue-run.ts'

const { Strategy } = modules.tickwright

/** Enters with brackets, sometimes changes its mind, moves its target, closes at market. */
class Restless extends Strategy {
  ticks = 0
  override onTick(i: Instrument) {
    this.ticks++
    if (i.flat && i.orders.length === 0) {
      const entry = i.buy(10)
      if (this.ticks % 3 === 0) entry.limit(i.last - 0.5)
      entry.target(i.last + 2).stop(i.last - 2)
    } else if (this.ticks % 11 === 0) i.flatten()
    else if (this.ticks % 7 === 0) i.orders.find(({ side }) => side === 'sell')?.move(i.last + 1)
    else if (this.ticks % 13 === 0) i.orders[0]?.cancel()
  }
}

type Step =
  | { readonly act: 'tick'; readonly change: number }
  | { readonly act: 'work'; readonly reception: Reception; readonly share: number }
  | { readonly act: 'match'; readonly share: number }
  | { readonly act: 'hear'; readonly twice: boolean }
  | { readonly act: 'look' }

const share = fc.constantFrom(0.1, 0.3, 1)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('tick' as const), change: fc.integer({ min: -12, max: 12 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('work' as const),
      reception: fc.constantFrom<Reception[]>('accepts', 'accepts', 'accepts', 'refuses', 'lost', 'arrived'),
      share,
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('match' as const), share }) },
  { weight: 6, arbitrary: fc.record({ act: fc.constant('hear' as const), twice: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('look' as const) }) },
)

/** Lets a run and a venue talk until the steps end, then until neither has anything to say. */
function play(steps: readonly Step[]) {
  const venue = new PretendVenue()
  const side = openVenueRun({ default: Restless })
  let price = 100
  const taken = ({ intents }: LiveNews) => venue.take(intents)
  const hear = (twice: boolean) => {
    const report = venue.says()
    if (report === undefined) return
    for (let time = 0; time < (twice ? 2 : 1); time++) taken(side.apply({ kind: 'report', at: 0, report }))
  }
  const look = () => {
    for (const { intent } of side.run.state().sendings) if (venue.isQuiet) venue.answer(intent.id)
  }
  taken(side.bar(price))
  for (const each of steps) {
    if (each.act === 'tick') {
      price = Math.max(50, price + each.change / 10)
      taken(side.tick(price))
    } else if (each.act === 'work') venue.work(each.reception, price, each.share)
    else if (each.act === 'match') venue.match(price, each.share)
    else if (each.act === 'hear') hear(each.twice)
    else look()
    expect(venue.lowest, 'nothing is sold that is not held').toBe(0)
  }
  const isSettled = () => {
    const { sendings, unresolved } = side.run.state()
    return venue.isQuiet && !unresolved && sendings.length === venue.open.length
  }
  for (let round = 0; round < 400 && !isSettled(); round++) {
    while (!venue.isQuiet) {
      venue.work('accepts', price, 1)
      hear(false)
    }
    look()
  }
  return { venue, side }
}

describe('a run and its venue', () => {
  it('agree in the end, whatever is late, lost, told twice or filled in part; nothing is ever sold twice', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 250 }), (steps) => {
        const { venue, side } = play(steps)
        const { positions, sendings, unresolved } = side.run.state()
        expect(positions[0]?.size).toBeCloseTo(venue.position, 9)
        expect(sendings.map(({ intent }) => intent.id).sort()).toEqual(venue.open.map(({ id }) => id).sort())
        expect(unresolved).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it('are brought back by the events alone: the same orders, fills and wishes under the same names', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 150 }), (steps) => {
        const { side } = play(steps)
        const wishesOf = (events: readonly LiveEvent[]) => {
          const { run } = openVenueRun({ default: Restless })
          const wishes = events.flatMap((event) => {
            run.apply(event)
            return run.news().intents
          })
          return { wishes, state: run.state(), result: Buffer.from(run.result().resultBytes()).toString('hex') }
        }
        const [one, two] = [wishesOf(side.events), wishesOf(side.events)]
        expect(two).toEqual(one)
        expect(one.state).toEqual(side.run.state())
      }),
      { numRuns: 60 },
    )
  })
})
