import type { Gives } from '../../contract/contract.ts'
import type { LivePosition, LiveState } from '../../engine/live/live-view.ts'
import type { LedgerSession } from '../../stores/live-ledger.ts'
import type { LiveRecord } from './live-record.ts'
import type { LiveSession } from './live-session.ts'

export type LiveSessionView = Gives<'live.get'>

/** The last price of an instrument that the service has heard. */
export interface Mark {
  readonly price: number
  readonly time: number
}

/** A session that runs here. */
export function runningView(session: LiveSession, marks: ReadonlyMap<string, Mark>): LiveSessionView {
  const { id, createdAt, record, failure, heardAt } = session
  return {
    ...described(id, createdAt, record),
    state: failure !== null ? 'failed' : session.isOver ? 'stopped' : 'running',
    endedAt: null,
    error: failure === null ? null : { code: failure.code, data: { ...failure.data } },
    heardAt,
    waiting: session.waiting,
    entries: session.entries,
    status: plainState(marked(session.state, marks)),
  }
}

/** A session of which only the record is here. */
export function recordedView(
  { id, createdAt, state, endedAt, error, record }: LedgerSession,
  entries: number,
): LiveSessionView {
  return {
    ...described(id, createdAt, record as LiveRecord),
    ...{ state, endedAt, error: error as LiveSessionView['error'], heardAt: null, waiting: 0, entries, status: null },
  }
}

function described(session: string, createdAt: number, { config, leadIn, bundle }: LiveRecord) {
  return {
    ...{ session, createdAt, config, leadIn, account: config.account ?? 'paper' },
    name: config.name === '' ? bundle.entry : config.name,
  }
}

/** The state with each position at the last price heard, which may be younger than the last bar. */
export function marked(state: LiveState, marks: ReadonlyMap<string, Mark>): LiveState {
  const positions = state.positions.map((position) => markedPosition(position, marks.get(position.instrument)))
  const gain = positions.reduce((sum, { unrealised }) => sum + unrealised, 0) - state.unrealised
  return {
    ...state,
    positions,
    unrealised: state.unrealised + gain,
    equity: state.equity + gain,
    exposure: positions.reduce((sum, { value }) => sum + Math.abs(value), 0),
  }
}

function markedPosition(position: LivePosition, mark: Mark | undefined): LivePosition {
  const { size, last, at, value, unrealised } = position
  if (mark === undefined || (at !== null && mark.time <= at)) return position
  const { price, time } = mark
  if (size === 0 || last === null || last === 0) return { ...position, last: price, at: time }
  const unit = value / (size * last)
  const won = size * (price - last) * unit
  return { ...position, last: price, at: time, value: size * price * unit, unrealised: unrealised + won }
}

function plainState({ sendings: _, ...state }: LiveState): NonNullable<LiveSessionView['status']> {
  return {
    ...state,
    positions: state.positions.map((position) => ({ ...position })),
    orders: state.orders.map((order) => ({ ...order })),
    counts: { ...state.counts },
    recorded: { ...state.recorded },
  }
}
