import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  applyOrderEvent,
  eventCode,
  initialOrderState,
  nextStatusCode,
  type OrderEvent,
  type OrderState,
  orderStatuses,
  orderTransitions,
  statusCode,
} from '../../core/domain/order-state.ts'

const plain = fc.constantFrom(
  ...([
    'deny',
    'submit',
    'accept',
    'reject',
    'request-update',
    'request-cancel',
    'trigger',
    'cancel',
    'expire',
  ] as const),
)
const event: fc.Arbitrary<OrderEvent> = fc.oneof(
  { weight: 2, arbitrary: plain.map((kind) => ({ kind })) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('fill' as const),
      execution: fc.integer({ min: 1, max: 12 }).map((id) => `x${id}`),
      quantity: fc.integer({ min: 1, max: 6 }),
      price: fc.integer({ min: -50, max: 200 }),
    }),
  },
)
/** A submitted and accepted order with whatever a venue may send after it, in any order. */
const story = fc.record({ quantity: fc.integer({ min: 1, max: 12 }), events: fc.array(event, { maxLength: 60 }) })
const closed = new Set(['filled', 'cancelled', 'expired', 'rejected', 'denied'])

function play(
  quantity: number,
  events: readonly OrderEvent[],
  check: (before: OrderState, after: OrderState, event: OrderEvent) => void,
) {
  let state = initialOrderState(quantity)
  const fills: { execution: string; quantity: number; price: number }[] = []
  for (const next of [{ kind: 'submit' } as const, ...events]) {
    const result = applyOrderEvent(state, next)
    if (!result.ok) continue
    if (next.kind === 'fill' && result.value !== state) fills.push(next)
    check(state, result.value, next)
    state = result.value
  }
  return { state, fills }
}

it('an order never fills more than its quantity, and its fills add up to what it says', () => {
  fc.assert(
    fc.property(story, ({ quantity, events }) => {
      const { state, fills } = play(quantity, events, (_, after) => expect(after.filled).toBeLessThanOrEqual(quantity))
      expect(state.filled).toBe(fills.reduce((sum, fill) => sum + fill.quantity, 0))
      if (fills.length === 0) return
      const prices = fills.map(({ price }) => price)
      expect(state.averagePrice).toBeGreaterThanOrEqual(Math.min(...prices) - 1e-9)
      expect(state.averagePrice).toBeLessThanOrEqual(Math.max(...prices) + 1e-9)
    }),
    { numRuns: 5_000 },
  )
})

it('the same execution twice is one fill', () => {
  fc.assert(
    fc.property(story, ({ quantity, events }) => {
      const once = play(quantity, events, () => {}).state
      const { state } = play(
        quantity,
        events.flatMap((one): OrderEvent[] => (one.kind === 'fill' ? [one, one] : [one])),
        () => {},
      )
      expect(state).toEqual(once)
    }),
    { numRuns: 2_000 },
  )
})

it('nothing reopens a closed order: only a late fill may still change it, and that raises the alarm', () => {
  fc.assert(
    fc.property(story, ({ quantity, events }) => {
      play(quantity, events, (before, after, applied) => {
        if (!closed.has(before.status) || after === before) return
        expect(applied.kind).toBe('fill')
        expect(closed.has(after.status)).toBe(true)
        expect(after.lateFill).toBe(true)
      })
    }),
    { numRuns: 5_000 },
  )
})

it('an illegal event leaves the order exactly as it was', () => {
  fc.assert(
    fc.property(story, event, ({ quantity, events }, extra) => {
      const { state } = play(quantity, events, () => {})
      const before = structuredClone(state)
      applyOrderEvent(state, extra)
      expect(state).toEqual(before)
    }),
    { numRuns: 2_000 },
  )
})

it('the compiled table of the hot path says what the readable one says', () => {
  for (const status of orderStatuses) {
    for (const [kind, code] of Object.entries(eventCode)) {
      const next = orderTransitions[status][kind as keyof typeof eventCode]
      expect(nextStatusCode(statusCode[status], code)).toBe(next === undefined ? -1 : statusCode[next])
    }
  }
})
