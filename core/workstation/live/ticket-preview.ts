import type { Gives, Takes } from '../../contract/contract.ts'
import { DomainError } from '../../domain/errors.ts'
import type { LiveSession } from './live-session.ts'
import { type Mark, marked } from './live-views.ts'

/** What an order by hand would mean. Costs are not in it: they are known when it is filled. */
export async function previewTicket(
  session: LiveSession,
  ticket: Takes<'live.preview'>,
  marks: ReadonlyMap<string, Mark>,
): Promise<Gives<'live.preview'>> {
  const { instrument, side, quantity, limit, stopEntry, stop } = ticket
  const index = placeOf(session, instrument)
  const { positions, cash } = marked(session.state, marks)
  const position = positions[index]
  const sign = side === 'buy' ? 1 : -1
  const last = position?.last ?? null
  const price = limit ?? stopEntry ?? last
  const size = position?.size ?? 0
  const multiplier = session.record.instruments[index]?.multiplier ?? 1
  const value = price === null ? null : quantity * price * multiplier
  const { quantity: headroom, closed } = await session.engine.headroom(index, side)
  return {
    ...{ price, value, headroom, closed },
    cashAfter: value === null ? null : cash - sign * value,
    positionAfter: size + sign * quantity,
    risk: stop === null || price === null ? null : Math.max(0, sign * (price - stop)) * quantity * multiplier,
    reduces: size !== 0 && Math.sign(size) !== sign && quantity <= Math.abs(size),
  }
}

/** Position of an instrument in its session. Throws `instrument.unknown`. */
export function placeOf({ record }: LiveSession, instrument: string): number {
  const index = record.instruments.findIndex(({ id, symbol }) => id === instrument || symbol === instrument)
  if (index < 0) throw new DomainError('instrument.unknown', { instrument })
  return index
}
