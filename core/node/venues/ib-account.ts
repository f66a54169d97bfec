import { type Contract, EventName, type Order } from '@stoqey/ib'
import type { VenueAccountState, VenueBalance, VenueOrder } from '../../workstation/live/venue-port.ts'
import { askIb } from './ib-ask.ts'
import { connectIb, type IbOptions } from './ib-connection.ts'

/** What TWS says of an account now; over a connection of its own, two client ids after the orders'. Fails with `venue.*`. */
export async function lookAtIb(options: IbOptions & { readonly account: string }): Promise<VenueAccountState> {
  const connection = await connectIb({ ...options, clientId: options.clientId + 2 })
  const balances: VenueBalance[] = []
  const orders: VenueOrder[] = []
  try {
    const begin = Date.now()
    await askIb({ connection, venue: 'ib' }, (request, done) => {
      const deafen = [
        connection.hear(
          EventName.accountSummary,
          (id: number, account: string, _: string, value: string, currency: string) => {
            if (id !== request || (options.account !== '' && account !== options.account)) return
            balances.push({ currency, free: Number(value), total: Number(value) })
          },
        ),
        connection.hear(EventName.accountSummaryEnd, (id: number) => {
          if (id === request) done()
        }),
      ]
      connection.api.reqAccountSummary(request, 'All', 'TotalCashValue')
      return () => {
        connection.api.cancelAccountSummary(request)
        for (const end of deafen) end()
      }
    })
    const latencyMs = Date.now() - begin
    await askIb({ connection, venue: 'ib' }, (_, done) => {
      const deafen = [
        connection.hear(EventName.openOrder, (number: number, contract: Contract, order: Order) => {
          orders.push(openOrder(number, contract, order))
        }),
        connection.hear(EventName.openOrderEnd, () => done()),
      ]
      connection.api.reqAllOpenOrders()
      return () => {
        for (const end of deafen) end()
      }
    })
    return { balances, orders, latencyMs }
  } finally {
    connection.close()
  }
}

function openOrder(number: number, { symbol = '' }: Contract, order: Order): VenueOrder {
  const { orderRef = '', action, totalQuantity = 0, lmtPrice, orderType } = order
  return {
    ...{ venueOrder: String(number), id: orderRef, symbol, side: action === 'SELL' ? 'sell' : 'buy' },
    ...{ quantity: totalQuantity, filled: 0, price: orderType === 'LMT' ? (lmtPrice ?? null) : null },
  }
}
