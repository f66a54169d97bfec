import { describe, expect, it } from 'vitest'
import type { SizedFields } from '../../../renderer/state/order-size.ts'
import { emptyTicket } from '../../../renderer/state/order-ticket.ts'
import { presetOf, presetSlots, readPresets } from '../../../renderer/state/ticket-presets.ts'

const fields: SizedFields = {
  ...{ ...emptyTicket(1), kind: 'limit', limit: 99, quantity: 5, target: 20, stop: 10 },
  ...{ sizeBy: 'units', exitsBy: 'ticks', more: [{ target: 40, percent: 50 }], breakEven: true },
}
const throughJson = (value: unknown) => JSON.parse(JSON.stringify(value))

describe('a preset of the ticket', () => {
  it('is the same after it was stored, without prices, which are of their moment', () => {
    const preset = presetOf(fields)
    expect('limit' in preset).toBe(false)
    expect(readPresets(throughJson({ A: [null, preset] }), 'A')).toEqual([null, preset, null, null])
    const priced = presetOf({ ...fields, exitsBy: 'price', target: 101, stop: 98, timeInForce: 'gtd' })
    expect([priced.target, priced.stop, priced.more, priced.timeInForce]).toEqual([Number.NaN, Number.NaN, [], 'gtc'])
  })

  it('that cannot be read is an empty place', () => {
    const empty = Array.from({ length: presetSlots }, () => null)
    for (const stored of [null, 3, [], { A: 'x' }, { A: [{ kind: 'other' }, { ...presetOf(fields), quantity: 0 }] }])
      expect(readPresets(stored, 'A')).toEqual(empty)
  })
})
