import { bridge } from '../bridge.ts'
import { useStore } from './store.ts'

/** How an order waits at a price: a limit where it is better than the last, else a stop. */
export function kindAt(side: 'buy' | 'sell', at: number, last: number): 'limit' | 'stop' {
  return (side === 'buy') === at <= last ? 'limit' : 'stop'
}

/** An order that is given by pointing at a price. */
export interface PointedOrder {
  readonly session: string
  readonly instrument: string
  readonly side: 'buy' | 'sell'
  readonly units: number
  readonly kind: 'market' | 'limit' | 'stop'
  /** Its price; unused by a market order. */
  readonly at: number
  /** Exits of a bracket, prices; absent or null: none. */
  readonly target?: number | null
  readonly stop?: number | null
}

/** Gives the order; what went wrong is told to the user. */
export async function placeOrder(order: PointedOrder): Promise<void> {
  const { session, instrument, side, units, kind, at, target = null, stop = null } = order
  try {
    await bridge().call('live.order', {
      ...{ session, instrument, side, quantity: units },
      ...{ limit: kind === 'limit' ? at : null, stopEntry: kind === 'stop' ? at : null },
      ...{ trailBy: null, target, stop, valid: null },
    })
  } catch (error) {
    useStore.getState().notifyError(error)
  }
}
