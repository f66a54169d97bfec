import { DomainError } from '../../domain/errors.ts'
import type { Vault } from '../../stores/vault.ts'
import type {
  ExchangeAccountConfig,
  IbAccountConfig,
  VenueAccountState,
  VenueLine,
  VenuePort,
  VenueTask,
} from '../../workstation/live/venue-port.ts'
import { exchangeError } from './exchange-client.ts'
import { ExchangeLine } from './exchange-line.ts'
import { IbLine } from './ib-line.ts'
import type { IbTrader } from './ib-trader.ts'
import { openTrading, type TradingClient } from './trading-client.ts'

/** Real accounts, with their keys from the vault. */
export function createVenueAccounts(vault: Vault): VenuePort {
  const openIb = ibTraders()
  const open = async (account: ExchangeAccountConfig): Promise<TradingClient> => {
    const [apiKey, secret, password] = await Promise.all(
      ['apiKey', 'secret', 'password'].map((name) => vault.get(secretName(account.id, name))),
    )
    if (apiKey == null || secret == null)
      throw new DomainError('account.secret', { account: account.id, names: 'apiKey, secret' })
    const { exchange, market, gateway } = account
    try {
      return await openTrading(
        { exchange, market, gateway: gateway ?? undefined },
        { apiKey, secret, password: password ?? null },
      )
    } catch (failure) {
      throw exchangeError(failure, exchange)
    }
  }
  return {
    async open(task) {
      const { account } = task
      return account.kind === 'ib' ? openIb(task, account) : new ExchangeLine(task, account, () => open(account))
    },
    async look(account) {
      if (account.kind === 'ib') return (await import('./ib-account.ts')).lookAtIb(account)
      const client = await open(account)
      try {
        return await stateOf(client)
      } catch (failure) {
        throw exchangeError(failure, account.exchange)
      } finally {
        await client.close().catch(() => undefined)
      }
    },
    setSecret: (account, name, secret) => vault.set(secretName(account, name), secret),
    hasSecret: (account, name) => vault.has(secretName(account, name)),
    async forget(account, names) {
      for (const name of names) await vault.delete(secretName(account, name))
    },
  }
}

/** One connection for all sessions of an account: TWS knows an order's owner by it. */
function ibTraders(): (task: VenueTask, account: IbAccountConfig) => Promise<VenueLine> {
  const open = new Map<string, { readonly trader: IbTrader; users: number }>()
  return async (task, account) => {
    // The library is loaded by whoever needs it
    const { IbTrader: Trader } = await import('./ib-trader.ts')
    const shared = open.get(account.id) ?? { trader: new Trader(account), users: 0 }
    open.set(account.id, shared)
    shared.users++
    return new IbLine(task, shared.trader, async () => {
      if (--shared.users > 0) return
      open.delete(account.id)
      await shared.trader.close()
    })
  }
}

async function stateOf(client: TradingClient): Promise<VenueAccountState> {
  const begin = Date.now()
  const { free, total } = await client.fetchBalance()
  const latencyMs = Date.now() - begin
  const orders = await client.fetchOpenOrders()
  return {
    balances: Object.entries(total)
      .filter(([, amount]) => (amount ?? 0) !== 0)
      .map(([currency, amount]) => ({ currency, free: free[currency] ?? 0, total: amount ?? 0 })),
    orders: orders.map(({ id, clientOrderId, symbol, side, amount, filled, price }) => ({
      ...{ venueOrder: id, id: clientOrderId ?? '', symbol, side: side === 'sell' ? 'sell' : 'buy' },
      ...{ quantity: amount ?? 0, filled: filled ?? 0, price: price ?? null },
    })),
    latencyMs,
  }
}

function secretName(account: string, name: string): string {
  return `account.${account}.${name}`
}
