import { useEffect, useMemo, useRef, useState } from 'react'
import type { Gives } from '../../core/contract/contract.ts'
import { bridge } from '../bridge.ts'
import { useStore } from './store.ts'

type Session = Gives<'live.get'>
type Status = NonNullable<Session['status']>
export type WorkingOrder = Status['orders'][number] & { readonly session: string; readonly sessionName: string }
export type HeldPosition = Pick<Status['positions'][number], 'size' | 'averagePrice'> & {
  readonly session: string
  readonly sessionName: string
}

/** What running live sessions have of an instrument now: orders that wait at a price, and positions. */
export interface Working {
  readonly orders: readonly WorkingOrder[]
  readonly positions: readonly HeldPosition[]
  /** Sessions that can take an order for it. */
  readonly sessions: readonly { readonly session: string; readonly name: string; readonly account: string }[]
}

const nothing: Working = { orders: [], positions: [], sessions: [] }

/** Asked for once, then told by the sessions. */
export function useWorkingOrders(instrument: string | null): Working {
  const [sessions, setSessions] = useState<readonly Session[]>([])
  useEffect(() => {
    let current = true
    const put = (session: Session) =>
      setSessions((before) => [...before.filter((each) => each.session !== session.session), session])
    const end = bridge().subscribe('live.changed', put)
    bridge()
      .call('live.list', {})
      .then((answer) => {
        // What was told meanwhile is newer
        if (current) setSessions((told) => [...answer.sessions.filter(isUntold(told)), ...told])
      })
      .catch((error: unknown) => useStore.getState().notifyError(error))
    return () => {
      current = false
      end()
    }
  }, [])
  const working = useMemo(
    () => (instrument === null ? nothing : workingOf(sessions, instrument)),
    [sessions, instrument],
  )
  // Sessions tell twenty times a second; what is drawn changes seldom
  const known = useRef(working)
  if (JSON.stringify(known.current) !== JSON.stringify(working)) known.current = working
  return known.current
}

const isUntold = (told: readonly Session[]) => (one: Session) => told.every(({ session }) => session !== one.session)

/** Of running sessions only, in the order of their ids, so that lines do not change places. */
export function workingOf(sessions: readonly Session[], instrument: string): Working {
  const running = sessions.flatMap(({ session, name, account, state, status, config }) =>
    state === 'running' && status !== null
      ? [{ status, account, trades: config.instruments.includes(instrument), of: { session, sessionName: name } }]
      : [],
  )
  running.sort((one, other) => (one.of.session < other.of.session ? -1 : 1))
  return {
    sessions: running.flatMap(({ trades, account, of }) =>
      trades ? [{ session: of.session, name: of.sessionName, account }] : [],
    ),
    orders: running.flatMap(({ status, of }) =>
      status.orders
        .filter((order) => order.instrument === instrument && order.price !== null)
        .map((order) => ({ ...order, ...of })),
    ),
    positions: running.flatMap(({ status, of }) =>
      status.positions
        .filter((position) => position.instrument === instrument && position.size !== 0)
        .map(({ size, averagePrice }) => ({ size, averagePrice, ...of })),
    ),
  }
}
